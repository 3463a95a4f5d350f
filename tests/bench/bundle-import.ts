import { createHash, randomBytes, randomInt } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { importsOf, serverViewer } from '../../server/src/domains/skills';
import { writeArchive } from '../../server/src/domains/skills/kinds/bundle';
import { readArchive } from '../../server/src/domains/skills/kinds/bundle/archive/read-archive';
import { defaultContentLimits } from '../../server/src/domains/versions';
import { bootStrapi, type BootedStrapi } from '../support/strapi';
import { median, ratioFigure, type Figure } from './figure';

const FILES = 500;
/** Bytes of a real skill's files. */
const MEAN_FILE_BYTES = 7 * 1024;
const ROUNDS = 20;
/** The first rounds warm the compiler and the disk up for both sides. */
const WARM_UP_ROUNDS = 5;

export const name = 'bundle-import';

/** A zip of 500 files on disk → a skill with its version, over reading the same zip and hashing its files. */
export async function run(): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'skills-bench-'));
  const app = await bootStrapi();
  try {
    // As Strapi leaves SQLite: every commit waits for the disk.
    await app.strapi.db.connection.raw('pragma synchronous = full');
    await app.strapi.db.connection.raw('pragma journal_mode = delete');
    const unpacked: number[] = [];
    const onDisk: number[] = [];
    const imported: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // Bytes that the database has never seen: none is passed over because it is stored already.
      const archive = await writeBundle(folder, `bundle-${round}`);
      const sides = [
        async () => unpacked.push(await timed(() => unpackAndHash(archive))),
        async () => onDisk.push(await timed(() => unpackToDiskAndHash(archive))),
        async () => imported.push(await timed(() => importArchive(app, archive))),
      ];
      // In turns first: who comes second clears away what the first has left in memory.
      for (const side of round % 2 === 0 ? sides : sides.reverse()) await side();
    }
    const settled = (times: readonly number[]) => median(times.slice(WARM_UP_ROUNDS));
    return [
      ratioFigure('import of a 500-file bundle, over unpacking it in memory and hashing', {
        value: settled(imported),
        baseline: settled(unpacked),
        unit: 'ms',
        limit: 1.5,
      }),
      ratioFigure('import of a 500-file bundle, over unpacking it to a folder and hashing', {
        value: settled(imported),
        baseline: settled(onDisk),
        unit: 'ms',
        limit: 1.5,
      }),
    ];
  } finally {
    await app.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function unpackAndHash(archive: string): Promise<string[]> {
  const files = await readArchive(archive, defaultContentLimits);
  return files.map(({ content }) => createHash('sha256').update(content).digest('hex'));
}

async function unpackToDiskAndHash(archive: string): Promise<string[]> {
  const folder = await mkdtemp(path.join(path.dirname(archive), 'unpacked-'));
  const digests: string[] = [];
  for (const { path: name, content } of await readArchive(archive, defaultContentLimits)) {
    await mkdir(path.join(folder, path.dirname(name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
    digests.push(createHash('sha256').update(content).digest('hex'));
  }
  return digests;
}

async function importArchive({ strapi }: BootedStrapi, archive: string): Promise<void> {
  const [result] = await importsOf(strapi).importAll({
    source: { archive },
    sourceName: path.basename(archive),
    conflict: 'ask',
    viewer: serverViewer,
    mayUpdate: true,
    owner: null,
    author: { type: 'command', id: null, name: 'bench' },
  });
  if (result?.outcome !== 'created') throw new Error(`The import ended as ${JSON.stringify(result)}.`);
}

async function writeBundle(folder: string, alias: string): Promise<string> {
  const vocabulary = Array.from({ length: 2000 }, () => randomBytes(randomInt(1, 6)).toString('hex'));
  const words = (bytes: number): string => {
    let text = '';
    while (text.length < bytes) text += `${vocabulary[randomInt(vocabulary.length)]!} `;
    return text;
  };
  const file = (filePath: string, text: string) => ({
    path: filePath,
    executable: false,
    content: () => Promise.resolve(Buffer.from(text)),
  });
  const skill = file(
    'SKILL.md',
    `---\nname: ${alias}\ndescription: A bundle to measure with.\n---\n\n${words(MEAN_FILE_BYTES)}\n`,
  );
  const others = Array.from({ length: FILES - 1 }, (_, n) =>
    file(`references/part-${n % 20}/${n}.md`, words(MEAN_FILE_BYTES)),
  );
  const archive = path.join(folder, `${alias}.zip`);
  await pipeline(
    writeArchive('zip', { folder: alias, files: [skill, ...others] }),
    createWriteStream(archive),
  );
  return archive;
}
