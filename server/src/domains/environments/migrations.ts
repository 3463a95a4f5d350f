import type { BlobReference } from '../../platform/blob-store';
import { bigintColumn, createTable, textColumn, type Migration } from '../../platform/database';

export const environmentsTable = 'skills_environments';
export const secretsTable = 'skills_environment_secrets';
export const buildsTable = 'skills_environment_builds';
export const buildLinesTable = 'skills_environment_build_lines';

export const environmentsTables = [environmentsTable, secretsTable, buildsTable, buildLinesTable] as const;

export const environmentsBlobReferences: readonly BlobReference[] = [
  { table: environmentsTable, column: 'image_digest' },
];

/** A UUID, or a Strapi `documentId`. */
const ID = 36;
/** SHA-256 in hex. */
const DIGEST = 64;

/** Free text is JSON, as everywhere; secrets stand apart, encrypted each for its own row. */
export const environmentsMigrations: readonly Migration[] = [
  {
    name: '2026-11-24-environments',
    async up(knex) {
      await createTable(knex, environmentsTable, (table) => {
        table.string('skill_id', ID).notNullable().primary();
        table.integer('revision').notNullable();
        textColumn(table, 'variables').notNullable();
        textColumn(table, 'setup').notNullable();
        textColumn(table, 'hosts').notNullable();
        table.string('image_digest', DIGEST).nullable().index('skills_environments_image_ix');
        bigintColumn(table, 'image_size').nullable();
        table.string('image_made_by', 16).nullable();
        table.string('image_setup_digest', DIGEST).nullable();
        bigintColumn(table, 'image_created_at').nullable();
        textColumn(table, 'image_created_by').nullable();
        bigintColumn(table, 'updated_at').nullable();
      });
      await createTable(knex, secretsTable, (table) => {
        table.string('skill_id', ID).notNullable();
        table.string('name', 100).notNullable();
        textColumn(table, 'ciphertext').notNullable();
        bigintColumn(table, 'updated_at').notNullable();
        table.primary(['skill_id', 'name']);
      });
    },
    async down(knex) {
      await knex.schema.dropTableIfExists(secretsTable);
      await knex.schema.dropTableIfExists(environmentsTable);
    },
  },
  {
    name: '2026-11-24-environments-builds',
    async up(knex) {
      await createTable(knex, buildsTable, (table) => {
        table.string('id', ID).notNullable().primary();
        table.string('skill_id', ID).notNullable();
        table.string('status', 16).notNullable();
        // The skill's id while the build is not over: a skill has one at a time.
        table
          .string('active_key', ID)
          .nullable()
          .unique({ indexName: 'skills_environment_builds_active_uq' });
        table.boolean('cancel_requested').notNullable().defaultTo(false);
        table.string('lease_token', ID).nullable();
        bigintColumn(table, 'lease_expires_at').nullable();
        table.string('error_code', 64).nullable();
        textColumn(table, 'error_message').nullable();
        table.string('image', DIGEST).nullable();
        bigintColumn(table, 'created_at').notNullable();
        textColumn(table, 'created_by').notNullable();
        bigintColumn(table, 'started_at').nullable();
        bigintColumn(table, 'finished_at').nullable();
        table.integer('last_seq').notNullable().defaultTo(0);
        table.index(['skill_id', 'created_at', 'id'], 'skills_environment_builds_skill_ix');
      });
      await createTable(knex, buildLinesTable, (table) => {
        table.string('build_id', ID).notNullable();
        table.integer('seq').notNullable();
        table.string('stream', 16).notNullable();
        textColumn(table, 'text').notNullable();
        table.primary(['build_id', 'seq']);
      });
    },
    async down(knex) {
      await knex.schema.dropTableIfExists(buildLinesTable);
      await knex.schema.dropTableIfExists(buildsTable);
    },
  },
];
