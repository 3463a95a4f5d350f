/** The little of `sql.js` that an export needs; the package brings no types. */
declare module 'sql.js' {
  /** Loads SQLite, which is WebAssembly beside the package's code. */
  function initSqlJs(): Promise<{ Database: new () => initSqlJs.Database }>;

  namespace initSqlJs {
    type SqlValue = string | number | Uint8Array | null;

    interface Statement {
      run(values: readonly SqlValue[]): void;
      free(): boolean;
    }

    interface Database {
      run(sql: string): Database;
      prepare(sql: string): Statement;
      /** The database's file; it cannot be used with statements of before. */
      export(): Uint8Array;
      close(): void;
    }
  }

  export = initSqlJs;
}
