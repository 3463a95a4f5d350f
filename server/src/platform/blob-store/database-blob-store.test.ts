import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeOnDatabases, type TestDatabase } from '../../../../tests/support/database';
import { testBlobStore } from './blob-store-conformance';
import { CHUNK_BYTES } from './chunk-rows';
import { BLOBS_TABLE, blobStoreMigrations, blobStoreTables, CHUNKS_TABLE } from './blob-tables';
import { createDatabaseBlobStore } from './database-blob-store';

const references = [{ table: 'uses', column: 'digest' }];

describeOnDatabases('the blob store in the database', (open) => {
  let opened: TestDatabase;

  beforeAll(async () => {
    opened = await open(blobStoreMigrations);
    await opened.knex.schema.createTable('uses', (table) => {
      table.string('digest', 64).index();
    });
  });

  afterAll(() => opened.close());

  beforeEach(() => opened.clear([...blobStoreTables, 'uses']));

  testBlobStore({
    create: () => createDatabaseBlobStore({ database: opened.database, references }),
    refer: async (digest) => {
      await opened.knex('uses').insert({ digest });
    },
    nextMoment: async () => {
      await sleep(5);
      const moment = await opened.database.readClock();
      await sleep(5);
      return moment;
    },
  });

  it('shows nothing of a write that a crash has cut off, and completes it with the next writer', async () => {
    const store = createDatabaseBlobStore({ database: opened.database, references });
    const contents = [randomBytes(2 * CHUNK_BYTES + 1), Buffer.from('small')];
    for (const bytes of contents) {
      const digest = createHash('sha256').update(bytes).digest('hex');
      await opened.knex(BLOBS_TABLE).insert({ digest, size: bytes.length, complete: false, touched_at: 0 });
      await opened.knex(CHUNKS_TABLE).insert({ digest, n: 0, bytes: bytes.subarray(0, CHUNK_BYTES) });
      expect(await store.touch([digest])).toEqual([digest]);
      await expect(store.open(digest)).rejects.toMatchObject({ details: { code: 'blob-not-found' } });
      if (bytes.length > CHUNK_BYTES) await store.put(Readable.from([bytes]));
      else await store.putAll([bytes]);
      expect((await store.read(digest, bytes.length)).equals(bytes)).toBe(true);
    }
  });

  it('clears away what a crash has cut off, chunks included', async () => {
    const store = createDatabaseBlobStore({ database: opened.database, references });
    const digest = 'f'.repeat(64);
    await opened.knex(BLOBS_TABLE).insert({ digest, size: 5, complete: false, touched_at: 0 });
    await opened.knex(CHUNKS_TABLE).insert({ digest, n: 0, bytes: Buffer.from('small') });
    expect(await store.collect({ before: 1 })).toBe(1);
    expect(await opened.knex(CHUNKS_TABLE).select('digest')).toEqual([]);
  });
});
