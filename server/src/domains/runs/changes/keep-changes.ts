import type { RunEventPayload, VersionFile } from 'strapi-plugin-skills-shared/contracts';
import type { BlobStore } from '../../../platform/blob-store';
import type { Sandbox } from '../../../platform/sandbox';
import type { SecretMask } from '../../../platform/secret-mask';
import type { ContentLimits } from '../../versions';
import { LeaseLostError } from '../run-record';
import { tallyOf, type RefusedChange, type StoredChange } from './change';
import { collectChanges, type CollectedChanges } from './collect-changes';

export interface KeepChangesOptions {
  sandbox: Pick<Sandbox, 'halt' | 'list' | 'readFile'>;
  /** The files that the run began with. */
  version: readonly VersionFile[];
  blobs: Pick<BlobStore, 'put' | 'putAll'>;
  limits: ContentLimits;
  /** Whether the run was stopped: whoever stopped it waits for its end. */
  stopped: boolean;
  /** Whether the run only waits: it goes on with all of its files, and tells of them at its end. They are kept in case that it never does. */
  waits: boolean;
  emit(event: RunEventPayload): Promise<void>;
  /** Stores the changes under the run's lease, in place of those of before. */
  record(changes: readonly StoredChange[]): Promise<void>;
  /** Takes secrets out of what is stored. */
  mask: Pick<SecretMask, 'text' | 'bytes' | 'byteStream'>;
  onError(error: unknown): void;
}

/**
 * How long the end of a run waits for its files to be looked into. Whoever stops a run waits for its end, though nothing works any more: that
 * is a matter of some tens of milliseconds, and longer only where the machine is at its limits.
 */
const PATIENCE_MS = 20_000;
const PATIENCE_STOPPED_MS = 5_000;

/** Files that are named when they are refused; of the others their number is told. */
const NAMED_FILES = 5;

/**
 * Stops what still runs in the sandbox of an agent that has come to rest, and keeps what it changed in the skill's folder: contents, rows
 * and a `files-change` event. Whatever goes wrong is told in the trajectory and does not hinder the run's end: never rejects.
 */
export async function keepChanges(options: KeepChangesOptions): Promise<void> {
  const { sandbox, emit, record, stopped, waits, onError } = options;
  try {
    await sandbox.halt();
    const patience = AbortSignal.timeout(stopped ? PATIENCE_STOPPED_MS : PATIENCE_MS);
    const collected = await collectChanges({ ...options, signal: patience });
    await record(collected.changes);
    if (waits) return;
    if (collected.changes.length > 0) await emit({ type: 'files-change', ...tallyOf(collected.changes) });
    for (const message of warningsOf(collected)) await emit({ type: 'log-line', level: 'warn', message });
  } catch (error) {
    // The run is another's now, which is found out at its end anyhow.
    if (error instanceof LeaseLostError) return;
    onError(error);
    const message =
      'The files of the skill could not be looked into: what the agent changed in them is lost.';
    await emit({ type: 'log-line', level: 'warn', message }).catch(onError);
  }
}

function warningsOf({ refused, complete }: CollectedChanges): string[] {
  const warnings: string[] = [];
  if (!complete)
    warnings.push(
      'There was no time to look into all files of the skill: not all changes of the agent are kept.',
    );
  if (refused.length > 0) warnings.push(refusal(refused));
  return warnings;
}

function refusal(refused: readonly RefusedChange[]): string {
  const named = refused.slice(0, NAMED_FILES).map(({ reason }) => reason);
  const others = refused.length - named.length;
  return [
    `${refused.length === 1 ? 'A file' : `${refused.length} files`} of the agent can be in no version, and ${refused.length === 1 ? 'is' : 'are'} not kept.`,
    ...named,
    ...(others > 0 ? [`And ${others} more.`] : []),
  ].join(' ');
}
