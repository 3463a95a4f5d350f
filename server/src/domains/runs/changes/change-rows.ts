import { createHash } from 'node:crypto';
import {
  actorSchema,
  type Actor,
  type ChangeDecision,
  type RunChanges,
} from 'strapi-plugin-skills-shared/contracts';
import { insertIfAbsent, insertRows, type Database } from '../../../platform/database';
import type { ChangeKind, StoredChange } from './change';

interface ChangeRow {
  path: string;
  change: ChangeKind;
  before_digest: string | null;
  before_size: number | string | null;
  after_digest: string | null;
  after_size: number | string | null;
  executable: boolean | number;
}

interface DecisionRow {
  decision: ChangeDecision;
  paths: string;
  version_id: string | null;
  version_number: number | null;
  decided_by: string;
  decided_at: number | string;
}

export type DecisionRecord = NonNullable<RunChanges['decision']>;

export interface NewDecision {
  runId: string;
  decision: ChangeDecision;
  paths: readonly string[];
  version: { id: string; number: number } | null;
  by: Actor;
  /** Milliseconds since 1970. */
  at: number;
}

const columns = [
  'path',
  'change',
  'before_digest',
  'before_size',
  'after_digest',
  'after_size',
  'executable',
] as const;

function changeOf(row: ChangeRow): StoredChange {
  const { before_digest: before, after_digest: after } = row;
  return {
    path: row.path,
    change: row.change,
    before: before === null ? null : { digest: before, size: Number(row.before_size) },
    after:
      after === null
        ? null
        : { digest: after, size: Number(row.after_size), executable: Boolean(row.executable) },
  };
}

function keyOf(path: string): string {
  return createHash('sha256').update(path).digest('hex');
}

/** Files that runs left otherwise than they found them. Their contents are blobs. */
export function createChangeRows(database: Database) {
  return {
    /** Takes the place of those that were recorded before. In the transaction that is open, under the run's lease. */
    async replace(runId: string, changes: readonly StoredChange[]): Promise<void> {
      await database.run((knex) => knex('skills_run_changes').where('run_id', runId).delete());
      const rows = changes.map(({ path, change, before, after }) => ({
        run_id: runId,
        path_digest: keyOf(path),
        path,
        change,
        before_digest: before?.digest ?? null,
        before_size: before?.size ?? null,
        after_digest: after?.digest ?? null,
        after_size: after?.size ?? null,
        executable: after?.executable ?? false,
      }));
      await insertRows(database, 'skills_run_changes', rows);
    },

    /** By path. */
    async list(runId: string): Promise<StoredChange[]> {
      const rows = await database.run<ChangeRow[]>((knex) =>
        knex('skills_run_changes').where('run_id', runId).select(columns),
      );
      return rows.map(changeOf).sort((left, right) => (left.path < right.path ? -1 : 1));
    },

    async find(runId: string, path: string): Promise<StoredChange | undefined> {
      const row = await database.run<ChangeRow | undefined>((knex) =>
        knex('skills_run_changes')
          .where({ run_id: runId, path_digest: keyOf(path) })
          .first(columns),
      );
      return row && changeOf(row);
    },

    /** In a few words, for the run itself; null when there are no changes. */
    async summarise(runId: string): Promise<{ count: number; decision: ChangeDecision | null } | null> {
      const [row] = await database.run<{ count: number | string }[]>((knex) =>
        knex('skills_run_changes').where('run_id', runId).count({ count: '*' }),
      );
      const count = Number(row?.count ?? 0);
      if (count === 0) return null;
      const decided = await database.run<Pick<DecisionRow, 'decision'> | undefined>((knex) =>
        knex('skills_run_change_decisions').where('run_id', runId).first('decision'),
      );
      return { count, decision: decided?.decision ?? null };
    },
  };
}

export type ChangeRows = ReturnType<typeof createChangeRows>;

/** What was decided about the files of runs: once for each. */
export function createDecisionRows(database: Database) {
  return {
    async find(runId: string): Promise<DecisionRecord | null> {
      const row = await database.run<DecisionRow | undefined>((knex) =>
        knex('skills_run_change_decisions').where('run_id', runId).first(),
      );
      if (!row) return null;
      const { version_id: id, version_number: number } = row;
      return {
        decision: row.decision,
        paths: JSON.parse(row.paths) as string[],
        version: id === null || number === null ? null : { id, number },
        by: actorSchema.parse(JSON.parse(row.decided_by)),
        at: new Date(Number(row.decided_at)).toISOString(),
      };
    },

    /** Answers false when it has been decided already. Joins the open transaction. */
    add({ runId, decision, paths, version, by, at }: NewDecision): Promise<boolean> {
      const row = {
        run_id: runId,
        decision,
        paths: JSON.stringify(paths),
        version_id: version?.id ?? null,
        version_number: version?.number ?? null,
        decided_by: JSON.stringify(by),
        decided_at: at,
      };
      return insertIfAbsent(database, 'skills_run_change_decisions', row, 'run_id');
    },
  };
}

export type DecisionRows = ReturnType<typeof createDecisionRows>;
