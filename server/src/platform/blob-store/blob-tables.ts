import { bigintColumn, bytesColumn, createTable, type Migration } from '../database';

export const BLOBS_TABLE = 'skills_blobs';
export const CHUNKS_TABLE = 'skills_blob_chunks';

export const blobStoreTables = [BLOBS_TABLE, CHUNKS_TABLE] as const;

export const blobStoreMigrations: readonly Migration[] = [
  {
    name: '2026-11-21-01-blobs',
    async up(knex, dialect) {
      await createTable(knex, BLOBS_TABLE, (table) => {
        table.string('digest', 64).notNullable().primary();
        bigintColumn(table, 'size').notNullable();
        table.boolean('complete').notNullable();
        // Without an index: nearly all blobs are old, and the collector reads them all.
        bigintColumn(table, 'touched_at').notNullable();
      });
      await createTable(knex, CHUNKS_TABLE, (table) => {
        table.string('digest', 64).notNullable();
        table.integer('n').notNullable();
        bytesColumn(table, 'bytes', dialect).notNullable();
        table.primary(['digest', 'n']);
      });
    },
    async down(knex) {
      await knex.schema.dropTableIfExists(CHUNKS_TABLE);
      await knex.schema.dropTableIfExists(BLOBS_TABLE);
    },
  },
];
