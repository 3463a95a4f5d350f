import type { Database } from '../../platform/database';
import { createSkillFacets } from './repository/skill-facets';
import { createSkillList, type SkillFilter, type SkillOrder } from './repository/skill-list';
import { createSkillReads } from './repository/skill-reads';
import { toRecord } from './repository/skill-row';
import { createSkillScopes } from './repository/skill-scopes';
import { createSkillTags } from './repository/skill-tags';
import { createSkillWrites } from './repository/skill-writes';
import type { SkillRecord } from './skill-record';

export type { SkillFilter, SkillOrder };

export type SkillsRepository = ReturnType<typeof createSkillsRepository>;

/** Skills' rows: those of the content type, read and written by knex, and their tags. */
export function createSkillsRepository(database: Database) {
  const reads = createSkillReads(database);
  const list = createSkillList(database);
  return {
    ...reads,
    ...createSkillWrites(
      database,
      { tags: createSkillTags(database), scopes: createSkillScopes(database) },
      reads.findMany,
    ),
    facets: createSkillFacets(database),
    count: (filter: SkillFilter): Promise<number> => list.count(filter),

    async page(
      filter: SkillFilter,
      order: SkillOrder,
      at: { page: number; pageSize: number },
    ): Promise<SkillRecord[]> {
      return (await list.page(filter, order, at)).map(toRecord);
    },
  };
}
