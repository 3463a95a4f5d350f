import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createBubblewrap,
  createJustBash,
  type SandboxFile,
  type SandboxImplementation,
} from '../../server/src/platform/sandbox';
import { median, ratioFigure, type Figure } from './figure';

/** The skill that is started: a real one, whose script imports what a real script imports. */
const skill = path.join(__dirname, '../../playground/samples/csv-summary');
const script = 'scripts/summarise.py';
/** The same for both sides. */
const env = { PATH: '/usr/bin:/bin', PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1' };

const ROUNDS = 60;
/** The first rounds warm the compiler and the disk up for both sides. */
const WARM_UP_ROUNDS = 10;
/** A WebAssembly interpreter takes far longer to start: fewer rounds tell enough. */
const IN_PROCESS_ROUNDS = 7;

const limits = {
  timeMs: 60_000,
  memoryBytes: 512 * 2 ** 20,
  processes: 64,
  diskBytes: 256 * 2 ** 20,
  outputBytes: 2 ** 20,
};

export const name = 'sandbox-start';

interface Start {
  /** Milliseconds from asking for the sandbox to its being ready; 0 where there is none to make. */
  made: number;
  /** Milliseconds from starting the command to its first output. */
  started: number;
}

/** First output of a sample skill's script in a sandbox, over the same script spawned bare in its folder, in turns. */
export async function run(): Promise<Figure[]> {
  const input = await readFile(path.join(skill, 'tests/sample_input.json'));
  const files = await readFiles();
  const folder = await mkdtemp(path.join(tmpdir(), 'skills-bench-'));
  await mkdir(path.join(folder, 'input'));
  const bubblewrap = createBubblewrap();
  const justBash = createJustBash();
  try {
    const bare: Start[] = [];
    const sandboxed: Start[] = [];
    const inProcess: Start[] = [];
    const sides = [
      async () => bare.push(await startBare(folder, input)),
      async () => sandboxed.push(await startIn(bubblewrap, files, input)),
    ];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const side of round % 2 === 0 ? sides : [...sides].reverse()) await side();
    }
    for (let round = 0; round < IN_PROCESS_ROUNDS; round += 1) {
      inProcess.push(await startIn(justBash, files, input));
    }
    return figures(bare.slice(WARM_UP_ROUNDS), sandboxed.slice(WARM_UP_ROUNDS), inProcess.slice(1));
  } finally {
    await bubblewrap.close();
    await justBash.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function figures(bare: readonly Start[], sandboxed: readonly Start[], inProcess: readonly Start[]): Figure[] {
  const started = (starts: readonly Start[]) => median(starts.map((start) => start.started));
  const whole = (starts: readonly Start[]) => median(starts.map((start) => start.made + start.started));
  const baseline = started(bare);
  const untargeted = (name: string, value: number): Figure => ({
    name,
    value,
    unit: 'ms',
    baseline,
    ratio: value / baseline,
    target: null,
    met: null,
  });
  return [
    ratioFigure('first output of a script in bubblewrap, over a bare spawn', {
      value: started(sandboxed),
      baseline,
      unit: 'ms',
      limit: 1.25,
    }),
    untargeted('the same, with making the sandbox and laying the files in', whole(sandboxed)),
    untargeted('first output of a script in just-bash, over a bare spawn', started(inProcess)),
  ];
}

async function readFiles(): Promise<SandboxFile[]> {
  const entries = await readdir(skill, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({
      path: path.relative(skill, file),
      executable: false,
      content: () => createReadStream(file),
    }));
}

async function startBare(folder: string, input: Buffer): Promise<Start> {
  const startedAt = performance.now();
  const child = spawn('/usr/bin/python3', [script], {
    cwd: skill,
    env: { ...env, SKILL_INPUT_DIR: path.join(folder, 'input'), SKILL_OUTPUT_DIR: folder },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const started = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', () => resolve(performance.now() - startedAt));
    child.once('error', reject);
    child.once('close', () => reject(new Error('The bare script printed nothing.')));
  });
  child.kill('SIGKILL');
  return { made: 0, started };
}

async function startIn(
  implementation: SandboxImplementation,
  files: readonly SandboxFile[],
  input: Buffer,
): Promise<Start> {
  const askedAt = performance.now();
  const sandbox = await implementation.create({ files, limits, network: false, env });
  const startedAt = performance.now();
  let firstAt: number | undefined;
  await sandbox.exec(['python3', script], {
    stdin: input,
    env: { SKILL_INPUT_DIR: '/work/input', SKILL_OUTPUT_DIR: '/work/output' },
    onOutput: () => void (firstAt ??= performance.now()),
  });
  await sandbox.dispose();
  if (firstAt === undefined) throw new Error(`The script printed nothing in ${implementation.name}.`);
  return { made: startedAt - askedAt, started: firstAt - startedAt };
}
