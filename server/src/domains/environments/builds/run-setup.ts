import type { Readable } from 'node:stream';
import { errors } from '@strapi/utils';
import {
  sandboxFolders,
  type ExecResult,
  type Sandbox,
  type SandboxFile,
  type SandboxLimits,
  type SandboxOptions,
} from '../../../platform/sandbox';
import type { OpenEnvironment } from '../open-environment';
import type { BuildLog } from './build-log';
import type { BuildEnding } from './build-record';

export interface SetupOptions {
  setup: string;
  environment: OpenEnvironment;
  /** The skill's files, so that setup commands can go by what they require. */
  files: AsyncIterable<SandboxFile>;
  limits: SandboxLimits;
  hostsAllowed: boolean;
  createSandbox(options: SandboxOptions): Promise<Sandbox>;
  /** Stores the archive as the skill's image; answers its digest. */
  saveImage(archive: Readable): Promise<string>;
  log: BuildLog;
  signal: AbortSignal;
}

const scriptPath = `${sandboxFolders.input}/setup.sh`;

/**
 * Runs setup commands in a fresh sandbox with an empty `$HOME`, and makes an image of what they leave there: the same content gives the same
 * image. Answers how that ended; rejects only for a bug of ours, or when the signal aborts.
 */
export async function runSetup(options: SetupOptions): Promise<BuildEnding> {
  const { log, signal } = options;
  let sandbox: Sandbox | undefined;
  try {
    sandbox = await openSandbox(options);
    const result = await runCommands(sandbox, options);
    await log.end();
    signal.throwIfAborted();
    const failure = failureOf(result, options.limits);
    if (failure) return failure;
    // What still runs in the background would change files while they are packed.
    await sandbox.halt();
    const image = await options.saveImage(await sandbox.pack(sandboxFolders.home));
    return { status: 'completed', image };
  } catch (error) {
    signal.throwIfAborted();
    return refusalOf(error);
  } finally {
    await sandbox?.dispose();
  }
}

async function openSandbox(options: SetupOptions): Promise<Sandbox> {
  const { environment, hostsAllowed, log, signal } = options;
  const { hosts } = environment;
  const opens = hosts.length > 0 && hostsAllowed;
  if (hosts.length > 0 && !hostsAllowed)
    await log.say(
      'An administrator has not allowed hosts to be opened: the commands run without the network.',
    );
  return options.createSandbox({
    files: options.files,
    limits: options.limits,
    network: opens ? { hosts } : false,
    env: environment.variables,
    signal,
  });
}

/**
 * An image's files have one fixed time, so Python would take what it compiled there for stale, and compile it again in each run. With this
 * it goes by the source's content. Not for runs: programs date their documents by it.
 */
const reproducible = { SOURCE_DATE_EPOCH: '499162500' };

/** From a file, not by the command line: commands are longer than that may be, and standard input is the commands' own. */
async function runCommands(sandbox: Sandbox, { setup, log, signal }: SetupOptions): Promise<ExecResult> {
  await sandbox.writeFile(scriptPath, Buffer.from(setup.replaceAll('\r\n', '\n')));
  return sandbox.exec(['bash', '-e', scriptPath], {
    signal,
    env: reproducible,
    onOutput: (stream, chunk) => log.write(stream, chunk),
  });
}

function failureOf({ exitCode, exceeded }: ExecResult, limits: SandboxLimits): BuildEnding | undefined {
  if (exceeded === 'time') {
    const seconds = Math.round(limits.timeMs / 1000);
    return failed('time-limit', `The setup commands took longer than the ${seconds} seconds that they may.`);
  }
  if (exceeded !== null) {
    const code = exceeded === 'processes' ? 'process-limit' : `${exceeded}-limit`;
    return failed(code, `The setup commands went over the limit of ${exceeded}.`);
  }
  if (exitCode === 0) return undefined;
  const how = exitCode === null ? 'were killed' : `ended with exit code ${exitCode}`;
  return failed('setup-failed', `The setup commands ${how}.`);
}

/** Our own refusals are told; anything else is a bug, for the server's log alone. */
function refusalOf(error: unknown): BuildEnding {
  if (!(error instanceof errors.ApplicationError)) throw error;
  const details: unknown = error.details;
  const code =
    typeof details === 'object' && details !== null && 'code' in details ? details.code : undefined;
  return failed(typeof code === 'string' ? code : 'failed', error.message);
}

function failed(code: string, message: string): BuildEnding {
  return { status: 'failed', error: { code, message } };
}
