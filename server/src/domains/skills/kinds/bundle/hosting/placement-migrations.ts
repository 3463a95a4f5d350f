import { bigintColumn, createTable, textColumn, type Migration } from '../../../../../platform/database';

export const placementsTable = 'skills_placements';
export const placementsTables = [placementsTable] as const;

/** What lives where. One content is at one connection once: whoever inserts its row first uploads it, on whichever server. */
const placements: Migration = {
  name: '2026-11-24-skills-placements',
  async up(knex) {
    await createTable(knex, placementsTable, (table) => {
      table.string('id', 36).notNullable().primary();
      table.string('skill_id', 36).notNullable();
      table.string('version_id', 36).notNullable();
      table.integer('version_number').notNullable();
      table.string('digest', 64).notNullable();
      table.string('connection_id', 36).notNullable();
      table.string('state', 16).notNullable();
      table.string('hosted_id', 255).nullable();
      table.string('hosted_version', 255).nullable();
      table.string('error_code', 64).nullable();
      textColumn(table, 'error_message').nullable();
      table.string('lease_token', 36).nullable();
      bigintColumn(table, 'lease_until').nullable();
      textColumn(table, 'created_by').notNullable();
      bigintColumn(table, 'created_at').notNullable();
      bigintColumn(table, 'updated_at').notNullable();
      table.unique(['connection_id', 'digest'], { indexName: 'skills_placements_content_uq' });
      table.index(['skill_id', 'created_at'], 'skills_placements_skill_ix');
      table.index(['digest'], 'skills_placements_digest_ix');
    });
  },
  down: (knex) => knex.schema.dropTableIfExists(placementsTable),
};

export const placementsMigrations: readonly Migration[] = [placements];
