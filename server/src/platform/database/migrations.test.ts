import type { Knex } from 'knex';
import { describeOnDatabases, type TestDatabase } from '../../../../tests/support/database';
import { createTable, migrate, MIGRATIONS_TABLE, type Migration } from './migrations';

const LOCK_TABLE = `${MIGRATIONS_TABLE}_lock`;

function makes(name: string, table: string, onUp: () => void = () => undefined): Migration {
  return {
    name,
    async up(knex) {
      onUp();
      await createTable(knex, table, (columns) => {
        columns.string('id', 36).primary();
        columns.string('colour', 36).index();
      });
    },
    down: (knex) => knex.schema.dropTable(table),
  };
}

describeOnDatabases('migrating', (open, dialect) => {
  let opened: TestDatabase;

  // A fresh database for each test: what is tested is how it comes to be.
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  const done = (knex: Knex) => knex(MIGRATIONS_TABLE).orderBy('id').pluck('name') as Promise<string[]>;

  it('runs each migration once, the oldest first', async () => {
    const { knex } = opened;
    const ran: string[] = [];
    const one = makes('2026-01-01-one', 'one', () => ran.push('one'));
    const two = makes('2026-01-02-two', 'two', () => ran.push('two'));
    const three = makes('2026-01-03-three', 'three', () => ran.push('three'));
    await migrate(knex, dialect, [two, one]);
    await migrate(knex, dialect, [three, two, one]);
    await migrate(knex, dialect, [one, two, three]);
    expect(ran).toEqual(['one', 'two', 'three']);
    expect(await done(knex)).toEqual(['2026-01-01-one', '2026-01-02-two', '2026-01-03-three']);
    await expect(knex('three').select()).resolves.toEqual([]);
  });

  it('lets servers that start at once take turns', async () => {
    const servers = [opened, ...(await Promise.all([1, 2, 3].map(() => opened.another())))];
    const ran: string[] = [];
    const migrations = ['a', 'b', 'c'].map((name) => makes(name, name, () => ran.push(name)));
    await Promise.all(servers.map(({ knex }) => migrate(knex, dialect, migrations)));
    expect(await done(opened.knex)).toEqual(['a', 'b', 'c']);
    await opened.knex('a').insert({ id: 'kept' });
    await Promise.all(servers.map(({ knex }) => migrate(knex, dialect, migrations)));
    expect(await opened.knex('a').pluck('id')).toEqual(['kept']);
    expect(await opened.knex(LOCK_TABLE).pluck('is_locked')).toEqual([0]);
  }, 30_000);

  it('recovers from a lock that a crash has left', async () => {
    const { knex } = opened;
    await migrate(knex, dialect, [makes('a', 'a')]);
    await knex(LOCK_TABLE).update({ is_locked: 1 });
    await knex(LOCK_TABLE).insert({ is_locked: 1 });
    await migrate(knex, dialect, [makes('a', 'a'), makes('b', 'b')]);
    expect(await done(knex)).toEqual(['a', 'b']);
  });

  it('makes anew an empty table that a crash has left half made', async () => {
    const { knex } = opened;
    await knex.schema.createTable('a', (table) => {
      table.string('id', 36);
    });
    await migrate(knex, dialect, [makes('a', 'a')]);
    expect(Object.keys(await knex('a').columnInfo())).toEqual(['id', 'colour']);
  });

  it('leaves a table alone that has rows', async () => {
    const { knex } = opened;
    await knex.schema.createTable('a', (table) => {
      table.string('id', 36);
    });
    await knex('a').insert({ id: 'precious' });
    await migrate(knex, dialect, [makes('a', 'a')]);
    expect(await knex('a').pluck('id')).toEqual(['precious']);
  });

  it('fails with the migration’s own error, and goes on once it is mended', async () => {
    const { knex } = opened;
    const broken = makes('b', 'b', () => {
      throw new Error('the disk is full');
    });
    const warnings = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    await expect(migrate(knex, dialect, [makes('a', 'a'), broken])).rejects.toThrow('the disk is full');
    warnings.mockRestore();
    await migrate(knex, dialect, [makes('a', 'a'), makes('b', 'b')]);
    expect(await done(knex)).toEqual(['a', 'b']);
    await expect(knex('b').select()).resolves.toEqual([]);
  });
});
