import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { chown, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SandboxLimits } from '../sandbox';
import { openStreams, type CommandStreams } from './command-streams';
import type { ControlGroup, SandboxUser } from './control-groups';
import { isOurs } from './inhabitants';
import { launch, type InnerCommand, type Orders } from './launch';
import { launchFolder } from './launch-folder';
import { processStart } from './owner';
import { coverTerminals } from './terminal-device';

export interface ArmRequest {
  /** Bubblewrap's path. */
  program: string;
  /** Its options, but for those that name descriptors. */
  options: readonly string[];
  /** The program inside that takes its orders. */
  inner: InnerCommand;
  limits: SandboxLimits;
  group: ControlGroup | undefined;
  user: SandboxUser | undefined;
  /** A file with the seccomp filter. */
  filter: string | undefined;
  /** The slot's folder, where orders are written. */
  folder: string;
  /** True: the command also reads from the descriptor `input`, which `ArmedCommand.feed` writes to. */
  fed?: boolean;
  /** A descriptor of a terminal, which becomes all three standard streams; without one they are files and pipes. */
  terminal?: number;
}

export interface Ending {
  exitCode: number | null;
  /** False when the sandbox could not be made: the command was never started. */
  ran: boolean;
}

/**
 * A sandbox that is made, or being made, and in which a shell waits to be told what to become. Namespaces, mounts and control
 * groups take several milliseconds; they pass while the files are laid in.
 */
export interface ArmedCommand {
  readonly child: ChildProcess;
  readonly streams: Pick<CommandStreams, 'stdout' | 'stderr'>;
  readonly alive: boolean;
  /** Starts the command, once, with this input; null leaves it the terminal. */
  fire(script: Orders, stdin: string | Buffer | null): Promise<void>;
  /**
   * Streams content to the descriptor `input` of a command that was armed as fed. Resolves also when the command stops reading: how
   * it ended tells why.
   */
  feed(content: Readable): Promise<void>;
  /** Kills all of it; nothing happens when it is dead. */
  kill(): void;
  /** Resolves when no process of it is left. */
  readonly ended: Promise<Ending>;
  /** While it waits unused, it shall not keep the server from exiting. */
  keepAlive(keep: boolean): void;
}

/** The descriptors that bubblewrap is given besides the standard three. Orders are waited for inside. */
export const descriptors = { status: 3, args: 4, filter: 5, orders: 6, input: 7 } as const;
let scripts = 0;

export async function arm(request: ArmRequest): Promise<ArmedCommand> {
  const streams = await openStreams(join(request.folder, 'launch'));
  const child = start(request);
  put(pipe(child, descriptors.args), request.options.join('\0') + '\0');
  const orders = pipe(child, descriptors.orders);
  orders.on('error', () => undefined);
  const ended = follow(child).finally(() => streams.end());
  // Whoever waits for it hears of it; a spare one that nobody waits for must not end the server.
  ended.catch(() => undefined);

  return {
    child,
    streams,
    get alive() {
      return child.exitCode === null && child.signalCode === null;
    },
    async fire({ spoken, written }, stdin) {
      const name = `command-${(scripts += 1)}`;
      const head = stdin === null ? 'exec 2>&1' : redirections(name, streams);
      await Promise.all([
        stdin === null ? undefined : write(request, `${name}.in`, stdin),
        write(request, name, written),
      ]);
      orders.end(`${head}; ${spoken}; . ${launchFolder}/${name}\n`);
    },
    feed: (content) => feed(content, pipe(child, descriptors.input)),
    kill() {
      killGroup(child);
      // Without orders the shell inside ends by itself.
      orders.destroy();
    },
    ended,
    keepAlive(keep) {
      const handles = [child, ...child.stdio, streams.stdout, streams.stderr] as readonly (
        ChildProcess | Socket | null
      )[];
      for (const handle of handles) {
        if (keep) handle?.ref?.();
        else handle?.unref?.();
      }
    },
  };
}

/**
 * Puts a file where it can be read inside. The input is a file too: a program may open it by path, as often as it likes, which
 * for a pipe that nobody writes to any more would wait for ever.
 */
