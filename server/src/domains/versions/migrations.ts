import { bigintColumn, createTable, textColumn, type Migration } from '../../platform/database';

export const VERSIONS_TABLE = 'skills_versions';
export const MANIFESTS_TABLE = 'skills_manifests';
export const ENTRIES_TABLE = 'skills_manifest_entries';

/** The newest version's number of each skill. */
export const NUMBERS_TABLE = 'skills_version_numbers';

export const versionsTables = [VERSIONS_TABLE, NUMBERS_TABLE, MANIFESTS_TABLE, ENTRIES_TABLE] as const;

/** A UUID, or a Strapi `documentId`. */
const ID = 36;
/** SHA-256 in hex. */
const DIGEST = 64;

export const versionsMigrations: readonly Migration[] = [
  {
    name: '2026-11-21-02-versions',
    async up(knex) {
      await createTable(knex, MANIFESTS_TABLE, (table) => {
        table.string('digest', DIGEST).notNullable().primary();
        table.string('base_digest', DIGEST).nullable().index();
        table.integer('file_count').notNullable();
        bigintColumn(table, 'size').notNullable();
        bigintColumn(table, 'created_at').notNullable();
        bigintColumn(table, 'touched_at').notNullable();
      });
      await createTable(knex, ENTRIES_TABLE, (table) => {
        table.string('manifest_digest', DIGEST).notNullable();
        table.integer('n').notNullable();
        textColumn(table, 'path').notNullable();
        table.string('blob_digest', DIGEST).nullable().index();
        bigintColumn(table, 'size').notNullable();
        table.boolean('executable').notNullable();
        table.primary(['manifest_digest', 'n']);
      });
      await createTable(knex, NUMBERS_TABLE, (table) => {
        table.string('skill_id', ID).notNullable().primary();
        table.integer('newest').notNullable();
      });
      await createTable(knex, VERSIONS_TABLE, (table) => {
        table.string('id', ID).notNullable().primary();
        table.string('skill_id', ID).notNullable();
        table.integer('number').notNullable();
        table.string('parent_id', ID).nullable();
        table.string('digest', DIGEST).notNullable().index();
        textColumn(table, 'label').nullable();
        textColumn(table, 'note').nullable();
        textColumn(table, 'metadata').notNullable();
        textColumn(table, 'findings').notNullable();
        table.integer('error_count').notNullable();
        table.integer('warning_count').notNullable();
        table.integer('file_count').notNullable();
        bigintColumn(table, 'size').notNullable();
        table.integer('revision').notNullable();
        table.string('draft_key', 2 * ID + 1).nullable();
        bigintColumn(table, 'created_at').notNullable();
        textColumn(table, 'created_by').notNullable();
        bigintColumn(table, 'updated_at').notNullable();
        bigintColumn(table, 'frozen_at').nullable();
        bigintColumn(table, 'published_at').nullable();
        textColumn(table, 'published_by').nullable();
        table.unique(['skill_id', 'number']);
        table.unique(['draft_key']);
      });
    },
    async down(knex) {
      for (const table of versionsTables) await knex.schema.dropTableIfExists(table);
    },
  },
];
