/** Files that are not kept: what Python writes into them is the command's output, as it comes. */
export const liveFiles = { stdout: '/dev/live-stdout', stderr: '/dev/live-stderr' } as const;

/**
 * just-bash pastes a script into a `try` block of its own, which changes every string of several lines, and knows nothing of
 * the script's folder. This program is pasted instead (it survives that) and runs the script as `python3` would: its folder
 * first on the path, `sys.exit` with a message, tracebacks that begin at the script. Its Python sees the sandbox's files below
 * `/host`, which is hidden from `open` but not from `import`: hence the path hook. Its asyncio would end the process without a
 * word, since there are no sockets to wake its loop by: hence a loop that only sleeps and calls back.
 *
 * Output that is shown live is sent at once, but twenty times a second at most: each time costs a millisecond or two.
 *
 * Arguments: how to write (`live` or `plain`), then what `python3` was given: `-c <code>` or a path, and the rest.
 */
export const pythonLauncher = `import importlib.abc, importlib.machinery, io, os, runpy, sys, time, traceback
class _Live(io.RawIOBase):
    def __init__(self, path):
        self.path, self.pending, self.size, self.sends, self.at = path, [], 0, 20.0, time.monotonic()
    def writable(self):
        return True
    def write(self, data):
        self.pending.append(bytes(data))
        self.size += len(data)
        now = time.monotonic()
        self.sends, self.at = min(20.0, self.sends + (now - self.at) * 20), now
        if self.sends >= 1 or self.size > 65536:
            self.sends -= 1
            self.send()
        return len(data)
    def send(self):
        data, self.pending, self.size = b''.join(self.pending), [], 0
        if data:
            with open(self.path, 'wb') as file:
                file.write(data)
_details = [(importlib.machinery.SourceFileLoader, importlib.machinery.SOURCE_SUFFIXES)]
_find_in = importlib.machinery.FileFinder.path_hook(*_details)
def _find_in_sandbox(path):
    if not path.startswith('/') or path.startswith(('/host', '/lib')):
        raise ImportError
    return _find_in('/host' + path)
class _AsyncioHook(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name != 'asyncio':
            return None
        sys.meta_path.remove(self)
        spec = importlib.machinery.PathFinder.find_spec(name)
        spec.loader = _AsyncioLoader(spec.loader)
        return spec
class _AsyncioLoader(importlib.abc.Loader):
    def __init__(self, inner):
        self.inner = inner
    def create_module(self, spec):
        return self.inner.create_module(spec)
    def exec_module(self, module):
        self.inner.exec_module(module)
        _give_asyncio_a_loop(module)
def _give_asyncio_a_loop(asyncio):
    class Sleeper:
        def select(self, timeout):
            if timeout:
                time.sleep(timeout)
            return []
    class Loop(asyncio.BaseEventLoop):
        def __init__(self):
            super().__init__()
            self._selector = Sleeper()
        def _process_events(self, events):
            pass
        def _write_to_self(self):
            pass
    asyncio.DefaultEventLoopPolicy._loop_factory = Loop
def _launch():
    sys.path_hooks.insert(0, _find_in_sandbox)
    sys.meta_path.insert(0, _AsyncioHook())
    mode, sys.argv = sys.argv[1], sys.argv[2:]
    live = []
    if mode == 'live':
        live = [_Live('${liveFiles.stdout}'), _Live('${liveFiles.stderr}')]
        sys.stdout, sys.stderr = [io.TextIOWrapper(io.BufferedWriter(raw), encoding='utf-8', errors='backslashreplace', line_buffering=True) for raw in live]
    code = 0
    try:
        if sys.argv[0] == '-c':
            source = sys.argv.pop(1)
            sys.path[0] = ''
            exec(compile(source, '<string>', 'exec'), {'__name__': '__main__', '__builtins__': __builtins__})
        else:
            sys.path[0] = os.path.dirname(os.path.abspath(sys.argv[0]))
            runpy.run_path(sys.argv[0], run_name='__main__')
    except SystemExit as error:
        if isinstance(error.code, int) or error.code is None:
            code = error.code or 0
        else:
            print(error.code, file=sys.stderr)
            code = 1
    except BaseException as error:
        trace = error.__traceback__
        while trace and (trace.tb_frame.f_code.co_name == '_launch' or 'runpy' in trace.tb_frame.f_code.co_filename):
            trace = trace.tb_next
        traceback.print_exception(type(error), error, trace)
        code = 1
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    for raw in live:
        raw.send()
    if live:
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    sys.exit(code & 255)
_launch()
`;

/** The arguments of just-bash's `python3` for those of a real one; undefined for a form that the launcher has no part in. */
export function launchArguments(args: readonly string[], mode: 'live' | 'plain'): string[] | undefined {
  const flags = args.findIndex((arg) => arg === '-c' || !/^-[uBEsSI]+$/.test(arg));
  const rest = flags === -1 ? [] : args.slice(flags);
  const first = rest[0];
  if (first === undefined || (first.startsWith('-') && (first !== '-c' || rest.length < 2))) return undefined;
  return ['-c', pythonLauncher, mode, ...rest];
}
