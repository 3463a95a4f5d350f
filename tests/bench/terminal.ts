import { spawn, type IPty } from '@lydell/node-pty';
import {
  createBubblewrap,
  type Sandbox,
  type SandboxImplementation,
} from '../../server/src/platform/sandbox';
import { median, ratioFigure, type Figure } from './figure';

const ROUNDS = 30;
/** The first rounds warm the compiler and the disk up for both sides. */
const WARM_UP_ROUNDS = 5;
const KEYS = 300;
const size = { columns: 80, rows: 24 };

const limits = {
  timeMs: 60_000,
  memoryBytes: 512 * 2 ** 20,
  processes: 64,
  diskBytes: 256 * 2 ** 20,
  outputBytes: 2 ** 20,
};

export const name = 'terminal';

/** What a terminal shows, waited for. */
class Shown {
  #text = '';
  #wanted: { pattern: RegExp; resolve: () => void } | undefined;

  take(text: string): void {
    this.#text += text;
    if (!this.#wanted?.pattern.test(this.#text)) return;
    this.#text = '';
    this.#wanted.resolve();
    this.#wanted = undefined;
  }

  until(pattern: RegExp): Promise<void> {
    return new Promise((resolve) => {
      this.#wanted = { pattern, resolve };
      this.take('');
    });
  }
}

interface Shell {
  shown: Shown;
  type(text: string): void;
  close(): Promise<void>;
}

/** A shell's prompt, and the echo of a key, in bubblewrap over a bare terminal, in turns. */
export async function run(): Promise<Figure[]> {
  const bubblewrap = createBubblewrap();
  const prompts = { bare: [] as number[], sandboxed: [] as number[] };
  const keys = { bare: [] as number[], sandboxed: [] as number[] };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      prompts.bare.push(await timed(() => promptOf(openBare())));
      const sandbox = await create(bubblewrap);
      prompts.sandboxed.push(await timed(() => promptOf(openIn(sandbox))));
      await sandbox.dispose();
    }
    const sandbox = await create(bubblewrap);
    const bare = await openBare();
    const sandboxed = await openIn(sandbox);
    for (const shell of [bare, sandboxed]) await firstPrompt(shell);
    for (let key = 0; key < KEYS; key += 1) {
      keys.bare.push(await timed(() => echo(bare)));
      keys.sandboxed.push(await timed(() => echo(sandboxed)));
    }
    await bare.close();
    await sandbox.dispose();
  } finally {
    await bubblewrap.close();
  }
  const late = (values: readonly number[]) => median(values.slice(WARM_UP_ROUNDS));
  return [
    ratioFigure('prompt of a shell in bubblewrap, over a bare terminal', {
      value: late(prompts.sandboxed),
      baseline: late(prompts.bare),
      unit: 'ms',
      limit: 10,
    }),
    ratioFigure('echo of a key in bubblewrap, over a bare terminal', {
      value: late(keys.sandboxed),
      baseline: late(keys.bare),
      unit: 'ms',
      limit: 1.5,
    }),
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function create(implementation: SandboxImplementation): Promise<Sandbox> {
  return implementation.create({ files: [], limits, network: false, env: {} });
}

const firstPrompt = ({ shown }: Shell): Promise<void> => shown.until(/\$ /);

async function promptOf(opening: Promise<Shell>): Promise<void> {
  const shell = await opening;
  await firstPrompt(shell);
  await shell.close();
}

async function echo(shell: Shell): Promise<void> {
  const echoed = shell.shown.until(/x/);
  shell.type('x');
  await echoed;
  const taken = shell.shown.until(/\x08/);
  shell.type('\x7f');
  await taken;
}

async function openBare(): Promise<Shell> {
  const env = { PATH: '/usr/bin:/bin', PS1: '$ ', TERM: 'xterm-256color' };
  const pty: IPty = spawn('/bin/bash', ['--norc', '-i'], {
    cols: size.columns,
    rows: size.rows,
    cwd: '/',
    env,
  });
  const shown = new Shown();
  pty.onData((text) => shown.take(text));
  return {
    shown,
    type: (text) => pty.write(text),
    close() {
      const ended = new Promise<void>((resolve) => pty.onExit(() => resolve()));
      pty.kill('SIGKILL');
      return ended;
    },
  };
}

async function openIn(sandbox: Sandbox): Promise<Shell> {
  const shown = new Shown();
  const terminal = await sandbox.openTerminal({ ...size, onOutput: (chunk) => shown.take(chunk.toString()) });
  return { shown, type: (text) => void terminal.write(text), close: () => terminal.close() };
}
