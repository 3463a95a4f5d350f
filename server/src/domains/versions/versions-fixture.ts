import { describeOnDatabases, type TestDatabase } from '../../../../tests/support/database';
import {
  blobStoreMigrations,
  blobStoreTables,
  createDatabaseBlobStore,
  type BlobStore,
} from '../../platform/blob-store';
import type { Dialect } from '../../platform/database';
import { ENTRIES_TABLE, versionsMigrations, versionsTables } from './migrations';
import { createVersionsService } from './service';
import type { Describe, NewFile, VersionRecord, VersionsService } from './versions-service';

export const author = { type: 'admin-user', id: 'ada', name: 'Ada' } as const;

/** Finds an error in content without a `SKILL.md`, and reads its first line as the label. */
export const describeContent: Describe = async ({ paths, read }) => {
  if (!paths.includes('SKILL.md')) {
    return {
      findings: [{ severity: 'error', code: 'no-skill-md', message: 'There is no SKILL.md.' }],
      metadata: {},
    };
  }
  const [label] = (await read('SKILL.md')).toString().split('\n');
  return { findings: [], metadata: { version: label } };
};

export function file(path: string, content: string | Buffer = path, executable = false): NewFile {
  return { path, content: Buffer.from(content), executable };
}

export function bundle(...paths: string[]): NewFile[] {
  return ['SKILL.md', ...paths].map((path) => file(path));
}

export interface VersionsFixture extends TestDatabase {
  readonly blobs: BlobStore;
  readonly versions: VersionsService;
  /** Adds a version with defaults for what a test does not care about. */
  add(request?: Partial<Parameters<VersionsService['add']>[0]>): Promise<VersionRecord>;
  /** Puts one file's content. */
  edit(version: VersionRecord, path: string, content: string): ReturnType<VersionsService['change']>;
  /** Path → content of a version. */
  contents(version: VersionRecord): Promise<Record<string, string>>;
}

/** Runs a suite of the versions on each database under test, with empty tables before each test. */
export function describeVersions(
  name: string,
  suite: (fixture: () => VersionsFixture, dialect: Dialect) => void,
): void {
  describeOnDatabases(name, (open, dialect) => {
    let opened: TestDatabase;
    let fixture: VersionsFixture;

    beforeAll(async () => {
      opened = await open([...blobStoreMigrations, ...versionsMigrations]);
      fixture = fixtureOf(opened);
    });
    afterAll(() => opened.close());
    beforeEach(() => opened.clear([...versionsTables, ...blobStoreTables]));

    suite(() => fixture, dialect);
  });
}

function fixtureOf(opened: TestDatabase): VersionsFixture {
  const { database } = opened;
  const blobs = createDatabaseBlobStore({
    database,
    references: [{ table: ENTRIES_TABLE, column: 'blob_digest' }],
  });
  const versions = createVersionsService({ database, blobs });
  return {
    ...opened,
    blobs,
    versions,
    add: (request = {}) =>
      versions.add({
        skillId: 'skill',
        parentId: null,
        files: bundle('a.txt'),
        author,
        describe: describeContent,
        ...request,
      }),
    edit: (version, path, content) =>
      versions.change({
        versionId: version.id,
        revision: version.revision,
        changes: [{ type: 'put', path, content: Buffer.from(content) }],
        author,
        describe: describeContent,
      }),
    async contents(version) {
      const files = await versions.files(version);
      const contents = await blobs.readAll(files.map(({ digest }) => digest));
      return Object.fromEntries(files.map(({ path, digest }) => [path, contents.get(digest)!.toString()]));
    },
  };
}
