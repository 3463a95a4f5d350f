import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database as StrapiDatabase } from '@strapi/database';
import knexFactory, { type Knex } from 'knex';
import {
  createDatabase,
  migrate,
  type Database,
  type Dialect,
  type Migration,
} from '../../server/src/platform/database';

/** A database of its own for one suite: Strapi's database layer without Strapi, so transactions are joined as in truth. */
export interface TestDatabase {
  readonly dialect: Dialect;
  readonly database: Database;
  readonly knex: Knex;
  /** Every statement since the last call of `statements`, for tests that count them. */
  statements(): string[];
  /** Empties these tables. */
  clear(tables: readonly string[]): Promise<void>;
  /** A second server on the same database, with connections of its own; closed with this one. */
  another(): Promise<{ database: Database; knex: Knex }>;
  /** Closes the connections and drops the database. */
  close(): Promise<void>;
}

/** The databases to test on: `TEST_DATABASES=sqlite,postgres,mariadb`; SQLite alone when it is not set. */
export const testDatabases: readonly Dialect[] = (process.env.TEST_DATABASES ?? 'sqlite')
  .split(',')
  .map((name) => {
    if (name === 'mariadb') return 'mysql';
    if (name === 'sqlite' || name === 'postgres' || name === 'mysql') return name;
    throw new Error(`TEST_DATABASES names '${name}', which is none of sqlite, postgres, mariadb and mysql.`);
  });

/** Runs a suite on each database under test. `open` makes a fresh one; whoever opens it closes it. */
export function describeOnDatabases(
  name: string,
  suite: (open: (migrations?: readonly Migration[]) => Promise<TestDatabase>, dialect: Dialect) => void,
): void {
  describe.each(testDatabases)(`${name} on %s`, (dialect) => {
    suite((migrations = []) => openTestDatabase(dialect, migrations), dialect);
  });
}

export async function openTestDatabase(
  dialect: Dialect,
  migrations: readonly Migration[],
): Promise<TestDatabase> {
  const { connection, drop } = await createServerDatabase(dialect);
  const servers = [await connect(dialect, connection)];
  const { knex, database } = servers[0]!;
  let statements: string[] = [];
  knex.on('query', (query: { sql: string }) => statements.push(query.sql));
  if (migrations.length > 0) await migrate(knex, dialect, migrations);
  return {
    dialect,
    database,
    knex,
    statements() {
      const seen = statements;
      statements = [];
      return seen;
    },
    async clear(tables) {
      for (const table of tables) await knex(table).delete();
    },
    async another() {
      const server = await connect(dialect, connection);
      servers.push(server);
      return server;
    },
    async close() {
      for (const server of servers) await server.disconnect();
      await drop();
    },
  };
}

async function connect(dialect: Dialect, connection: Knex.StaticConnectionConfig) {
  const db = new StrapiDatabase({
    connection: {
      client: dialect,
      connection: { ...connection },
      useNullAsDefault: true,
      pool: dialect === 'sqlite' ? undefined : { min: 0, max: 8 },
    },
    settings: { migrations: { dir: join(tmpdir(), 'skills-test-has-no-migrations') } },
    logger: console,
  } as unknown as ConstructorParameters<typeof StrapiDatabase>[0]);
  await db.init({ models: [] });
  const knex = db.connection;
  if (dialect === 'sqlite') {
    await knex.raw('pragma synchronous = off');
    // A busy connection is waited for synchronously: another one in this process could never end meanwhile.
    await knex.raw('pragma busy_timeout = 5');
  }
  const database = createDatabase({ db, log: console } as unknown as Parameters<typeof createDatabase>[0]);
  return { knex, database, disconnect: () => db.destroy() };
}

export interface ServerDatabase {
  connection: Knex.StaticConnectionConfig;
  drop(): Promise<void>;
}

/** Where the servers under test are: a URL without a database's name, of a user who may create databases. */
const serverUrls = {
  postgres: process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432',
  mysql: process.env.TEST_MARIADB_URL ?? 'mysql://root@127.0.0.1:3306',
};

export async function createServerDatabase(dialect: Dialect): Promise<ServerDatabase> {
  if (dialect === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'skills-test-'));
    return {
      connection: { filename: join(folder, 'data.db') },
      drop: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
    };
  }
  const url = new URL(serverUrls[dialect]);
  const name = `skills_test_${randomBytes(6).toString('hex')}`;
  const server = {
    host: url.hostname,
    port: Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
  const administer = async (statement: string) => {
    const client = dialect === 'postgres' ? 'pg' : 'mysql2';
    const database = dialect === 'postgres' ? 'postgres' : undefined;
    const admin = knexFactory({ client, connection: { ...server, database } });
    try {
      await admin.raw(statement, [name]);
    } finally {
      await admin.destroy();
    }
  };
  await administer('create database ??');
  return { connection: { ...server, database: name }, drop: () => administer('drop database ??') };
}
