import { insertRows, type Database } from '../../../platform/database';
import { tagsTable } from '../migrations';
import type { SkillRecord } from '../skill-record';

/** Characters of a tag; what is longer is cut. */
const MAX_TAG = 64;

/** Whose tags a row of the tags' table is: the skill's as it is edited, or as agents see it. */
export type Shelf = 'panel' | 'agents';

/** Trimmed, cut, and each once whatever its case; the first spelling stays. */
export function tidyTags(tags: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const tag of tags) {
    const tidy = [...tag.trim()].slice(0, MAX_TAG).join('');
    if (tidy !== '' && !seen.has(tidy.toLowerCase())) seen.set(tidy.toLowerCase(), tidy);
  }
  return [...seen.values()];
}

/** The table that lists are narrowed by. A skill's tags are read from its own row. */
export function createSkillTags(database: Database) {
  async function remove(id: string): Promise<void> {
    await database.run((knex) => knex(tagsTable).where('skill_id', id).delete());
  }

  return {
    remove,

    async replace({ id, tags, published }: SkillRecord): Promise<void> {
      const rowsOf = (shelf: Shelf, all: readonly string[]) =>
        all.map((tag, position) => ({ skill_id: id, shelf, position, tag, tag_key: tag.toLowerCase() }));
      await remove(id);
      await insertRows(database, tagsTable, [
        ...rowsOf('panel', tags),
        ...rowsOf('agents', published?.tags ?? []),
      ]);
    },
  };
}

export type SkillTagRows = ReturnType<typeof createSkillTags>;
