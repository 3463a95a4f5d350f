import { describeOnDatabases, type TestDatabase } from '../../../../tests/support/database';
import { migrate } from '../../platform/database';
import { skillsTable } from './content-type';
import { makeSkillsTable } from './fixtures/skills-table';
import { scopeLimitsTable, skillsMigrations, tagsTable, toolScopesTable } from './migrations';
import { createSkillsRepository, type SkillsRepository } from './repository';
import type { SkillRecord } from './skill-record';
import { serverViewer, sees, type SkillViewer } from './skill-viewer';
import { createLimitsRepository } from './tool-scopes/limits-repository';

let serial = 0;

function skillOf(wanted: Partial<SkillRecord> = {}): SkillRecord {
  serial += 1;
  const version = { id: `version-${serial}`, number: 1, label: null, digest: 'd' };
  return {
    id: `skill-${serial}`,
    alias: `skill-${serial}`,
    name: `Skill ${serial}`,
    description: 'Does things.',
    kind: 'provider',
    active: true,
    archived: false,
    visibility: 'org',
    owner: null,
    tags: [],
    category: null,
    toolScopes: [],
    binding: null,
    agent: { connectionId: null, model: null },
    status: 'published',
    usable: true,
    current: version,
    published: { ...version, name: 'x', description: 'x', tags: [], connectionId: null, at: 1 },
    lastRun: null,
    revision: 1,
    createdAt: 1_000,
    updatedAt: 1_000,
    ...wanted,
  };
}

const bindingTo = (connectionId: string, skillTypeId = 'web-search') => ({
  connectionId,
  providerId: 'memory',
  skillTypeId,
  skillTypeName: 'Web search',
});

