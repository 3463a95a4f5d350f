import type { Knex } from 'knex';
import type { Database } from '../../../platform/database';
import { skillsTable } from '../content-type';
import { tagsTable, toolScopesTable } from '../migrations';
import { narrowToVisible, type SkillViewer } from '../skill-viewer';
import { keyOf, skillColumns, type SkillRow } from './skill-row';
import type { Shelf } from './skill-tags';

/** What a list of skills is narrowed by. Of `search`, each word must occur in name, alias or description. */
export interface SkillFilter {
  viewer: SkillViewer;
  search?: string;
  kind?: string;
  status?: string;
  active?: boolean;
  archived?: boolean;
  visibility?: string;
  ownerId?: string;
  tag?: string;
  category?: string;
  skillTypeId?: string;
  connectionId?: string;
  toolScope?: string;
}

export interface SkillOrder {
  by: 'name' | 'kind' | 'status' | 'lastRunAt' | 'createdAt' | 'updatedAt';
  descending: boolean;
}

/** Words beyond these are not looked for: each is one more comparison for every row. */
const MAX_WORDS = 8;

/** Agents sort and search by what was published; the backoffice by what is edited. */
const shelves = {
  panel: {
    search: 'search_text',
    order: {
      name: 'name_key',
      kind: 'kind',
      status: 'stage',
      lastRunAt: 'last_run_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  agents: {
    search: 'published_search_text',
    order: {
      name: 'published_name_key',
      kind: 'kind',
      status: 'stage',
      lastRunAt: 'last_run_at',
      createdAt: 'created_at',
      updatedAt: 'published_on',
    },
  },
} as const satisfies Record<Shelf, { search: string; order: Record<SkillOrder['by'], string> }>;

export function createSkillList(database: Database) {
  return {
    /** A page of rows. The ids are chosen by index alone; only the page's rows are read. */
    async page(
      filter: SkillFilter,
      order: SkillOrder,
      { page, pageSize }: { page: number; pageSize: number },
    ): Promise<SkillRow[]> {
      const column = shelves[shelfOf(filter.viewer)].order[order.by];
      const direction = order.descending ? 'desc' : 'asc';
      return database.run((knex) => {
        const ids = narrowed(knex, filter)
          .orderBy([
            { column, order: direction },
            { column: 'id', order: direction },
          ])
          .limit(pageSize)
          .offset((page - 1) * pageSize)
          .select('id as page_id');
        return knex(skillsTable)
          .join(ids.as('page'), 'page.page_id', `${skillsTable}.id`)
          .orderBy([
            { column: `${skillsTable}.${column}`, order: direction },
            { column: `${skillsTable}.id`, order: direction },
          ])
          .select(skillColumns.map((name) => `${skillsTable}.${name}`));
      });
    },

    async count(filter: SkillFilter): Promise<number> {
      const [row] = await database.run<{ total: string | number }[]>((knex) =>
        narrowed(knex, filter).count({ total: '*' }),
      );
      return Number(row?.total ?? 0);
    },
  };
}

export function shelfOf(viewer: SkillViewer): Shelf {
  return viewer.door === 'agents' ? 'agents' : 'panel';
}

function narrowed(knex: Knex, filter: SkillFilter): Knex.QueryBuilder {
  const query = knex(skillsTable);
  narrowToVisible(query, filter.viewer);
  const equals = {
    archived: filter.archived,
    kind: filter.kind,
    stage: filter.status,
    active: filter.active,
    visibility: filter.visibility,
    owner_id: filter.ownerId,
    category: filter.category,
    skill_type_id: filter.skillTypeId,
    connection_id: filter.connectionId,
  };
  for (const [column, value] of Object.entries(equals))
    if (value !== undefined) void query.where(column, value);
  const shelf = shelfOf(filter.viewer);
  if (filter.tag !== undefined) {
    const tagged = knex(tagsTable).where({ shelf, tag_key: keyOf(filter.tag) });
    void query.whereIn('document_id', tagged.select('skill_id'));
  }
  if (filter.toolScope !== undefined) {
    const scoped = knex(toolScopesTable).where('scope', filter.toolScope);
    void query.whereIn('document_id', scoped.select('skill_id'));
  }
  for (const word of wordsOf(filter.search ?? '')) {
    void query.whereRaw(`?? like ? escape '!'`, [
      shelves[shelf].search,
      `%${word.replace(/[!%_]/g, '!$&')}%`,
    ]);
  }
  return query;
}

function wordsOf(search: string): string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MAX_WORDS);
}
