import type { ScopeLimit, ToolScope } from 'strapi-plugin-skills-shared/contracts';
import type { Caller } from '../support/callers';
import { createRunnableSkill } from '../support/runnable-skills';
import { bootStrapi, type BootedStrapi } from '../support/strapi';
import { skillsOf, serverViewer, toolScopesOf } from '../../server/src/domains/skills';

const READ = [
  'skill.find',
  'skill.findOne',
  'skill.tool',
  'skill.readFile',
  'skill.archive',
  'skill.versions',
];
const RUN = ['run.create', 'run.findOwn', 'run.findOne'];

/** Skills of this test, by the scopes that they have. */
const skills = {
  unclassed: [],
  searcher: ['web'],
  coder: ['code'],
  both: ['web', 'code'],
  customers: ['crm'],
} as const;

describe('tool scopes', () => {
  let app: BootedStrapi;
  let ada: Caller;

  beforeAll(async () => {
    app = await bootStrapi({
      config: { toolScopes: [{ id: 'crm', name: 'CRM', description: 'Reads customers.' }] },
    });
    ada = await app.admin();
    for (const [alias, toolScopes] of Object.entries(skills)) {
      await createRunnableSkill(app.strapi, { alias, script: 'true' });
      const { revision } = await skillsOf(app.strapi).get(alias, serverViewer);
      await ada.agent.patch(`/skills/skills/${alias}`).send({ revision, toolScopes }).expect(200);
    }
  });
  afterAll(() => app?.destroy());

  type Subject = { type: 'api-token' | 'role'; id: string };
  const limit = ({ type, id }: Subject, scopes: unknown, by = ada) =>
    by.agent.put(`/skills/scope-limits/${type}/${id}`).send({ scopes });
  const limits = async (): Promise<ScopeLimit[]> =>
    (await ada.agent.get('/skills/scope-limits').expect(200)).body.data;

  async function seen(agent: Caller['agent']): Promise<string[]> {
    const { body } = await agent.get('/api/skills').query({ sort: 'name:asc', pageSize: 100 }).expect(200);
    expect(body.meta.pagination.total).toBe(body.data.length);
    return body.data.map(({ alias }: { alias: string }) => alias);
  }

  const all = Object.keys(skills).sort();

  it('are built in, configured, and registered by plugins', async () => {
    toolScopesOf(app.strapi).register({
      id: 'shop-orders',
      name: 'Orders',
      description: 'Reads orders.',
      source: 'shop',
    });
    const reader = await app.admin(['skills.read']);
    const { body } = await reader.agent.get('/skills/tool-scopes').expect(200);
    const byId = new Map(body.data.map((scope: ToolScope) => [scope.id, scope.source]));
    for (const id of [
      'content-read',
      'content-write',
      'media-read',
      'media-write',
      'web',
      'code',
      'images',
      'files',
    ])
      expect(byId.get(id)).toBe('built-in');
    expect(byId.get('crm')).toBe('config');
    expect(byId.get('shop-orders')).toBe('shop');
    expect(() =>
      toolScopesOf(app.strapi).register({ id: 'web', name: 'W', description: '', source: 'other' }),
    ).toThrow(/built-in and by other/);
    expect(() =>
      toolScopesOf(app.strapi).register({ id: 'No Good', name: 'W', description: '', source: 'other' }),
    ).toThrow(/cannot name/);
    await app.anonymous.get('/skills/tool-scopes').expect(401);
    await (await app.admin(['runs.read'])).agent.get('/skills/tool-scopes').expect(403);
  });

  it('stand on skills: known ones, shown in both lists', async () => {
    const { revision } = await skillsOf(app.strapi).get('searcher', serverViewer);
    const refused = await ada.agent
      .patch('/skills/skills/searcher')
      .send({ revision, toolScopes: ['web', 'nope'] });
    expect(refused.body).toMatchObject({
      error: { status: 400, details: { code: 'scope-unknown', path: ['toolScopes', 1] } },
    });
    const { body } = await ada.agent.get('/skills/skills').query({ toolScope: 'code' }).expect(200);
    expect(body.data.map(({ alias }: { alias: string }) => alias).sort()).toEqual(['both', 'coder']);
    const token = await app.contentToken(READ);
    const served = await token.agent.get('/api/skills/both').expect(200);
    expect(served.body.data.toolScopes).toEqual(['code', 'web']);
  });

  it('limit a token to skills that have scopes, all of them within the limit', async () => {
    const token = await app.contentToken([...READ, ...RUN]);
    const subject: Subject = { type: 'api-token', id: token.documentId };
    expect(await seen(token.agent)).toEqual(all);

    const set = await limit(subject, ['web', 'web']).expect(200);
    expect(set.body.data).toMatchObject({
      subject: { ...subject, name: expect.any(String) },
      scopes: ['web'],
    });
    expect(await seen(token.agent)).toEqual(['searcher']);
    for (const hidden of ['unclassed', 'coder', 'both']) {
      for (const path of ['', '/tool?dialect=openai', '/files/main.sh', '/archive', '/versions', '/runs']) {
        const response = await token.agent.get(`/api/skills/${hidden}${path}`).expect(404);
        expect(response.body.error.details.code).toBe('skill-not-found');
      }
      await token.agent.post(`/api/skills/${hidden}/runs`).send({}).expect(404);
    }
    for (const path of ['', '/tool?dialect=openai', '/files/main.sh', '/archive', '/versions'])
      await token.agent.get(`/api/skills/searcher${path}`).expect(200);

    await limit(subject, ['web', 'code']).expect(200);
    expect(await seen(token.agent)).toEqual(['both', 'coder', 'searcher']);
    await limit(subject, []).expect(200);
    expect(await seen(token.agent)).toEqual([]);
    await limit(subject, null).expect(200);
    expect(await seen(token.agent)).toEqual(all);
  });

  it('limit users by their role, and leave others as they are', async () => {
    const user = await app.user(READ);
    const other = await app.user(READ);
    const row = await app.strapi.db.query('plugin::users-permissions.user').findOne({
      where: { documentId: user.documentId },
      populate: ['role'],
    });
    await limit({ type: 'role', id: row.role.documentId }, ['code']).expect(200);
    expect(await seen(user.agent)).toEqual(['coder']);
    expect(await seen(other.agent)).toEqual(all);
  });

  it('limit callers without credentials by the Public role', async () => {
    await app.grantPublic(READ);
    expect(await seen(app.anonymous)).toEqual(all);
    const found = (await limits()).find(({ subject }) => subject.name === 'Public');
    await limit(found!.subject, ['crm']).expect(200);
    expect(await seen(app.anonymous)).toEqual(['customers']);
    await limit(found!.subject, null).expect(200);
    expect(await seen(app.anonymous)).toEqual(all);
  });

  it('are counted by one look-up a request', async () => {
    const token = await app.contentToken(READ);
    await seen(token.agent);
    let asked = 0;
    const knex = app.strapi.db.connection;
    const count = ({ sql }: { sql: string }) => {
      if (/skills_scope_limits/.test(sql)) asked += 1;
    };
    knex.on('query', count);
    try {
      await seen(token.agent);
    } finally {
      knex.off('query', count);
    }
    expect(asked).toBe(1);
  });

  it('limit nobody who comes after the token that they were set for', async () => {
    const token = await app.contentToken(READ);
    await limit({ type: 'api-token', id: token.documentId }, ['crm']).expect(200);
    const { id } = await app.strapi.db
      .query('admin::api-token')
      .findOne({ where: { documentId: token.documentId } });
    await app.strapi.db.query('admin::api-token').delete({ where: { id } });
    const next = await app.contentToken(READ);
    expect(await seen(next.agent)).toEqual(all);
    expect((await limits()).some(({ subject }) => subject.id === token.documentId)).toBe(false);
    const gone = await limit({ type: 'api-token', id: token.documentId }, ['web']).expect(404);
    expect(gone.body.error.details.code).toBe('subject-not-found');
  });

  it('are set by those who may, for tokens of the content API and roles, to scopes that there are', async () => {
    const token = await app.contentToken(READ);
    const subject: Subject = { type: 'api-token', id: token.documentId };
    const reader = await app.admin(['scope-limits.read']);
    await limit(subject, ['web'], reader).expect(403);
    await reader.agent.get('/skills/scope-limits').expect(200);
    await (await app.admin(['skills.read'])).agent.get('/skills/scope-limits').expect(403);
    await app.anonymous.get('/skills/scope-limits').expect(401);
    const unknown = await limit(subject, ['web', 'nope']).expect(400);
    expect(unknown.body.error.details).toMatchObject({ code: 'scope-unknown', path: ['scopes', 1] });
    await limit({ type: 'planet' as 'role', id: 'x' }, ['web']).expect(400);
    const admin = await app.adminToken(['skills.read']);
    await limit({ type: 'api-token', id: admin.documentId }, ['web']).expect(404);
    expect((await limits()).find(({ subject: { id } }) => id === token.documentId)).toMatchObject({
      scopes: null,
    });
  });
});
