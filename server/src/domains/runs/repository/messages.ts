import { actorSchema, type Actor, type RunMessage } from 'strapi-plugin-skills-shared/contracts';
import { v7 as uuid } from 'uuid';
import type { Database } from '../../../platform/database';
import { countRows } from './count-rows';
import { toJson } from './run-rows';

interface MessageRow {
  id: string;
  text: string;
  author: string;
  created_at: number | string;
  taken_at: number | string | null;
}

const columns = ['id', 'text', 'author', 'created_at', 'taken_at'] as const;

function messageOf(row: MessageRow): RunMessage {
  return {
    id: row.id,
    text: JSON.parse(row.text) as string,
    author: actorSchema.parse(JSON.parse(row.author)),
    createdAt: new Date(Number(row.created_at)).toISOString(),
    takenAt: row.taken_at === null ? null : new Date(Number(row.taken_at)).toISOString(),
  };
}

/** People's words to agents. A run's lease holder alone takes them. */
export function createMessageRows(database: Database) {
  return { ...messageReading(database), ...messageWriting(database) };
}

function messageReading(database: Database) {
  /** In the order in which they came: ids of one server are made in it, and times are the database's. */
  async function select(runId: string, untakenOnly: boolean): Promise<RunMessage[]> {
    const rows = await database.run<MessageRow[]>((knex) =>
      knex('skills_run_messages')
        .where('run_id', runId)
        .modify((query) => {
          if (untakenOnly) void query.whereNull('taken_at');
        })
        .orderBy([{ column: 'created_at' }, { column: 'id' }])
        .select(...columns),
    );
    return rows.map(messageOf);
  }

  return {
    list: (runId: string) => select(runId, false),
    untaken: (runId: string) => select(runId, true),

    countUntaken: (runId: string) =>
      database.run((knex) =>
        countRows(knex('skills_run_messages').where('run_id', runId).whereNull('taken_at')),
      ),
  };
}

function messageWriting(database: Database) {
  return {
    async add(runId: string, text: string, author: Actor): Promise<RunMessage> {
      const id = uuid();
      await database.run((knex) =>
        knex('skills_run_messages').insert({
          id,
          run_id: runId,
          text: toJson(text),
          author: toJson(author),
          created_at: database.now(),
          taken_at: null,
        }),
      );
      const row = await database.run<MessageRow>((knex) =>
        knex('skills_run_messages')
          .where('id', id)
          .first(...columns),
      );
      return messageOf(row);
    },

    async rewrite(id: string, text: string): Promise<void> {
      await database.run((knex) =>
        knex('skills_run_messages')
          .where('id', id)
          .update({ text: toJson(text) }),
      );
    },

    async markTaken(ids: readonly string[]): Promise<void> {
      await database.run((knex) =>
        knex('skills_run_messages')
          .whereIn('id', [...ids])
          .update({ taken_at: database.now() }),
      );
    },
  };
}
