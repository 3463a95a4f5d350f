import type { Knex } from 'knex';
import type { Actor, ActorType } from 'strapi-plugin-skills-shared/contracts';
import type { Database } from '../../../platform/database';
import { skillsTable } from '../content-type';
import { tagsTable } from '../migrations';
import { narrowToVisible, type SkillViewer } from '../skill-viewer';
import { shelfOf } from './skill-list';

/** How many values of each sort a list offers to be narrowed by. */
const MAX_FACETS = 200;

interface OwnerRow {
  owner_type: ActorType;
  owner_id: string | null;
  owner_name: string;
}

function visible(knex: Knex, viewer: SkillViewer): Knex.QueryBuilder {
  const query = knex(skillsTable).where('archived', false);
  narrowToVisible(query, viewer);
  return query;
}

/** The values that the viewer's list, without what is archived, can be narrowed by. */
export function createSkillFacets(database: Database) {
  async function values(viewer: SkillViewer, column: 'category' | 'kind'): Promise<string[]> {
    const rows = await database.run<Record<string, string>[]>((knex) =>
      visible(knex, viewer).whereNotNull(column).distinct(column).orderBy(column).limit(MAX_FACETS),
    );
    return rows.flatMap((row) => row[column] ?? []);
  }

  async function tags(viewer: SkillViewer): Promise<string[]> {
    const rows = await database.run<{ tag: string }[]>((knex) =>
      knex(tagsTable)
        .where('shelf', shelfOf(viewer))
        .whereIn('skill_id', visible(knex, viewer).select('document_id'))
        .groupBy('tag_key')
        .orderBy('tag_key')
        .limit(MAX_FACETS)
        .select(knex.raw('min(tag) as tag')),
    );
    return rows.map((row) => row.tag);
  }

  async function owners(viewer: SkillViewer): Promise<Actor[]> {
    const rows = await database.run<OwnerRow[]>((knex) =>
      visible(knex, viewer)
        .whereNotNull('owner_type')
        .distinct('owner_type', 'owner_id', 'owner_name')
        .orderBy('owner_name')
        .limit(MAX_FACETS),
    );
    return rows.map((row) => ({ type: row.owner_type, id: row.owner_id, name: row.owner_name }));
  }

  /** Types of the same id, of whatever provider, are one: a list is narrowed by the id. */
  async function skillTypes(viewer: SkillViewer): Promise<{ id: string; name: string }[]> {
    return database.run<{ id: string; name: string }[]>((knex) =>
      visible(knex, viewer)
        .whereNotNull('skill_type_id')
        .groupBy('skill_type_id')
        .orderBy('skill_type_id')
        .limit(MAX_FACETS)
        .select('skill_type_id as id', knex.raw('min(skill_type_name) as name')),
    );
  }

  return async function facets(viewer: SkillViewer) {
    return {
      tags: await tags(viewer),
      categories: await values(viewer, 'category'),
      owners: await owners(viewer),
      kinds: await values(viewer, 'kind'),
      skillTypes: await skillTypes(viewer),
    };
  };
}
