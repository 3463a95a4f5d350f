import type { Knex } from 'knex';
import type { Actor, EnvironmentBuildStatus } from 'strapi-plugin-skills-shared/contracts';
import { ConflictError } from '../../../http/errors';
import { insertIfAbsent, insertRows, numberOrNull, type Database } from '../../../platform/database';
import { buildLinesTable, buildsTable } from '../migrations';
import type { BuildEnding, BuildLine, BuildRecord } from './build-record';

interface BuildRow {
  id: string;
  skill_id: string;
  status: EnvironmentBuildStatus;
  error_code: string | null;
  error_message: string | null;
  image: string | null;
  created_at: number | string;
  created_by: string;
  started_at: number | string | null;
  finished_at: number | string | null;
  last_seq: number;
}

/** Who builds: nobody else may write the build while the lease holds. */
export interface BuildLease {
  id: string;
  token: string;
}

const INTERRUPTED = 'The server that built the image was stopped, or has died.';

function read(row: BuildRow): BuildRecord {
  return {
    id: row.id,
    skillId: row.skill_id,
    status: row.status,
    error:
      row.error_code === null
        ? null
        : { code: row.error_code, message: JSON.parse(row.error_message ?? '""') as string },
    image: row.image,
    createdAt: Number(row.created_at),
    createdBy: JSON.parse(row.created_by) as Actor,
    startedAt: numberOrNull(row.started_at),
    finishedAt: numberOrNull(row.finished_at),
    lastSeq: row.last_seq,
  };
}

/** Rows of builds and of what they print. Leases go by the database's clock alone. */
export function createBuildsRepository(database: Database) {
  return {
    ...createReads(database),
    ...createWrites(database),
    ...createRemovals(database),
    ...createLines(database),
  };
}

export type BuildsRepository = ReturnType<typeof createBuildsRepository>;

function createReads(database: Database) {
  /** What a server left behind that has died is found by whoever looks at it. */
  async function endLost(narrow: Record<string, string>): Promise<void> {
    await database.run((knex) =>
      knex(buildsTable)
        .where(narrow)
        .whereNotNull('active_key')
        .where('lease_expires_at', '<', database.now())
        .update({
          ...endedColumns,
          status: 'failed',
          error_code: 'interrupted',
          error_message: JSON.stringify(INTERRUPTED),
          finished_at: database.now(),
        }),
    );
  }

  return {
    endLost,

    async find(id: string): Promise<BuildRecord | undefined> {
      await endLost({ id });
      const row = await database.run<BuildRow | undefined>((knex) => knex(buildsTable).where({ id }).first());
      return row && read(row);
    },

    async last(skillId: string): Promise<BuildRecord | undefined> {
      await endLost({ skill_id: skillId });
      const row = await database.run<BuildRow | undefined>((knex) =>
        newestFirst(knex(buildsTable).where('skill_id', skillId)).first(),
      );
      return row && read(row);
    },
  };
}

const endedColumns = { active_key: null, lease_token: null, lease_expires_at: null };

function newestFirst(query: Knex.QueryBuilder): Knex.QueryBuilder {
  return query.orderBy([
    { column: 'created_at', order: 'desc' },
    { column: 'id', order: 'desc' },
  ]);
}

interface NewBuild {
  skillId: string;
  createdBy: Actor;
}

/** Answers false when the skill has a build that is not over. */
async function insertBuild(
  database: Database,
  { skillId, createdBy }: NewBuild,
  { id, token }: BuildLease,
  leaseMs: number,
): Promise<boolean> {
  const now = await database.readClock();
  const row = {
    id,
    skill_id: skillId,
    status: 'queued',
    active_key: skillId,
    cancel_requested: false,
    lease_token: token,
    lease_expires_at: now + leaseMs,
    created_at: now,
    created_by: JSON.stringify(createdBy),
    last_seq: 0,
  };
  return insertIfAbsent(database, buildsTable, row, 'active_key');
}

