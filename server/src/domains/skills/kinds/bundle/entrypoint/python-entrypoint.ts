const runFunction = /^(?:async[ \t]+)?def[ \t]+run[ \t]*\(\s*([A-Za-z_]\w*)/m;
const mainGuard = /^if[ \t]+__name__[ \t]*==[ \t]*(['"])__main__\1[ \t]*:/m;

/**
 * True when a Python script is to be called rather than run: it defines `run(input)` at its top level, as open-skills has it.
 * A script with a `__main__` guard says itself how it starts; there a `run` is taken for the entrypoint only when its
 * parameter is called `input`, since many such scripts have a `run(command)` of their own.
 */
export function definesRun(source: string): boolean {
  const parameter = runFunction.exec(source)?.[1];
  return parameter !== undefined && (parameter === 'input' || !mainGuard.test(source));
}

/**
 * The program that calls it: `python3 <this> <script>`. The script's own folder comes first on the path, so that its siblings
 * can be imported. What `run` answers is written as the output, unless it answers nothing and wrote `output.json` itself.
 */
export const pythonRunner = `import json
import os
import sys
import types


async def _wait_for(awaitable):
    return await awaitable


def _main():
    script = os.path.abspath(sys.argv[1])
    sys.path[0] = os.path.dirname(script)
    sys.argv = sys.argv[1:]
    module = types.ModuleType("skill_entrypoint")
    module.__file__ = script
    sys.modules[module.__name__] = module
    with open(script, "rb") as file:
        exec(compile(file.read(), script, "exec"), module.__dict__)
    with open(os.environ["SKILL_INPUT"], encoding="utf-8") as file:
        value = module.run(json.load(file))
    if hasattr(value, "__await__"):
        import asyncio

        value = asyncio.run(_wait_for(value))
    target = os.path.join(os.environ["SKILL_OUTPUT_DIR"], "output.json")
    if value is None and os.path.exists(target):
        return
    try:
        text = json.dumps(value, allow_nan=False)
    except (TypeError, ValueError) as error:
        sys.exit("run() returned a value that is not JSON: %s" % error)
    with open(target, "w", encoding="utf-8") as file:
        file.write(text)


_main()
`;
