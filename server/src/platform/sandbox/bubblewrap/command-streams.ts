import { execFile } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;
const names = ['stdout', 'stderr'] as const;
let opened = 0;

/** What a command prints, from the end that stays here. */
export interface CommandStreams {
  readonly stdout: Socket;
  readonly stderr: Socket;
  /** The named pipes that the command prints to, in the folder that they were made in. */
  readonly names: { readonly stdout: string; readonly stderr: string };
  /** Lets the streams end: nothing that could print is left. */
  end(): Promise<void>;
}

/**
 * Makes the pipes that a command prints to, in a folder that is shown inside. Node's own pipes are sockets, which no program can
 * open by their path: `echo no >/dev/stderr` would fail. And these are opened inside, so that their targets in `/proc` name
 * nothing of the host's.
 */
export async function openStreams(folder: string): Promise<CommandStreams> {
  opened += 1;
  const [stdout, stderr] = names.map((name) => `${name}-${opened}`) as [string, string];
  const paths = [stdout, stderr].map((name) => join(folder, name));
  // Readable by its owner alone: what runs inside may print, and not take what others printed.
  await run('mkfifo', ['-m', '0622', '--', ...paths]);
  const held: number[] = [];
  const open = (path: string, flags: number): number => {
    const descriptor = openSync(path, flags | O_NONBLOCK);
    held.push(descriptor);
    return descriptor;
  };
  const close = () => {
    for (const descriptor of held.splice(0)) closeSync(descriptor);
  };
  const openEnds = (path: string) => ({ own: open(path, O_RDONLY), kept: open(path, O_WRONLY) });
  try {
    const ends = paths.map(openEnds);
    // A pipe that nobody writes to has ended: a writing end is kept until the command is over.
    held.splice(0, held.length, ...ends.map(({ kept }) => kept));
    const [out, err] = ends.map(({ own }) => new Socket({ fd: own, readable: true, writable: false }));
    return {
      stdout: out as Socket,
      stderr: err as Socket,
      names: { stdout, stderr },
      async end() {
        close();
        for (const stream of [out, err]) {
          // Of a command that was never fired nobody reads what it printed.
          if (stream?.readableFlowing === null) stream.destroy();
        }
        await Promise.all(paths.map((path) => rm(path, { force: true })));
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}
