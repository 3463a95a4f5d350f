import type { Actor } from 'strapi-plugin-skills-shared/contracts';
import { insertIfAbsent, type Database } from '../../../platform/database';
import type { DescribedContent } from '../content';
import { NUMBERS_TABLE, VERSIONS_TABLE } from '../migrations';
import { versionMissing } from '../refusals';
import { columnsOf, draftKeyOf, withoutNul, type VersionRow } from '../version-row';

export interface NewVersion {
  id: string;
  skillId: string;
  number: number;
  parentId: string | null;
  content: DescribedContent;
  note: string | null;
  author: Actor;
  at: number;
}

export function createVersionInserts(database: Database) {
  return {
    /**
     * The number that the next version gets. Writers of one skill's versions take turns from here until their transactions
     * end. Rows are found by their keys: a search for what is not there would make MySQL lock the gap in which other skills'
     * writers insert.
     */
    async nextNumber(skillId: string, isFirst: boolean): Promise<number> {
      if (isFirst)
        await insertIfAbsent(database, NUMBERS_TABLE, { skill_id: skillId, newest: 0 }, 'skill_id');
      const row = await database.run((knex) =>
        knex<{ skill_id: string; newest: number }>(NUMBERS_TABLE)
          .where({ skill_id: skillId })
          .forUpdate()
          .first('newest'),
      );
      if (!row) throw versionMissing();
      return row.newest + 1;
    },

    async insert(version: NewVersion): Promise<void> {
      const { id, skillId, number, parentId, content, note, author, at } = version;
      await database.run((knex) =>
        knex(NUMBERS_TABLE).where({ skill_id: skillId }).update({ newest: number }),
      );
      await database.run((knex) =>
        knex<VersionRow>(VERSIONS_TABLE).insert({
          id,
          skill_id: skillId,
          number,
          parent_id: parentId,
          ...columnsOf(content),
          note: note === null ? null : withoutNul(note),
          revision: 1,
          draft_key: draftKeyOf(skillId, parentId),
          created_at: at,
          created_by: JSON.stringify(author),
          updated_at: at,
        }),
      );
    },
  };
}
