import { createTable, type Migration } from '../../platform/database';

export const tagsTable = 'skills_tags';
export const skillsTables = [tagsTable] as const;

/**
 * Tags of skills. `shelf` tells the panel's (the skill as it is edited) from those that agents see (as it was published).
 * `tag_key` is the tag in lowercase, by which lists are narrowed.
 */
export const skillsMigrations: readonly Migration[] = [
  {
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
  },
];
