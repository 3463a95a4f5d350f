import { describeOnDatabases, type TestDatabase } from '../../../../../tests/support/database';
import { environmentsMigrations } from '../migrations';
import { createBuildsRepository, type BuildsRepository } from './repository';

const lease = { id: 'build-1', token: 'token-1' };
const createdBy = { type: 'command', id: null, name: 'Test' } as const;

describeOnDatabases('rows of builds', (open) => {
  let opened: TestDatabase;
  let builds: BuildsRepository;

  beforeAll(async () => {
    opened = await open(environmentsMigrations);
    builds = createBuildsRepository(opened.database);
    await builds.insert({ skillId: 'skill-1', createdBy }, lease, 30_000);
  });
  afterAll(() => opened.close());

  it('take thousands of pieces of output at once, numbered without a gap', async () => {
    const lines = Array.from({ length: 3_000 }, (_, at) => ({
      stream: at % 2 === 0 ? ('stdout' as const) : ('stderr' as const),
      text: `${at} \u0000 🎉`,
    }));
    expect(await builds.append(lease, lines)).toBe(3_000);
    expect(await builds.append(lease, lines.slice(0, 2))).toBe(3_002);
    const read = await builds.lines(lease.id, 2_990, 200);
    expect(read.map(({ seq }) => seq)).toEqual(Array.from({ length: 12 }, (_, at) => 2_991 + at));
    expect(read[0]).toEqual({ seq: 2_991, ...lines[2_990] });
  });

  it('are written by who holds the build alone', async () => {
    const lines = [{ stream: 'plugin' as const, text: 'x' }];
    expect(await builds.append({ ...lease, token: 'another' }, lines)).toBeUndefined();
  });
});
