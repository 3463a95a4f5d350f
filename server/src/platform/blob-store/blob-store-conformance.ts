import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { BlobStore } from './blob-store';

const MiB = 1024 * 1024;

/**
 * What every blob store must do, whatever it keeps its bytes in. `refer` makes a row that refers to a digest by one of the
 * references that the store was made with.
 */
export function testBlobStore(subject: {
  create(): BlobStore;
  refer(digest: string): Promise<void>;
  /** Waits until the clock that touches go by has moved on, and answers a time between what was and what comes. */
  nextMoment(): Promise<number>;
}): void {
  /** Later than every touch, by any clock. */
  const later = () => Date.now() + 60_000;

  it('gives back the bytes that were put, under their SHA-256', async () => {
    const store = subject.create();
    const bytes = Buffer.from('name: brand-writer\u0000\n');
    const stored = await store.put(Readable.from([bytes]));
    expect(stored).toEqual({ digest: sha256(bytes), size: bytes.length });
    expect(await buffer(await store.open(stored.digest))).toEqual(bytes);
    expect(await store.read(stored.digest, bytes.length)).toEqual(bytes);
  });

  it.each([0, 1, MiB - 1, MiB, MiB + 1, 3 * MiB + 17])(
    'streams %i bytes both ways unchanged',
    async (size) => {
      const store = subject.create();
      const bytes = randomBytes(size);
      const { digest } = await store.put(Readable.from(slices(bytes, 100_003)));
      const read = await buffer(await store.open(digest));
      expect(read.equals(bytes)).toBe(true);
    },
  );

  it('refuses a stream longer than the limit, and stores nothing of it', async () => {
    const store = subject.create();
    const bytes = randomBytes(2 * MiB);
    const source = Readable.from(slices(bytes, 100_003));
    await expect(store.put(source, { limit: bytes.length - 1 })).rejects.toMatchObject({
      details: { code: 'blob-too-large', limit: bytes.length - 1 },
    });
    expect(source.destroyed).toBe(true);
    await expect(store.open(sha256(bytes))).rejects.toMatchObject({ details: { code: 'blob-not-found' } });
    await expect(store.put(Readable.from([bytes]), { limit: bytes.length })).resolves.toMatchObject({
      size: bytes.length,
    });
  });

  it('fails with the stream that fails', async () => {
    const store = subject.create();
    await expect(store.put(Readable.from(failAfter(randomBytes(1024))))).rejects.toThrow(
      'the upload was cut',
    );
  });

  it('reads a blob whole up to a limit', async () => {
    const store = subject.create();
    const bytes = randomBytes(MiB + 5);
    const { digest } = await store.put(Readable.from([bytes]));
    expect((await store.read(digest, bytes.length)).equals(bytes)).toBe(true);
    await expect(store.read(digest, bytes.length - 1)).rejects.toMatchObject({
      details: { code: 'blob-too-large' },
    });
  });

  it('says that there is no such blob', async () => {
    const store = subject.create();
    const missing = { details: { code: 'blob-not-found' } };
    await expect(store.open(sha256(Buffer.from('none')))).rejects.toMatchObject(missing);
    await expect(store.read(sha256(Buffer.from('none')), 1)).rejects.toMatchObject(missing);
  });

  it('stores many blobs, answers in their order, and reads those that there are', async () => {
    const store = subject.create();
    const contents = Array.from({ length: 700 }, (_, n) => Buffer.from(`content ${n % 650}`));
    contents.push(Buffer.alloc(0), randomBytes(2 * MiB + 3));
    const stored = await store.putAll(contents);
    expect(stored).toEqual(contents.map((bytes) => ({ digest: sha256(bytes), size: bytes.length })));
    const read = await store.readAll([...stored.map(({ digest }) => digest), sha256(Buffer.from('none'))]);
    expect(read.size).toBe(652);
    expect(contents.every((bytes) => read.get(sha256(bytes))?.equals(bytes))).toBe(true);
  });

  it('takes the same bytes from several writers at once', async () => {
    const store = subject.create();
    const large = randomBytes(2 * MiB + 1);
    const small = Array.from({ length: 20 }, (_, n) => Buffer.from(`small ${n}`));
    const writes = [1, 2, 3, 4].flatMap((writer): Promise<unknown>[] => [
      store.put(Readable.from(slices(large, 65_536))),
      store.putAll(writer % 2 === 0 ? small : [...small].reverse()),
    ]);
    await Promise.all(writes);
    expect((await store.read(sha256(large), large.length)).equals(large)).toBe(true);
    expect(await store.readAll(small.map(sha256))).toEqual(
      new Map(small.map((bytes) => [sha256(bytes), bytes])),
    );
  });

  it('deletes what nothing refers to and nobody touched, and only that', async () => {
    const store = subject.create();
    const [used, unused] = await store.putAll([Buffer.from('used'), randomBytes(MiB + 1)]);
    await subject.refer(used!.digest);
    expect(await store.collect({ before: 0 })).toBe(0);
    expect(await store.collect({ before: later() })).toBe(1);
    expect((await store.read(used!.digest, 4)).toString()).toBe('used');
    await expect(store.open(unused!.digest)).rejects.toMatchObject({ details: { code: 'blob-not-found' } });
  });

  it('deletes no more than it is told to', async () => {
    const store = subject.create();
    await store.putAll(Array.from({ length: 5 }, (_, n) => Buffer.from(`unused ${n}`)));
    expect(await store.collect({ before: later(), limit: 3 })).toBe(3);
    expect(await store.collect({ before: later() })).toBe(2);
  });

  it('keeps what was touched, written or written again since', async () => {
    const store = subject.create();
    const contents = ['touched', 'put again', 'all put again', 'old'].map((text) => Buffer.from(text));
    await store.putAll(contents);
    const before = await subject.nextMoment();
    expect(await store.touch([sha256(contents[0]!), sha256(Buffer.from('none'))])).toEqual([
      sha256(Buffer.from('none')),
    ]);
    await store.put(Readable.from([contents[1]!]));
    await store.putAll([contents[2]!]);
    expect(await store.collect({ before })).toBe(1);
    const kept = await store.readAll(contents.map(sha256));
    expect([...kept.values()].map(String).sort()).toEqual(['all put again', 'put again', 'touched']);
  });

  it('loses nothing that is written while it is collected', async () => {
    const store = subject.create();
    const contents = Array.from({ length: 30 }, (_, n) => Buffer.from(`raced ${n}`));
    for (let round = 0; round < 5; round += 1) {
      await store.putAll(contents);
      const before = await subject.nextMoment();
      await Promise.all([store.collect({ before }), store.putAll(contents), store.collect({ before })]);
      expect((await store.readAll(contents.map(sha256))).size).toBe(contents.length);
    }
  });

  it('holds a few chunks in memory, however large the stream', async () => {
    const store = subject.create();
    const size = 96 * MiB;
    let peak = 0;
    const measure = () => {
      collectGarbage();
      peak = Math.max(peak, process.memoryUsage().arrayBuffers);
    };
    measure();
    const start = peak;
    const { digest } = await store.put(Readable.from(generated(size, measure)));
    let read = 0;
    for await (const chunk of await store.open(digest)) {
      expect((chunk as Buffer).length).toBeLessThanOrEqual(MiB);
      read += (chunk as Buffer).length;
      if (read % (8 * MiB) === 0) measure();
    }
    expect(read).toBe(size);
    // JavaScript clears buffers away when it likes; held whole, they would be all of the stream.
    expect(peak - start).toBeLessThan(size / 2);
  }, 60_000);
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function* slices(bytes: Buffer, size: number): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function* failAfter(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
  await sleep(1);
  throw new Error('the upload was cut');
}

/** Pieces that are never in memory together, each unlike the others; `onPieces` is called every 8 MiB. */
async function* generated(size: number, onPieces: () => void): AsyncGenerator<Buffer> {
  for (let made = 0; made < size; made += MiB / 4) {
    const piece = Buffer.alloc(MiB / 4);
    piece.writeUInt32BE(made);
    yield piece;
    if (made % (8 * MiB) === 0) onPieces();
    await new Promise(setImmediate);
  }
}

/** So that what is measured is near to what is held. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}
