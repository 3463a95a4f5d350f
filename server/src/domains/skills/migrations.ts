import { createTable, textColumn, type Migration } from '../../platform/database';
import { skillsTable } from './content-type';

export const tagsTable = 'skills_tags';
export const toolScopesTable = 'skills_tool_scopes';
export const scopeLimitsTable = 'skills_scope_limits';
export const skillsTables = [tagsTable, toolScopesTable, scopeLimitsTable] as const;

/**
 * Tags of skills. `shelf` tells the panel's (the skill as it is edited) from those that agents see (as it was published).
 * `tag_key` is the tag in lowercase, by which lists are narrowed.
 */
const tags: Migration = {
  name: '2026-11-22-skills-tags',
  async up(knex) {
    await createTable(knex, tagsTable, (table) => {
      table.string('skill_id', 36).notNullable();
      table.string('shelf', 16).notNullable();
      table.integer('position').notNullable();
      table.string('tag', 64).notNullable();
      table.string('tag_key', 128).notNullable();
      table.primary(['skill_id', 'shelf', 'position']);
      table.index(['shelf', 'tag_key', 'skill_id'], 'skills_tags_key_ix');
    });
  },
  down: (knex) => knex.schema.dropTableIfExists(tagsTable),
};

/** Which skills have which tool scopes, and who is limited to which: `subject_id` is a documentId, `scopes` a JSON list. */
const toolScopes: Migration = {
  name: '2026-11-23-skills-tool-scopes',
  async up(knex) {
    await createTable(knex, toolScopesTable, (table) => {
      table.string('skill_id', 36).notNullable();
      table.string('scope', 64).notNullable();
      table.primary(['skill_id', 'scope']);
      table.index(['scope', 'skill_id'], 'skills_tool_scopes_scope_ix');
    });
    await createTable(knex, scopeLimitsTable, (table) => {
      table.string('subject_type', 16).notNullable();
      table.string('subject_id', 36).notNullable();
      textColumn(table, 'scopes').notNullable();
      table.primary(['subject_type', 'subject_id']);
    });
  },
  async down(knex) {
    await knex.schema.dropTableIfExists(scopeLimitsTable);
    await knex.schema.dropTableIfExists(toolScopesTable);
  },
};

/** Strapi has added the columns by now; the skills of before say nothing in them. Aliases were lowercase then. */
const columnsOfProviderSkills: Migration = {
  name: '2026-11-23-skills-z-provider-columns',
  async up(knex) {
    await knex(skillsTable)
      .whereNull('alias_key')
      .update({ alias_key: knex.raw('lower(alias)'), tool_scopes: '[]' });
  },
  down: () => Promise.resolve(),
};

export const skillsMigrations: readonly Migration[] = [tags, toolScopes, columnsOfProviderSkills];
