import type { Readable } from 'node:stream';
import type { Actor, RunChangeDecision, RunChanges } from 'strapi-plugin-skills-shared/contracts';
import { ConflictError, InvalidError, MissingError } from '../../../http/errors';
import type { BlobStore } from '../../../platform/blob-store';
import type { Database } from '../../../platform/database';
import type { SkillRecord, SkillsService } from '../../skills';
import type { VersionRecord, VersionsService } from '../../versions';
import { hasEnded, type RunRecord } from '../run-record';
import type { StoredChange } from './change';
import { createChangeRows, createDecisionRows, type DecisionRows } from './change-rows';
import { takeChanges } from './take-changes';

export interface ChangedFile {
  digest: string;
  size: number;
  open(): Promise<Readable>;
}

type DecidedRun = Pick<RunRecord, 'id' | 'versionId' | 'status'>;

/** The files that agents' runs left otherwise than they found them. Whether a caller may see a run, or decide, is its caller's to know. */
export interface ChangesService {
  list(runId: string): Promise<RunChanges>;
  /** A file as it was before or after the run. Rejects with 404 `file-not-found`. */
  open(runId: string, side: 'before' | 'after', path: string): Promise<ChangedFile>;
  /**
   * Takes changes into the skill, or drops all of them; once for a run, whoever decides. `skill` answers the skill as it is now, as far as
   * the decider may see it. Rejects with 409 `run-not-ended`, `changes-missing`, `changes-decided`, `skill-archived`, and
   * `changes-conflict` with the paths of files that were changed meanwhile; 400 `change-unknown`, and as editing the skill does. Nothing
   * is changed or decided then.
   */
  decide(
    run: DecidedRun,
    request: RunChangeDecision & { by: Actor; skill(): Promise<SkillRecord> },
  ): Promise<RunChanges>;
}

export interface ChangesServiceOptions {
  database: Database;
  blobs: Pick<BlobStore, 'open' | 'read'>;
  versions: Pick<VersionsService, 'get' | 'files'>;
  skills: Pick<SkillsService, 'changeFiles'>;
  /** Bytes that a file may have. */
  maxFileBytes: number;
}

export function createChangesService(options: ChangesServiceOptions): ChangesService {
  const { database, blobs } = options;
  const rows = createChangeRows(database);
  const decisions = createDecisionRows(database);

  async function list(runId: string): Promise<RunChanges> {
    return { changes: await rows.list(runId), decision: await decisions.find(runId) };
  }

  return {
    list,

    async open(runId, side, path) {
      const change = await rows.find(runId, path);
      const file = change?.[side];
      if (!file) {
        throw new MissingError(`There was no changed file ${JSON.stringify(path)} ${side} this run.`, {
          code: 'file-not-found',
          path: [path],
        });
      }
      return { digest: file.digest, size: file.size, open: () => blobs.open(file.digest) };
    },

    async decide(run, { decision, paths, by, skill }) {
      if (!hasEnded(run.status)) throw notEnded();
      const changes = await rows.list(run.id);
      if (changes.length === 0) throw nothingChanged();
      if (await decisions.find(run.id)) throw decided();
      if ((await skill()).archived) throw archived();
      if (decision === 'drop')
        await record(decisions, { run, decision: 'dropped', changes: [], by, version: null });
      else await takeOnce(options, decisions, { run, changes: chosen(changes, paths), by, skill });
      return list(run.id);
    },
  };
}

interface Taking {
  run: DecidedRun;
  changes: readonly StoredChange[];
  by: Actor;
  skill(): Promise<SkillRecord>;
}

async function takeOnce(
  options: ChangesServiceOptions,
  decisions: DecisionRows,
  taking: Taking,
): Promise<void> {
  const { run, changes, by, skill } = taking;
  try {
    await takeChanges(options, {
      skill,
      versionId: run.versionId,
      changes,
      by,
      record: (version) => record(decisions, { run, decision: 'taken', changes, by, version }),
    });
  } catch (error) {
    // Of two who decide at once, the later one meets the earlier one's edit before its decision.
    if (error instanceof ConflictError && (await decisions.find(run.id))) throw decided();
    throw error;
  }
}

interface Recorded {
  run: DecidedRun;
  decision: 'taken' | 'dropped';
  changes: readonly StoredChange[];
  by: Actor;
  version: VersionRecord | null;
}

async function record(
  decisions: DecisionRows,
  { run, decision, changes, by, version }: Recorded,
): Promise<void> {
  const first = await decisions.add({
    runId: run.id,
    decision,
    paths: changes.map(({ path }) => path),
    version: version && { id: version.id, number: version.number },
    by,
    at: Date.now(),
  });
  if (!first) throw decided();
}

function chosen(changes: readonly StoredChange[], paths: readonly string[] | undefined): StoredChange[] {
  if (!paths) return [...changes];
  const byPath = new Map(changes.map((change) => [change.path, change]));
  return [...new Set(paths)].map((path) => {
    const change = byPath.get(path);
    if (change) return change;
    throw new InvalidError(`The run has not changed a file ${JSON.stringify(path)}.`, {
      code: 'change-unknown',
      path: ['paths', paths.indexOf(path)],
    });
  });
}

function notEnded(): ConflictError {
  return new ConflictError('The run has not ended yet, and may still change files.', {
    code: 'run-not-ended',
  });
}

function nothingChanged(): ConflictError {
  return new ConflictError('The run has left the files of the skill as they were.', {
    code: 'changes-missing',
  });
}

function decided(): ConflictError {
  return new ConflictError('It has been decided already what becomes of these files.', {
    code: 'changes-decided',
  });
}

function archived(): ConflictError {
  return new ConflictError('This skill is archived, so its files cannot be changed.', {
    code: 'skill-archived',
  });
}
