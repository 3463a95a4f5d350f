import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Core } from '@strapi/types';
import { createStrapi } from '@strapi/strapi';
import supertest from 'supertest';
import { createServerDatabase } from './database';
import { createCallers, type Callers } from './callers';

type Agent = ReturnType<typeof supertest.agent>;

export interface BootOptions {
  /** The plugin's configuration, as `config/plugins` would give it. */
  config?: Record<string, unknown>;
  /** The app's folder; the one beside this file unless told. */
  dir?: string;
  /** False boots without the plugin, as one who has disabled it would. */
  enabled?: boolean;
  /** A database of an earlier boot, which the caller drops. */
  database?: TestDatabase;
}

export interface TestDatabase {
  connection: object;
  drop(): Promise<void>;
}

export interface BootedStrapi extends Callers {
  strapi: Core.Strapi;
  /** Where it listens, without a slash at its end. */
  url: string;
  /** Requests without credentials. */
  anonymous: Agent;
  /** Stops Strapi and drops its database, unless that was the caller's. */
  destroy(): Promise<void>;
}

const clients = { sqlite: 'sqlite', postgres: 'postgres', mysql: 'mysql' } as const;

/** A fresh database of the sort that `DATABASE_CLIENT` names: `sqlite` unless it is set, `postgres` or `mysql`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = process.env.DATABASE_CLIENT ?? 'sqlite';
  if (!Object.hasOwn(clients, name)) throw new Error(`DATABASE_CLIENT names '${name}', which is no client.`);
  const client = clients[name as keyof typeof clients];
  const { connection, drop } = await createServerDatabase(client);
  const pool = client === 'sqlite' ? {} : { pool: { min: 0, max: 6 } };
  return { connection: { client, connection, useNullAsDefault: true, ...pool }, drop };
}

/** Boots the test app with the plugin's source, listening on a free port. */
export async function bootStrapi(options: BootOptions = {}): Promise<BootedStrapi> {
  const appDir = options.dir ?? path.join(__dirname, 'app');
  const database = options.database ?? (await createTestDatabase());
  process.env.STRAPI_TELEMETRY_DISABLED = 'true';
  process.env.SKILLS_TEST_APP = JSON.stringify({
    database: database.connection,
    skills: options.config ?? {},
    enabled: options.enabled ?? true,
  });
  const listeners = rememberProcessListeners();
  const app = createStrapi({ appDir, distDir: appDir, serveAdminPanel: false, autoReload: false });
  await app.load();
  if (app.db.dialect.client === 'sqlite') await loosenSqlite(app);
  app.server.mount();
  const { httpServer } = app.server;
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  const { port } = httpServer.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    strapi: app,
    url,
    anonymous: supertest.agent(url),
    ...createCallers(app, url),
    async destroy() {
      await app.destroy();
      listeners.restore();
      if (!options.database) await database.drop();
    },
  };
}

/** A crash of the machine may lose a test's data, and nothing else does; a synchronous disk takes seconds a boot. */
async function loosenSqlite(app: Core.Strapi): Promise<void> {
  await app.db.connection.raw('pragma synchronous = off');
  await app.db.connection.raw('pragma journal_mode = memory');
}

/** Strapi's `destroy` removes all listeners of the process, the test runner's among them. */
function rememberProcessListeners() {
  const saved = process
    .eventNames()
    .map((name) => ({ name, listeners: process.rawListeners(name as NodeJS.Signals) }));
  return {
    restore(): void {
      for (const { name, listeners } of saved) {
        const there = new Set(process.rawListeners(name as NodeJS.Signals));
        for (const listener of listeners) {
          if (!there.has(listener)) process.on(name as NodeJS.Signals, listener as NodeJS.SignalsListener);
        }
      }
    },
  };
}
