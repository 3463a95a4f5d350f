import { randomBytes } from 'node:crypto';
import {
  createDatabaseBlobStore,
  blobStoreMigrations,
  blobStoreTables,
} from '../../server/src/platform/blob-store';
import { createVersionsService, versionsPart, type VersionRecord } from '../../server/src/domains/versions';
import { openTestDatabase, type TestDatabase } from '../support/database';
import { ratioFigure, type Figure } from './figure';

const FILES = 200;
const VERSIONS = 20;
/** Bytes of a real skill's files: most are small, some are ten times the mean. */
const MEAN_FILE_BYTES = 7 * 1024;

const author = { type: 'command', id: null, name: 'bench' } as const;
const describe = () => Promise.resolve({ findings: [], metadata: {} });

export const name = 'version-storage';

/** Bytes of tables and indexes after 20 versions more that each change one file of 200, over those after the first version. */
export async function run(): Promise<Figure[]> {
  const opened = await openTestDatabase('sqlite', [
    ...blobStoreMigrations,
    ...(versionsPart.migrations ?? []),
  ]);
  try {
    const blobs = createDatabaseBlobStore({
      database: opened.database,
      references: versionsPart.blobReferences ?? [],
    });
    const versions = createVersionsService({ database: opened.database, blobs });
    const files = Array.from({ length: FILES }, (_, n) => ({
      path: `folder-${n % 10}/file-${n}.md`,
      content: contentOf(n),
      executable: false,
    }));
    let version: VersionRecord = await versions.add({
      skillId: 'skill',
      parentId: null,
      files,
      author,
      describe,
    });
    const baseline = await bytesOfTables(opened);
    for (let n = 0; n < VERSIONS; n += 1) {
      await versions.freeze(version.id);
      const changed = (n * FILES) / VERSIONS;
      const changes = [{ type: 'put' as const, path: files[changed]!.path, content: contentOf(changed) }];
      const { version: child } = await versions.change({
        versionId: version.id,
        revision: version.revision,
        changes,
        author,
        describe,
      });
      version = child;
    }
    const value = await bytesOfTables(opened);
    return [
      ratioFigure('20 versions, each one file of 200 changed', {
        value,
        baseline,
        unit: 'bytes',
        limit: 1.2,
      }),
    ];
  } finally {
    await opened.close();
  }
}

/** Random bytes: no page of them compresses. Sizes are spread around the mean as an exponential distribution, by their rank. */
function contentOf(n: number): Buffer {
  return randomBytes(Math.ceil(-Math.log(1 - (n + 0.5) / FILES) * MEAN_FILE_BYTES));
}

/** Whole pages, those of indexes included: what the file on disk grows by. */
async function bytesOfTables({ knex }: TestDatabase): Promise<number> {
  const tables = [...blobStoreTables, ...(versionsPart.tables ?? [])];
  const objects = knex('sqlite_master').whereIn('tbl_name', tables).select('name');
  const [row] = await knex('dbstat').whereIn('name', objects).sum({ bytes: 'pgsize' });
  return Number(row?.bytes);
}
