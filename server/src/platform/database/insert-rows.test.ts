import { randomBytes } from 'node:crypto';
import { describeOnDatabases, type TestDatabase } from '../../../../tests/support/database';
import { bytesColumn, textColumn } from './columns';
import { isDuplicate } from './database-errors';
import { insertIfAbsent } from './insert-if-absent';
import { insertRows } from './insert-rows';
import { createTable, type Migration } from './migrations';

const MiB = 1024 * 1024;

const items: Migration = {
  name: 'items',
  up: (knex, dialect) =>
    createTable(knex, 'items', (table) => {
      table.string('id', 36).notNullable().primary();
      textColumn(table, 'text').nullable();
      bytesColumn(table, 'bytes', dialect).nullable();
      table.boolean('flag').nullable();
    }),
  down: (knex) => knex.schema.dropTable('items'),
};

describeOnDatabases('inserting rows', (open) => {
  let opened: TestDatabase;

  beforeAll(async () => {
    opened = await open([items]);
  });
  afterAll(() => opened.close());
  beforeEach(() => opened.clear(['items']));

  const row = (id: string, text: string | null = null, bytes: Buffer | null = null) => ({
    id,
    text,
    bytes,
    flag: true,
  });
  const count = async () => Number((await opened.knex('items').count({ n: '*' }))[0]?.n);

  it('writes thousands of rows in a few statements', async () => {
    const rows = Array.from({ length: 3000 }, (_, n) => row(`${n}`, `text ${n}`));
    opened.statements();
    await insertRows(opened.database, 'items', rows);
    expect(opened.statements().length).toBeLessThanOrEqual(8);
    expect(await count()).toBe(3000);
  });

  it('writes nothing for no rows', async () => {
    opened.statements();
    await insertRows(opened.database, 'items', []);
    expect(opened.statements()).toEqual([]);
  });

  it('keeps each statement below a megabyte of values, and bytes as they are', async () => {
    const rows = Array.from({ length: 6 }, (_, n) =>
      row(`${n}`, null, randomBytes(n % 2 === 0 ? MiB : MiB / 4)),
    );
    await insertRows(opened.database, 'items', rows);
    const stored: { id: string; bytes: Buffer }[] = await opened
      .knex('items')
      .orderBy('id')
      .select('id', 'bytes');
    expect(stored.every(({ bytes }, n) => bytes.equals(rows[n]!.bytes!))).toBe(true);
  });

  it('keeps any text that JSON can say, and more of it than 64 KB', async () => {
    const json = JSON.stringify({ nul: '\u0000', half: '\ud800', emoji: '🦜', long: 'ü'.repeat(100_000) });
    await insertRows(opened.database, 'items', [row('json', json)]);
    expect(await opened.knex('items').pluck('text')).toEqual([json]);
  });

  it('passes over rows whose key is there, and no other fault', async () => {
    const ignore = { ignoreDuplicatesOf: ['id'] };
    await insertRows(opened.database, 'items', [row('a', 'first'), row('b', 'first')], ignore);
    await insertRows(opened.database, 'items', [row('b', 'second'), row('c', 'second')], ignore);
    expect(await opened.knex('items').orderBy('id').pluck('text')).toEqual(['first', 'first', 'second']);
    const nullId = { ...row('d'), id: null };
    await expect(insertRows(opened.database, 'items', [nullId], ignore)).rejects.toHaveProperty('code');
  });

  it('overwrites the columns that it is told to on rows whose key is there', async () => {
    await insertRows(opened.database, 'items', [row('a', 'first', Buffer.from('kept'))]);
    const update = { ignoreDuplicatesOf: ['id'], update: ['text'] };
    await insertRows(
      opened.database,
      'items',
      [row('a', 'second', Buffer.from('lost')), row('b', 'new')],
      update,
    );
    const stored: { text: string; bytes: Buffer | null }[] = await opened.knex('items').orderBy('id');
    expect(stored.map(({ text, bytes }) => [text, bytes?.toString()])).toEqual([
      ['second', 'kept'],
      ['new', undefined],
    ]);
  });

  it('tells keys apart by case', async () => {
    await insertRows(opened.database, 'items', [row('A'), row('a')]);
    expect(await count()).toBe(2);
  });

  it('says a duplicate by what it is', async () => {
    await insertRows(opened.database, 'items', [row('a')]);
    const error = await insertRows(opened.database, 'items', [row('a')]).catch((refusal: unknown) => refusal);
    expect(isDuplicate(error)).toBe(true);
    expect(isDuplicate(new Error('other'))).toBe(false);
  });

  it('inserts a row if it is absent, one of several writers at once', async () => {
    const { database } = opened;
    const writes = Array.from({ length: 6 }, (_, n) =>
      database.transaction(() => insertIfAbsent(database, 'items', row('a', `writer ${n}`), 'id')),
    );
    expect((await Promise.all(writes)).filter(Boolean)).toHaveLength(1);
    expect(await count()).toBe(1);
  });
});