describeOnDatabases('skills in their table', (open) => {
  let db: TestDatabase;
  let repository: SkillsRepository;

  beforeAll(async () => {
    db = await open();
    await makeSkillsTable(db.knex);
    await migrate(db.knex, db.dialect, skillsMigrations);
    repository = createSkillsRepository(db.database);
  });
  afterEach(() => db.clear([skillsTable, tagsTable, toolScopesTable, scopeLimitsTable]));
  afterAll(() => db?.close());

  const store = (...skills: SkillRecord[]) =>
    db.database.transaction(async () => {
      for (const skill of skills) await repository.insert(skill);
    });

  const list = async (filter: object, viewer: SkillViewer = serverViewer) => {
    const order = { by: 'name', descending: false } as const;
    const found = await repository.page({ viewer, ...filter }, order, { page: 1, pageSize: 100 });
    expect(await repository.count({ viewer, ...filter })).toBe(found.length);
    return found.map(({ id }) => id);
  };

  it('come back as they were stored', async () => {
    const skill = skillOf({ toolScopes: ['code', 'web'], binding: bindingTo('c1') });
    const published = { ...skill.published!, connectionId: 'c0' };
    await store({ ...skill, published });
    expect(await repository.find(skill.id)).toEqual({ ...skill, published });
  });

  it('are found by alias in any case, and no two have one alias in any case', async () => {
    const skill = skillOf({ alias: 'Web_Search' });
    await store(skill);
    expect((await repository.find('wEB_sEARCH'))?.id).toBe(skill.id);
    expect(await repository.aliasExists('WEB_SEARCH')).toBe(true);
    expect(await repository.aliasExists('WEB_SEARCH', skill.id)).toBe(false);
    await expect(store(skillOf({ alias: 'web_search' }))).rejects.toMatchObject({
      details: { code: 'alias-taken' },
    });
  });

  it('are narrowed by kind, skill type, connection and tool scope', async () => {
    const web = skillOf({ binding: bindingTo('c1'), toolScopes: ['web'] });
    const code = skillOf({ binding: bindingTo('c2', 'code'), toolScopes: ['web', 'code'] });
    const bundle = skillOf({ kind: 'bundle' });
    await store(web, code, bundle);
    expect(await list({ connectionId: 'c1' })).toEqual([web.id]);
    expect(await list({ skillTypeId: 'code' })).toEqual([code.id]);
    expect(await list({ toolScope: 'web' })).toEqual([web.id, code.id]);
    expect(await list({ toolScope: 'web', connectionId: 'c2' })).toEqual([code.id]);
    expect(await list({ kind: 'bundle' })).toEqual([bundle.id]);
  });

  it('use a connection by what is edited and by what is served', async () => {
    const edited = skillOf({ name: 'B', binding: bindingTo('c1') });
    const served = skillOf({ name: 'A', binding: bindingTo('c2') });
    served.published!.connectionId = 'c1';
    await store(edited, served, skillOf({ binding: bindingTo('c3') }));
    expect((await repository.boundTo('c1', 100)).map(({ id }) => id)).toEqual([served.id, edited.id]);
    expect(await repository.boundTo('c1', 1)).toHaveLength(1);
  });

  it('use the connection that their agents work over', async () => {
    const skill = skillOf({ agent: { connectionId: 'c9', model: 'big' } });
    await store(skill, skillOf());
    const found = await repository.boundTo('c9', 100);
    expect(found.map(({ id, agent }) => [id, agent])).toEqual([[skill.id, skill.agent]]);
  });

  it.each([
    [null, [[], ['web'], ['code'], ['code', 'web']]],
    [['web'], [['web']]],
    [
      ['web', 'code'],
      [['web'], ['code'], ['code', 'web']],
    ],
    [['files'], []],
    [[], []],
  ])('are, to a caller that is limited to %j, those within it', async (scopes, expected) => {
    const all = [[], ['web'], ['code'], ['code', 'web']].map((toolScopes) => skillOf({ toolScopes }));
    const hidden = skillOf({ toolScopes: ['web'], active: false });
    await store(...all, hidden);
    const viewer: SkillViewer = { door: 'agents', scopes };
    const within = [...all, hidden].filter((skill) => sees(viewer, skill));
    expect(within.map(({ toolScopes }) => toolScopes)).toEqual(expected);
    // What a list shows is what a single look-up shows.
    expect((await list({}, viewer)).sort()).toEqual(within.map(({ id }) => id).sort());
  });

  it('take the scopes that they are given, and leave none behind', async () => {
    const skill = skillOf({ toolScopes: ['web', 'code'] });
    await store(skill);
    await repository.modify([skill.id], (now) => ({ ...now, toolScopes: ['files', 'files'] }));
    expect(await list({ toolScope: 'web' })).toEqual([]);
    expect(await list({ toolScope: 'files' })).toEqual([skill.id]);
    await repository.remove(skill.id);
    expect(await db.knex(toolScopesTable)).toEqual([]);
  });

  it('are limited for a caller until the limit is lifted', async () => {
    const limits = createLimitsRepository(db.database);
    const token = { type: 'api-token', id: 't1' } as const;
    expect(await limits.find(token)).toBeNull();
    await limits.save(token, ['web']);
    await limits.save(token, ['code']);
    await limits.save({ type: 'role', id: 't1' }, []);
    expect(await limits.find(token)).toEqual(['code']);
    expect(await limits.all()).toHaveLength(2);
    await limits.save(token, null);
    expect(await limits.find(token)).toBeNull();
    expect(await limits.find({ type: 'role', id: 't1' })).toEqual([]);
  });
});

describeOnDatabases('skills from before there were provider skills', (open) => {
  it('have their alias looked up in any case, and no scopes', async () => {
    const db = await open();
    try {
      await makeSkillsTable(db.knex);
      const rows = ['invoice-totals', 'csv-summary'].map((alias) => ({
        document_id: alias.padEnd(24, 'x'),
        alias,
        name: alias,
        name_key: alias,
        kind: 'bundle',
        archived: false,
        active: true,
        tags: '[]',
      }));
      await db.knex(skillsTable).insert(rows);
      await migrate(db.knex, db.dialect, skillsMigrations);
      const repository = createSkillsRepository(db.database);
      expect(await repository.find('INVOICE-totals')).toMatchObject({
        alias: 'invoice-totals',
        toolScopes: [],
        binding: null,
        agent: { connectionId: null, model: null },
      });
      expect(await repository.aliasExists('CSV-Summary')).toBe(true);
    } finally {
      await db.close();
    }
  });
});
