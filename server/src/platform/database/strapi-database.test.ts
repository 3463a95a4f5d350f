import { setTimeout as sleep } from 'node:timers/promises';
import { describeOnDatabases, type TestDatabase } from '../../../../tests/support/database';
import { bigintColumn } from './columns';
import { createTable, type Migration } from './migrations';

const accounts: Migration = {
  name: 'accounts',
  up: (knex) =>
    createTable(knex, 'accounts', (table) => {
      table.string('id', 36).primary();
      bigintColumn(table, 'amount').notNullable();
    }),
  down: (knex) => knex.schema.dropTable('accounts'),
};

describeOnDatabases('the database', (open, dialect) => {
  let opened: TestDatabase;

  beforeAll(async () => {
    opened = await open([accounts]);
  });
  afterAll(() => opened.close());
  beforeEach(() => opened.clear(['accounts']));

  const insert = (id: string) => opened.database.run((knex) => knex('accounts').insert({ id, amount: 1 }));
  const ids = async (): Promise<string[]> =>
    (await opened.knex('accounts').orderBy('id').pluck('id')) as string[];

  it('runs queries inside a transaction on its connection, nested ones too', async () => {
    const { database } = opened;
    const inside = await database.transaction(async () => {
      await insert('a');
      return database.transaction(() => database.run((knex) => knex('accounts').pluck('id')));
    });
    expect(inside).toEqual(['a']);
    expect(await ids()).toEqual(['a']);
  });

  it('rolls back everything when the work rejects, that of nested transactions too', async () => {
    const { database } = opened;
    const failing = database.transaction(async () => {
      await database.transaction(() => insert('a'));
      await insert('b');
      throw new Error('on second thoughts');
    });
    await expect(failing).rejects.toThrow('on second thoughts');
    expect(await ids()).toEqual([]);
  });

  it('calls work after the commit, once, and never after a rollback', async () => {
    const { database } = opened;
    const calls: string[] = [];
    await database.transaction(async () => {
      await database.transaction(() => {
        database.afterCommit(() => calls.push('inner'));
        return Promise.resolve();
      });
      database.afterCommit(() => calls.push('outer'));
      await insert('a');
      expect(calls).toEqual([]);
    });
    expect(calls).toEqual(['inner', 'outer']);
    const failing = database.transaction(() => {
      database.afterCommit(() => calls.push('rolled back'));
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');
    database.afterCommit(() => calls.push('at once'));
    expect(calls).toEqual(['inner', 'outer', 'at once']);
  });

  it('does not fail a transaction by what follows its commit', async () => {
    const { database } = opened;
    const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    await database.transaction(async () => {
      await insert('a');
      database.afterCommit(() => {
        throw new Error('the bus is down');
      });
    });
    expect(log.mock.calls.flat().join()).toContain('the bus is down');
    log.mockRestore();
    expect(await ids()).toEqual(['a']);
  });

  it('lets work that was begun inside a transaction go on after it', async () => {
    const { database } = opened;
    let later: Promise<unknown> = Promise.resolve();
    const calls: string[] = [];
    await database.transaction(() =>
      database.transaction(async () => {
        await insert('a');
        later = sleep(30).then(async () => {
          await insert('b');
          database.afterCommit(() => calls.push('at once'));
        });
      }),
    );
    await later;
    expect(await ids()).toEqual(['a', 'b']);
    expect(calls).toEqual(['at once']);
  });

  it('does transactions at once without taking each other’s connection', async () => {
    const { database } = opened;
    const names = Array.from({ length: 12 }, (_, n) => `row-${String(n).padStart(2, '0')}`);
    await Promise.all(
      names.map((name) =>
        database.transaction(async () => {
          await insert(name);
          await database.readClock();
        }),
      ),
    );
    expect(await ids()).toEqual(names);
  });

  if (dialect !== 'sqlite') {
    it('tries a transaction again that was the victim of a deadlock', async () => {
      const { database } = opened;
      await insert('a');
      await insert('b');
      let attempts = 0;
      const transfer = (from: string, to: string) =>
        database.transaction(async () => {
          attempts += 1;
          await database.run((knex) => knex('accounts').where({ id: from }).increment('amount', -1));
          await sleep(50);
          await database.run((knex) => knex('accounts').where({ id: to }).increment('amount', 1));
        });
      await Promise.all([transfer('a', 'b'), transfer('b', 'a')]);
      expect(attempts).toBeGreaterThan(2);
      const rows = await opened.knex('accounts').pluck('amount');
      expect(rows.map(Number)).toEqual([1, 1]);
    });
  }

  it('tells the time in milliseconds since 1970, moving on within a transaction', async () => {
    const { database } = opened;
    const [first, second] = await database.transaction(async () => {
      const before = await database.readClock();
      await sleep(30);
      return [before, await database.readClock()];
    });
    expect(Math.abs(first! - Date.now())).toBeLessThan(5000);
    expect(second! - first!).toBeGreaterThanOrEqual(25);
    expect(Number.isInteger(first)).toBe(true);
    await database.run((knex) => knex('accounts').insert({ id: 'now', amount: database.now() }));
    const stored = Number((await opened.knex('accounts').pluck('amount'))[0]);
    expect(stored).toBeGreaterThanOrEqual(second!);
  });
});
