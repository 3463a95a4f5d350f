import type { Knex } from 'knex';
import type { Actor } from 'strapi-plugin-skills-shared/contracts';
import type { Database } from '../../platform/database';
import { threadsTable } from './migrations';
import type { ThreadRecord } from './thread-record';

interface ThreadRow {
  id: string;
  skill_id: string;
  name: string;
  created_by: string;
  created_at: number | string;
  active_at: number | string;
}

function read(row: ThreadRow): ThreadRecord {
  return {
    id: row.id,
    skillId: row.skill_id,
    name: JSON.parse(row.name) as string,
    createdBy: JSON.parse(row.created_by) as Actor,
    createdAt: Number(row.created_at),
    activeAt: Number(row.active_at),
  };
}

function write(thread: ThreadRecord): ThreadRow {
  return {
    id: thread.id,
    skill_id: thread.skillId,
    name: JSON.stringify(thread.name),
    created_by: JSON.stringify(thread.createdBy),
    created_at: thread.createdAt,
    active_at: thread.activeAt,
  };
}

/** Rows of `skills_threads`. */
export function createThreadsRepository(database: Database) {
  return { ...createReads(database), ...createWrites(database) };
}

export type ThreadsRepository = ReturnType<typeof createThreadsRepository>;

function createReads(database: Database) {
  return {
    async find(id: string): Promise<ThreadRecord | undefined> {
      const row = await database.run<ThreadRow | undefined>((knex) =>
        knex(threadsTable).where({ id }).first(),
      );
      return row && read(row);
    },

    /** Those that were active last come first. */
    async list(
      skillId: string,
      { page, pageSize }: { page: number; pageSize: number },
    ): Promise<{ threads: ThreadRecord[]; total: number }> {
      const ofSkill = (knex: Knex): Knex.QueryBuilder => knex(threadsTable).where({ skill_id: skillId });
      const count = await database.run<{ total: number | string } | undefined>((knex) =>
        ofSkill(knex).count({ total: '*' }).first(),
      );
      const rows = await database.run<ThreadRow[]>((knex) =>
        ofSkill(knex)
          .orderBy([
            { column: 'active_at', order: 'desc' },
            { column: 'id', order: 'desc' },
          ])
          .limit(pageSize)
          .offset((page - 1) * pageSize)
          .select(),
      );
      return { threads: rows.map(read), total: Number(count?.total ?? 0) };
    },
  };
}

function createWrites(database: Database) {
  return {
    async insert(thread: ThreadRecord): Promise<void> {
      await database.run((knex) => knex(threadsTable).insert(write(thread)));
    },

    /** Answers whether there was such a thread. */
    async rename(id: string, name: string): Promise<boolean> {
      const count = await database.run((knex) =>
        knex(threadsTable)
          .where({ id })
          .update({ name: JSON.stringify(name) }),
      );
      return count === 1;
    },

    /**
     * Notes an activity, and holds the row until the open transaction ends, so that the thread is not deleted meanwhile. An activity that
     * is older than what is known moves nothing back. Answers whether there is such a thread.
     */
    async touch(id: string, at: number): Promise<boolean> {
      const count = await database.run((knex) =>
        knex(threadsTable)
          .where({ id })
          .update({
            active_at: knex.raw('case when ?? < ? then ? else ?? end', ['active_at', at, at, 'active_at']),
          }),
      );
      return count === 1;
    },

    /** Answers whether there was such a thread. */
    async remove(id: string): Promise<boolean> {
      return (await database.run((knex) => knex(threadsTable).where({ id }).delete())) === 1;
    },

    async removeOfSkill(skillId: string): Promise<void> {
      await database.run((knex) => knex(threadsTable).where({ skill_id: skillId }).delete());
    },
  };
}
