import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { Dialect } from './database';
import { isBusy } from './database-errors';

/**
 * A change of our tables. `name` sorts by age (`2026-11-21-versions`) and never changes. MySQL commits each change of a
 * schema at once, so `up` must bear being run again after a crash in its middle: `createTable` does.
 */
export interface Migration {
  name: string;
  up(knex: Knex, dialect: Dialect): Promise<void>;
  down(knex: Knex, dialect: Dialect): Promise<void>;
}

export const MIGRATIONS_TABLE = 'skills_migrations';

/** How long to wait for another server that is migrating, and for SQLite's file to be free. */
const PATIENCE_MS = 120_000;
const PAUSE_MS = 250;

/**
 * Brings our tables up to date. Servers that start at once take turns: the database holds the turn for as long as the
 * connection lives, so a server that dies while migrating leaves nothing locked. Rejects with the migration's own error.
 */
export async function migrate(knex: Knex, dialect: Dialect, migrations: readonly Migration[]): Promise<void> {
  const config: Knex.MigratorConfig = {
    tableName: MIGRATIONS_TABLE,
    migrationSource: sourceOf(migrations, dialect),
    // MySQL commits each change of a schema at once, whatever transaction it is in.
    disableTransactions: dialect === 'mysql',
  };
  await taking[dialect](knex, async (mine) => {
    // Whoever holds the turn migrates alone: a lock that the migrator finds was left by a crash.
    await mine.migrate.forceFreeMigrationsLock(config);
    await mine.migrate.latest(config);
  });
}

/**
 * Makes a table. What a crash left half made is made anew when it is empty; a table that has rows is left as it is.
 * Text is compared byte by byte on every database: MySQL's default collation would take `A` for `a` in keys.
 */
export async function createTable(
  knex: Knex,
  name: string,
  build: (table: Knex.CreateTableBuilder) => void,
): Promise<void> {
  if (await knex.schema.hasTable(name)) {
    if (await knex(name).first()) return;
    await knex.schema.dropTable(name);
  }
  await knex.schema.createTable(name, (table) => {
    if ((knex.client as Knex.Client).dialect === 'mysql') {
      table.charset('utf8mb4');
      table.collate('utf8mb4_bin');
    }
    build(table);
  });
}

function sourceOf(migrations: readonly Migration[], dialect: Dialect): Knex.MigrationSource<Migration> {
  const sorted = [...migrations].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    getMigrations: () => Promise.resolve(sorted),
    getMigrationName: (migration) => migration.name,
    getMigration: (migration) =>
      Promise.resolve({
        up: (knex) => migration.up(knex, dialect),
        down: (knex) => migration.down(knex, dialect),
      }),
  };
}

type TakeTurn = (knex: Knex, work: (mine: Knex) => Promise<void>) => Promise<void>;

/** How each database lets one server at a time migrate. */
const taking: Record<Dialect, TakeTurn> = {
  /** The turn ends with the transaction, which undoes what was half done. */
  async postgres(knex, work) {
    await knex.transaction(async (trx) => {
      await trx.raw('select pg_advisory_xact_lock(?)', [advisoryKey()]);
      await work(trx);
    });
  },

  /** The lock is its connection's, and implicit commits must not touch it: the work is done on another one. */
  async mysql(knex, work) {
    await knex.transaction(async (holder) => {
      const [rows = []]: { taken: number | null }[][] = await holder.raw(
        `select get_lock(${mysqlLock}, ?) as taken`,
        [PATIENCE_MS / 1000],
      );
      if (Number(rows[0]?.taken) !== 1)
        throw new Error('Another server has been migrating the skills tables for too long.');
      try {
        await work(knex);
      } finally {
        await holder.raw(`select release_lock(${mysqlLock})`);
      }
    });
  },

  /** The first writer locks the file; whoever comes second sees it busy, or finds the tables made, and looks again. */
  async sqlite(knex, work) {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await knex.transaction((trx) => work(trx));
      } catch (error) {
        if (!(isBusy(error) || isMadeMeanwhile(error)) || Date.now() > end) throw error;
      }
      await sleep(PAUSE_MS);
    }
  },
};

/** MySQL's locks are the whole server's: the name carries the database, and ends at 64 characters. */
const mysqlLock = `concat('${MIGRATIONS_TABLE}:', sha1(database()))`;

function advisoryKey(): string {
  return createHash('sha256').update(MIGRATIONS_TABLE).digest().readBigInt64BE().toString();
}

/** Another server made the tables between our look and our writing. */
function isMadeMeanwhile(error: unknown): boolean {
  return /already exists/.test(String(error));
}
