import { Bash, defineCommand, type BashOptions, type SecureFetch } from 'just-bash';
import type { SandboxLimit, SandboxLimits } from '../sandbox';
import { homeEnvironment, homePrograms } from '../home-environment';
import { sandboxFolders } from '../sandbox-folders';
import { CommandFiles, type Deliver } from './command-files';
import type { TakeRefusal } from './capped-workers';
import type { NetworkKind, WorkerMethods } from './protocol';
import { launchArguments, pythonLauncher } from './python-launcher';
import { TerminalShell } from './terminal-shell';

/** Work is limited by time alone: counting commands and turns of loops as well would end long but honest scripts. */
const uncounted = Number.MAX_SAFE_INTEGER;
const ownEnvironment = {
  ...homeEnvironment,
  PATH: `${homePrograms}:/usr/bin:/bin`,
  TMPDIR: '/tmp',
  LANG: 'C.UTF-8',
};
/** Slack in which the server's own meter, which cuts exactly, comes first. */
const outputSlackBytes = 64 * 1024;

/** Whoever is at a terminal ends what takes too long, or says too much; what one line says is held in memory until it ends. */
const terminalLimits = { timeMs: Infinity, outputBytes: 64 * 2 ** 20 };

export interface Shell {
  readonly files: CommandFiles;
  has(program: string): Promise<boolean>;
  exec(
    request: Parameters<WorkerMethods['exec']>[0],
    deliver: Deliver,
  ): Promise<Omit<ReturnType<WorkerMethods['exec']>, 'changes'>>;
  /** What a person types into the terminal. */
  readonly terminal: TerminalShell;
}

/** A bash that is a program of this process: it starts none of the host's, and opens none of its files. */
export function createShell(
  { limits, network, env }: Parameters<WorkerMethods['open']>[0],
  memoryRefused: TakeRefusal,
  fetch: SecureFetch,
): Shell {
  const files = new CommandFiles(limits.diskBytes);
  // One for each command: what `exec` itself is given as environment is not exported to the programs that it starts.
  const startBash = (more: Record<string, string>, own: Partial<SandboxLimits> = {}) =>
    new Bash({
      fs: files,
      cwd: sandboxFolders.skill,
      env: { ...ownEnvironment, ...env, ...more },
      python: true,
      ...networkOptions(network, fetch),
      customCommands: ['python3', 'python'].map(pythonCommand),
      executionLimits: executionLimits({ ...limits, ...own }),
    });

  async function exec(request: Parameters<Shell['exec']>[0], deliver: Deliver) {
    const [program = '', ...args] = request.command;
    const isPython = program === 'python3' || program === 'python';
    const launch = isPython ? launchArguments(args, 'live') : undefined;
    files.full = false;
    files.deliver = deliver;
    memoryRefused();
    const bash = startBash(request.env);
    // It has just emptied the file.
    await files.writeFile('/dev/stdin', request.stdin);
    const result = await bash.exec(quote(program), {
      args: launch ?? args,
      stdin: Buffer.from(request.stdin).toString('latin1'),
      stdinKind: 'bytes',
    });
    await deliver('stdout', Buffer.from(result.stdout));
    await deliver('stderr', Buffer.from(result.stderr));
    files.deliver = undefined;
    return { exitCode: result.exitCode, exceeded: exceededBy(result) };
  }

  function exceededBy(result: { exitCode: number; stderr: string }): SandboxLimit | null {
    if (memoryRefused()) return 'memory';
    if (files.full) return 'disk';
    return result.exitCode !== 0 && result.stderr.includes('total output size exceeded') ? 'output' : null;
  }

  return {
    files,
    async has(program) {
      if ((await startBash({}).exec('command -v', { args: [program] })).exitCode === 0) return true;
      // just-bash runs what is installed there, but its `command` does not know of it.
      return !program.includes('/') && files.exists(`${homePrograms}/${program}`);
    },
    exec,
    terminal: new TerminalShell({ start: (own) => startBash(own, terminalLimits), files, memoryRefused }),
  };
}

function networkOptions(network: NetworkKind, fetch: SecureFetch): Pick<BashOptions, 'network' | 'fetch'> {
  if (network === 'none') return {};
  return network === 'listed' ? { fetch } : { network: { dangerouslyAllowFullInternetAccess: true } };
}

/** `python3` inside scripts: launched the same way, but what it prints goes where the script sends it. */
function pythonCommand(name: string) {
  return defineCommand(name, async (args, context) => {
    if (!context.origCommand) throw new Error(`just-bash has no ${name}.`);
    const launched = args[1] === pythonLauncher;
    return context.origCommand(launched ? args : (launchArguments(args, 'plain') ?? args));
  });
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function executionLimits(limits: SandboxLimits): BashOptions['executionLimits'] {
  // The server ends a command that takes too long; just-bash's own clocks must not come first.
  const timeMs = Math.min(limits.timeMs + 60_000, 2 ** 31 - 1);
  return {
    maxCommandCount: uncounted,
    maxLoopIterations: uncounted,
    maxAwkIterations: uncounted,
    maxSedIterations: uncounted,
    maxJqIterations: uncounted,
    maxWorkUnits: uncounted,
    maxGlobOperations: uncounted,
    maxTraversalWork: uncounted,
    maxExecutionTimeMs: timeMs,
    maxPythonTimeoutMs: timeMs,
    maxSqliteTimeoutMs: timeMs,
    maxOutputSize: limits.outputBytes + outputSlackBytes,
    maxFileSystemBytes: limits.diskBytes,
  };
}
