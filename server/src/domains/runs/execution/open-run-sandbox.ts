import type { RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import type { BlobStore } from '../../../platform/blob-store/blob-store';
import {
  sandboxFolders,
  type Sandbox,
  type SandboxArchive,
  type SandboxFile,
  type SandboxLimits,
  type SandboxOptions,
} from '../../../platform/sandbox';
import type { OpenEnvironment } from '../../environments';
import type { VersionContent } from '../../skills';
import { filesForSandbox } from './version-content';

export interface RunSandboxOptions {
  version: Pick<VersionContent, 'files'>;
  blobs: Pick<BlobStore, 'open' | 'readAll'>;
  /**
   * The environment of the run's own skill. Further skills that an agent has at hand bring none: what they are furnished with is theirs
   * alone, and is there when they are called as runs of their own.
   */
  environment: OpenEnvironment;
  limits: SandboxLimits;
  /** Whether an administrator lets sandboxes use the network at all, and the hosts that environments list. */
  allowNetwork: boolean;
  allowListedHosts: boolean;
  /** All that lay below `/work` when the run began to wait: it stands in for the skill's files and the image. */
  snapshot?: SandboxArchive | undefined;
  createSandbox(options: SandboxOptions): Promise<Sandbox>;
  emit(event: RunEventPayload): Promise<void>;
  signal: AbortSignal;
}

/**
 * Opens a sandbox with the skill's files and what its environment gives: variables, the image as `$HOME`, and the network as far as it is
 * asked for and allowed. Rejects with 403 `sandbox-unavailable`, and `network-unavailable` where hosts cannot be told apart.
 */
export async function openRunSandbox(
  options: RunSandboxOptions,
  request: { network: boolean },
): Promise<Sandbox> {
  const { version, blobs, environment, limits, snapshot, signal } = options;
  signal.throwIfAborted();
  return options.createSandbox({
    files: snapshot ? [] : untilStopped(filesForSandbox(version.files, blobs), signal),
    archives: snapshot ? [snapshot] : imageOf(environment),
    limits,
    network: await networkFor(options, request),
    env: environment.variables,
    signal,
  });
}

/** A skill may have many files, and nobody waits for the sandbox of a run that is stopped. */
async function* untilStopped(
  files: AsyncIterable<SandboxFile>,
  signal: AbortSignal,
): AsyncGenerator<SandboxFile> {
  for await (const file of files) {
    signal.throwIfAborted();
    yield file;
  }
}

function imageOf({ image }: OpenEnvironment): SandboxArchive[] {
  return image ? [{ folder: sandboxFolders.home, open: () => image.open() }] : [];
}

/** What is not allowed is said in the trajectory: a script that cannot reach its server is otherwise a riddle. */
async function networkFor(
  { environment, allowNetwork, allowListedHosts, emit }: RunSandboxOptions,
  request: { network: boolean },
): Promise<SandboxOptions['network']> {
  if (request.network && allowNetwork) return true;
  const warn = (message: string) => emit({ type: 'log-line', level: 'warn', message });
  const { hosts } = environment;
  if (hosts.length > 0 && allowListedHosts) {
    if (request.network)
      await warn(
        'The skill asks for the network, of which an administrator allows only the hosts of its environment.',
      );
    return { hosts };
  }
  if (request.network)
    await warn('The skill asks for the network, which an administrator has not allowed: it runs without.');
  else if (hosts.length > 0)
    await warn(
      'The environment opens hosts, which an administrator has not allowed: the skill runs without the network.',
    );
  return false;
}
