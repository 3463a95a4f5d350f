import { Readable } from 'node:stream';
import type {
  ExecOptions,
  ExecResult,
  Sandbox,
  SandboxFile,
  SandboxImplementation,
  SandboxLimits,
  SandboxOptions,
} from '../sandbox';

/** What a suite is told of the implementation under test, where implementations may differ. */
export interface Subject {
  implementation: SandboxImplementation;
  /** Processes are real, so their number is limited. Where there are none, a fork bomb must just end. */
  hasProcesses: boolean;
}

export const roomy: SandboxLimits = {
  timeMs: 30_000,
  memoryBytes: 256 * 2 ** 20,
  processes: 32,
  diskBytes: 32 * 2 ** 20,
  outputBytes: 2 ** 20,
};

export interface Outcome extends ExecResult {
  stdout: string;
  stderr: string;
}

/** Makes sandboxes for tests and disposes of them after each. */
export function createStand(subject: () => Subject) {
  const open: Sandbox[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((sandbox) => sandbox.dispose()));
  });

  async function sandbox(
    files: Record<string, string | Buffer> = {},
    options: Partial<Omit<SandboxOptions, 'files' | 'limits'>> & { limits?: Partial<SandboxLimits> } = {},
  ): Promise<Sandbox> {
    const made = await subject().implementation.create({
      network: false,
      env: {},
      ...options,
      files: Object.entries(files).map(toFile),
      limits: { ...roomy, ...options.limits },
    });
    open.push(made);
    return made;
  }

  async function python(source: string, options: Parameters<typeof sandbox>[1] = {}): Promise<Outcome> {
    return run(await sandbox({ 'main.py': source }, options), ['python3', 'main.py']);
  }

  async function bash(source: string, options: Parameters<typeof sandbox>[1] = {}): Promise<Outcome> {
    return run(await sandbox({ 'main.sh': source }, options), ['bash', 'main.sh']);
  }

  return { sandbox, python, bash };
}

export type Stand = ReturnType<typeof createStand>;

function toFile([path, content]: [string, string | Buffer]): SandboxFile {
  return { path, executable: path.endsWith('.sh'), content: () => Readable.from([Buffer.from(content)]) };
}

/** Runs a command and gathers what it prints. */
export async function run(
  sandbox: Sandbox,
  command: readonly string[],
  options: ExecOptions = {},
): Promise<Outcome> {
  const printed = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  const result = await sandbox.exec(command, {
    ...options,
    onOutput: (stream, chunk) => void printed[stream].push(chunk),
  });
  return {
    ...result,
    stdout: Buffer.concat(printed.stdout).toString(),
    stderr: Buffer.concat(printed.stderr).toString(),
  };
}

export async function readText(sandbox: Sandbox, path: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await sandbox.readFile(path)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
