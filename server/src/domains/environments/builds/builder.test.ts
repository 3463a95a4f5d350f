import { Readable } from 'node:stream';
import { describeOnDatabases, type TestDatabase } from '../../../../../tests/support/database';
import { eventually } from '../../../../../tests/support/runs';
import type { Sandbox } from '../../../platform/sandbox';
import type { NewImage } from '../environments-service';
import { buildsTable, environmentsMigrations } from '../migrations';
import { emptyEnvironment } from '../open-environment';
import { Builder, type BuildsDependencies } from './builder';
import type { BuildRecord } from './build-record';
import { createBuildsRepository, type BuildsRepository } from './repository';

const author = { type: 'command', id: null, name: 'Test' } as const;
const before = { digest: 'b'.repeat(64), open: () => Promise.resolve(Readable.from([])) };

describeOnDatabases('the builder of images', (open) => {
  let opened: TestDatabase;
  let repository: BuildsRepository;

  beforeAll(async () => {
    opened = await open(environmentsMigrations);
    repository = createBuildsRepository(opened.database);
  });
  beforeEach(() => opened.clear([buildsTable]));
  afterAll(() => opened.close());

  /** Builds with commands that do nothing; `meanwhile` happens when their files are packed. */
  async function build(meanwhile: () => Promise<unknown>) {
    const lease = { id: 'build-1', token: 'token-1' };
    const saved: NewImage[] = [];
    const errors: string[] = [];
    const sandbox = {
      writeFile: () => Promise.resolve(),
      exec: () => Promise.resolve({ exitCode: 0, exceeded: null }),
      halt: () => Promise.resolve(),
      pack: async () => {
        await meanwhile();
        return Readable.from(['archive']);
      },
      dispose: () => Promise.resolve(),
    } as unknown as Sandbox;
    const environments = {
      get: () => Promise.resolve({ setup: 'true' }),
      open: () => Promise.resolve({ ...emptyEnvironment, image: before }),
      saveImage: (_skillId: string, image: NewImage) =>
        opened.database.transaction(async () => {
          await image.assertHeld?.();
          saved.push(image);
          return { digest: 'a'.repeat(64) };
        }),
    } as unknown as BuildsDependencies['environments'];
    await repository.insert({ skillId: 'skill-1', createdBy: author }, lease, 30_000);
    const builder = new Builder({
      repository,
      environments,
      filesOf: async function* () {},
      createSandbox: () => Promise.resolve(sandbox),
      limits: { timeMs: 1, memoryBytes: 1, processes: 1, diskBytes: 1, outputBytes: 1 },
      hostsAllowed: false,
      bus: { publish: () => undefined } as unknown as BuildsDependencies['bus'],
      newId: () => 'id',
      log: { error: (message) => void errors.push(message) },
    });
    builder.take({ lease, skillId: 'skill-1', versionId: 'version-1', author });
    await eventually(async () => (await repository.find(lease.id))?.finishedAt !== null);
    // Ends what is left of it.
    await builder.stop();
    const row = (await repository.find(lease.id)) as BuildRecord;
    return { saved, errors, build: row };
  }

  it('saves in the place of the image that was there when it began', async () => {
    const { saved, build: row } = await build(() => Promise.resolve());
    expect(saved).toMatchObject([{ replaces: before.digest, madeBy: 'setup' }]);
    expect(row).toMatchObject({ status: 'completed', image: 'a'.repeat(64) });
  });

  it('saves nothing when its lease was lost while the files were packed', async () => {
    const {
      saved,
      errors,
      build: row,
    } = await build(async () => {
      await opened.knex(buildsTable).update({ lease_expires_at: 0 });
      await repository.endLost({ skill_id: 'skill-1' });
    });
    expect(saved).toEqual([]);
    expect(errors).toEqual([]);
    expect(row).toMatchObject({ status: 'failed', error: { code: 'interrupted' }, image: null });
  });
});