async function write({ folder, user }: ArmRequest, name: string, content: string | Buffer): Promise<void> {
  const path = join(folder, 'launch', name);
  await writeFile(path, content, { mode: 0o600 });
  if (user) await chown(path, user.uid, user.gid);
}

function redirections(name: string, { names }: Pick<CommandStreams, 'names'>): string {
  const at = (file: string) => `${launchFolder}/${file}`;
  return `exec <${at(`${name}.in`)} >${at(names.stdout)} 2>${at(names.stderr)}`;
}

/** What is fed to bubblewrap when it is dead already is no error here: its end tells. */
function put(sink: Socket, content: string): void {
  sink.on('error', () => undefined);
  sink.end(content);
}

/** Rejects with what is wrong with the content; that nobody reads it is told by the command's end. */
async function feed(content: Readable, sink: Socket): Promise<void> {
  let broken: { error: unknown } | undefined;
  const source = async function* (): AsyncGenerator<unknown> {
    try {
      yield* content;
    } catch (error) {
      broken = { error };
      throw error;
    }
  };
  await pipeline(source, sink).catch(() => undefined);
  if (broken) throw broken.error;
}

/** Node's types know five descriptors; those beyond the standard three are sockets. */
function pipe(child: ChildProcess, descriptor: number): Socket {
  return (child.stdio as unknown as Socket[])[descriptor] as Socket;
}

function start(request: ArmRequest): ChildProcess {
  const own = ['--args', String(descriptors.args), '--json-status-fd', String(descriptors.status), '--'];
  const { command, user } = launch([request.program, ...own, ...request.inner], request);
  const filter = request.filter === undefined ? undefined : openSync(request.filter, 'r');
  const standard = [request.terminal ?? 'ignore', request.terminal ?? 'ignore'] as const;
  try {
    return spawn(command[0] ?? '', command.slice(1), {
      cwd: '/',
      env: {},
      ...user,
      detached: true,
      stdio: [
        ...standard,
        ...(['pipe', 'pipe', 'pipe', filter ?? 'ignore', 'pipe'] as const),
        ...(request.fed ? (['pipe', ...coverTerminals(8)] as const) : coverTerminals(7)),
      ],
    });
  } finally {
    if (filter !== undefined) closeSync(filter);
  }
}

/**
 * Waits until all of it is dead. Bubblewrap tells its child's pid as soon as it has one, and its exit code when something was started
 * and has ended. Once bubblewrap itself is dead the child is killed by that pid too: between having a session of its own and
 * noticing deaths lies a moment in which neither its group nor its parent would take it along.
 */
async function follow(child: ChildProcess): Promise<Ending> {
  let status = '';
  let exited = false;
  const initPid = () => Number(/"child-pid": (\d+)/.exec(status)?.[1] ?? 0);
  const takeAlong = async () => {
    if (exited && initPid() > 0 && (await isOurs(initPid()))) killQuietly(initPid());
  };
  const read = async () => {
    for await (const chunk of pipe(child, descriptors.status)) {
      status += String(chunk);
      await takeAlong();
    }
  };
  const exit = async () => {
    const [code] = (await once(child, 'exit')) as [number | null];
    exited = true;
    await takeAlong();
    return code;
  };
  const [, exitCode] = await Promise.all([read(), exit()]);
  if (initPid() > 0) await untilGone(initPid());
  return { exitCode, ran: status.includes('"exit-code"') };
}

/** The first process of a pid namespace is gone only after all others in it are. */
async function untilGone(pid: number): Promise<void> {
  for (let pause = 1; (await processStart(pid)) !== undefined; pause = Math.min(pause * 2, 50)) {
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/**
 * Bubblewrap's child dies with it, and everything else with that child: it is the first process of its pid namespace. But a
 * child that is still being set up would not notice; until it has a session of its own it is in bubblewrap's process group.
 */
function killGroup(child: ChildProcess): void {
  if (child.pid !== undefined) killQuietly(-child.pid);
}

/** A process that is gone needs no killing. */
function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
