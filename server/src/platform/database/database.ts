import type { Knex } from 'knex';

export type Dialect = 'sqlite' | 'postgres' | 'mysql';

/**
 * The one door to Strapi's database for everything that is not a content type. It joins the transaction that is open, so
 * that a repository called inside `transaction` can never take a second connection: SQLite's pool holds one, and a stray one
 * inside a transaction is a deadlock.
 */
export interface Database {
  readonly dialect: Dialect;
  /** Runs `query` on the open transaction's connection, or on the pool when none is open. */
  run<Result>(query: (knex: Knex) => Promise<Result> | PromiseLike<Result>): Promise<Result>;
  /**
   * Commits when `work` resolves, rolls back when it rejects; nested calls join the outer one. No I/O but queries inside.
   * The outermost `work` is called again when the database undid it to end a deadlock: it must not keep what it did so far.
   */
  transaction<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Calls `work` after the open transaction has committed, or at once when none is open; never after a rollback. */
  afterCommit(work: () => void): void;
  /** An SQL expression for the database's own clock in milliseconds since 1970: leases are compared by it alone. */
  now(): Knex.Raw;
  /** The database's clock, read. */
  readClock(): Promise<number>;
}
