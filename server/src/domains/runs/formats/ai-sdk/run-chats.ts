import { createHash } from 'node:crypto';
import type { Actor } from 'strapi-plugin-skills-shared/contracts';
import { insertRows, type Database } from '../../../../platform/database';

/** A chat of a client: its id is the client's own, and means nothing for another caller or another skill. */
export interface ChatIdentity {
  actor: Actor;
  skillId: string;
  chatId: string;
}

/** Nobody can tell anonymous callers apart, and chats' ids are no secrets. */
function digestOf({ actor, skillId, chatId }: ChatIdentity): string | undefined {
  if (actor.id === null) return undefined;
  const identity = JSON.stringify([actor.type, actor.id, skillId, chatId]);
  return createHash('sha256').update(identity).digest('hex');
}

/** Which run each chat is at, so that a client that knows its chat alone finds its stream again. */
export function createRunChats(database: Database) {
  return {
    async remember(chat: ChatIdentity, runId: string): Promise<void> {
      const digest = digestOf(chat);
      if (digest === undefined) return;
      await insertRows(database, 'skills_run_chats', [{ chat_digest: digest, run_id: runId }], {
        ignoreDuplicatesOf: ['chat_digest'],
        update: ['run_id'],
      });
    },

    async find(chat: ChatIdentity): Promise<string | undefined> {
      const digest = digestOf(chat);
      if (digest === undefined) return undefined;
      const row = await database.run<{ run_id: string } | undefined>((knex) =>
        knex('skills_run_chats').where('chat_digest', digest).first('run_id'),
      );
      return row?.run_id;
    },
  };
}
