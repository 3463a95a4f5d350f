import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/types';
import type { Knex } from 'knex';
import { clockOf } from './clock';
import type { Database, Dialect } from './database';
import { isDeadlock } from './database-errors';

/** How often a transaction that the database chose as a deadlock's victim is tried before its error is told. */
const DEADLOCK_ATTEMPTS = 8;

/** Longest wait before the first new try; it doubles. Victims that came again at once would meet again. */
const DEADLOCK_PAUSE_MS = 10;

/**
 * The `Database` over Strapi's own. Strapi keeps the open transaction in an asynchronous context that it does not export; a
 * nested `strapi.db.transaction` hands it out.
 */
export function createDatabase(strapi: Pick<Core.Strapi, 'db' | 'log'>): Database {
  const dialect = dialectOf(strapi.db.dialect.client);

  /** The transaction that is open, if one is. A context may outlive its transaction: a finished one is no longer open. */
  async function openTransaction(): Promise<Knex.Transaction | undefined> {
    if (!strapi.db.inTransaction()) return undefined;
    const trx = await strapi.db.transaction(({ trx: open }) => Promise.resolve({ open }));
    return trx.open.isCompleted() ? undefined : trx.open;
  }

  async function run<Result>(query: (knex: Knex) => Promise<Result> | PromiseLike<Result>): Promise<Result> {
    return query((await openTransaction()) ?? strapi.db.connection);
  }

  return {
    dialect,
    run,

    async transaction(work) {
      if (await openTransaction()) return work();
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await strapi.db.transaction(() => work());
        } catch (error) {
          if (attempt === DEADLOCK_ATTEMPTS || !isDeadlock(error)) throw error;
        }
        await sleep(Math.random() * DEADLOCK_PAUSE_MS * 2 ** attempt);
      }
    },

    afterCommit(work) {
      if (!strapi.db.inTransaction()) return work();
      void strapi.db.transaction(({ trx, onCommit }) => {
        if (trx.isCompleted()) callSafely(work, strapi.log);
        else onCommit(() => callSafely(work, strapi.log));
        return Promise.resolve();
      });
    },

    now: () => strapi.db.connection.raw(clockOf(dialect)),

    readClock: () =>
      run(async (knex) => {
        const row: { now: string | number } = await knex
          .select(knex.raw(`${clockOf(dialect)} as now`))
          .first();
        return Number(row.now);
      }),
  };
}

/** What is committed cannot be undone: a failure of what comes after it must not be told as a failure of the transaction. */
function callSafely(work: () => void, log: Core.Strapi['log']): void {
  try {
    work();
  } catch (error) {
    log.error(
      `Work that should follow a commit failed: ${error instanceof Error ? error.stack : String(error)}`,
    );
  }
}

function dialectOf(client: string): Dialect {
  if (client === 'sqlite' || client === 'postgres' || client === 'mysql') return client;
  throw new Error(`The skills plugin does not know the database client '${client}'.`);
}

/** The plugin's one `Database`. */
export function databaseOf(strapi: Core.Strapi): Database {
  return strapi.plugin('skills').service('database');
}