function createWrites(database: Database) {
  const fromNow = (knex: Knex, ms: number) =>
    knex.raw('(? + ?)', [database.now(), knex.raw(String(Math.trunc(ms)))]);
  const held = (knex: Knex, { id, token }: BuildLease) => knex(buildsTable).where({ id, lease_token: token });

  return {
    insert: (build: NewBuild, lease: BuildLease, leaseMs: number) =>
      insertBuild(database, build, lease, leaseMs),

    /** Answers whether the build is still the caller's. */
    async begin(lease: BuildLease): Promise<boolean> {
      const changed = await database.run<number>((knex) =>
        held(knex, lease).where('status', 'queued').update({ status: 'running', started_at: database.now() }),
      );
      return changed === 1;
    },

    /** Prolongs the lease. `lost`: the build is not the caller's any more; `cancelled`: somebody wants it to end. */
    async renew(lease: BuildLease, leaseMs: number): Promise<'held' | 'lost' | 'cancelled'> {
      const changed = await database.run<number>((knex) =>
        held(knex, lease).update({ lease_expires_at: fromNow(knex, leaseMs) }),
      );
      if (changed !== 1) return 'lost';
      const row = await database.run<{ cancel_requested: boolean | number } | undefined>((knex) =>
        held(knex, lease).first('cancel_requested'),
      );
      return row?.cancel_requested ? 'cancelled' : 'held';
    },

    /** Rejects when the build is not the caller's any more; nobody takes it away until the open transaction ends. */
    async assertHeld(lease: BuildLease): Promise<void> {
      const row = await database.run<object | undefined>((knex) => held(knex, lease).forUpdate().first('id'));
      if (!row) throw new ConflictError(INTERRUPTED, { code: 'interrupted' });
    },

    /** Answers false when the build was no longer the caller's. */
    async end(lease: BuildLease, ending: BuildEnding): Promise<boolean> {
      const error = ending.status === 'failed' ? ending.error : null;
      const changed = await database.run<number>((knex) =>
        held(knex, lease).update({
          ...endedColumns,
          status: ending.status,
          error_code: error?.code ?? null,
          error_message: error && JSON.stringify(error.message),
          image: ending.status === 'completed' ? ending.image : null,
          finished_at: database.now(),
        }),
      );
      return changed === 1;
    },

    async requestCancel(id: string): Promise<void> {
      await database.run((knex) =>
        knex(buildsTable).where({ id }).whereNotNull('active_key').update({ cancel_requested: true }),
      );
    },
  };
}

function createRemovals(database: Database) {
  return {
    /** Removes what is older than the skill's newest builds. */
    async prune(skillId: string, keep: number): Promise<void> {
      const rows = await database.run<{ id: string }[]>((knex) =>
        newestFirst(knex(buildsTable).where('skill_id', skillId)).offset(keep).limit(100).select('id'),
      );
      const ids = rows.map(({ id }) => id);
      await database.run((knex) => knex(buildLinesTable).whereIn('build_id', ids).delete());
      await database.run((knex) => knex(buildsTable).whereIn('id', ids).delete());
    },

    async removeOfSkill(skillId: string): Promise<void> {
      await database.run((knex) =>
        knex(buildLinesTable)
          .whereIn('build_id', knex(buildsTable).where('skill_id', skillId).select('id'))
          .delete(),
      );
      await database.run((knex) => knex(buildsTable).where('skill_id', skillId).delete());
    },
  };
}

function createLines(database: Database) {
  return {
    /** Appends output after what there is. Answers the last number; undefined when the build was no longer the caller's. */
    append: (lease: BuildLease, lines: readonly Omit<BuildLine, 'seq'>[]): Promise<number | undefined> =>
      database.transaction(async () => {
        const changed = await database.run<number>((knex) =>
          knex(buildsTable)
            .where({ id: lease.id, lease_token: lease.token })
            .increment('last_seq', lines.length),
        );
        if (changed !== 1) return undefined;
        const row = await database.run<{ last_seq: number } | undefined>((knex) =>
          knex(buildsTable).where('id', lease.id).first('last_seq'),
        );
        const last = row?.last_seq ?? 0;
        const rows = lines.map(({ stream, text }, index) => ({
          build_id: lease.id,
          seq: last - lines.length + index + 1,
          stream,
          text: JSON.stringify(text),
        }));
        await insertRows(database, buildLinesTable, rows);
        return last;
      }),

    async lines(id: string, after: number, limit: number): Promise<BuildLine[]> {
      const rows = await database.run<{ seq: number; stream: BuildLine['stream']; text: string }[]>((knex) =>
        knex(buildLinesTable)
          .where('build_id', id)
          .where('seq', '>', after)
          .orderBy('seq')
          .limit(limit)
          .select('seq', 'stream', 'text'),
      );
      return rows.map(({ seq, stream, text }) => ({ seq, stream, text: JSON.parse(text) as string }));
    },
  };
}
