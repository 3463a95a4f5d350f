import type { Actor } from 'strapi-plugin-skills-shared/contracts';
import type { Database } from '../../../platform/database';
import type { DescribedContent } from '../content';
import { NUMBERS_TABLE, VERSIONS_TABLE } from '../migrations';
import { columnsOf, withoutNul, type VersionRow } from '../version-row';

/** What is frozen changes no more: each update of content says so in its WHERE. */
export function createVersionUpdates(database: Database) {
  return {
    /** Replaces a draft's content; false when its revision is another by now, or it is frozen, or gone. */
    async replaceContent(
      id: string,
      revision: number,
      content: DescribedContent,
      at: number,
    ): Promise<boolean> {
      const updated = await database.run((knex) =>
        knex<VersionRow>(VERSIONS_TABLE)
          .where({ id, revision })
          .whereNull('frozen_at')
          .update({ ...columnsOf(content), revision: revision + 1, updated_at: at }),
      );
      return updated === 1;
    },

    /** Freezes drafts; those that are frozen stay as they are. */
    async freeze(id: string, at: number): Promise<void> {
      await database.run((knex) =>
        knex<VersionRow>(VERSIONS_TABLE)
          .where({ id })
          .whereNull('frozen_at')
          .update({ frozen_at: at, draft_key: null }),
      );
    },

    /** Freezes and marks as published; keeps the note that is there when there is no new one. False while it has errors. */
    async publish(
      id: string,
      publication: { note: string | null; author: Actor | null; at: number },
    ): Promise<boolean> {
      const { note, author, at } = publication;
      const updated = await database.run((knex) =>
        knex(VERSIONS_TABLE)
          .where({ id, error_count: 0 })
          .update({
            frozen_at: knex.raw('coalesce(frozen_at, ?)', [at]),
            draft_key: null,
            published_at: at,
            published_by: author && JSON.stringify(author),
            ...(note === null ? {} : { note: withoutNul(note) }),
          }),
      );
      return updated === 1;
    },

    async removeAll(skillId: string): Promise<void> {
      await database.run((knex) => knex(NUMBERS_TABLE).where({ skill_id: skillId }).delete());
      await database.run((knex) => knex(VERSIONS_TABLE).where({ skill_id: skillId }).delete());
    },
  };
}
