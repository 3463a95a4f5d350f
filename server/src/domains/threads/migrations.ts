import { bigintColumn, createTable, textColumn, type Migration } from '../../platform/database';

export const threadsTable = 'skills_threads';
export const threadsTables = [threadsTable] as const;

/** `name` and `created_by` are JSON, as all free text. */
const threads: Migration = {
  name: '2026-11-24-skills-threads',
  async up(knex, dialect) {
    await createTable(knex, threadsTable, (table) => {
      // MySQL's default collation would take one id for another that differs in case alone.
      if (dialect === 'mysql') {
        table.charset('utf8mb4');
        table.collate('utf8mb4_bin');
      }
      table.string('id', 36).notNullable().primary();
      table.string('skill_id', 36).notNullable();
      textColumn(table, 'name').notNullable();
      textColumn(table, 'created_by').notNullable();
      bigintColumn(table, 'created_at').notNullable();
      bigintColumn(table, 'active_at').notNullable();
      table.index(['skill_id', 'active_at', 'id'], 'skills_threads_skill_ix');
    });
  },
  down: (knex) => knex.schema.dropTableIfExists(threadsTable),
};

export const threadsMigrations: readonly Migration[] = [threads];
