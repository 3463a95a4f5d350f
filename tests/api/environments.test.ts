import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Environment, EnvironmentSave } from 'strapi-plugin-skills-shared/contracts';
import type { Caller } from '../support/callers';
import { createRunnableSkill } from '../support/runnable-skills';
import { bootStrapi, type BootedStrapi } from '../support/strapi';
import { environmentsOf } from '../../server/src/domains/environments';
import type { NewImage } from '../../server/src/domains/environments/environments-service';
import { databaseOf } from '../../server/src/platform/database';

const SECRET = 'hunter2-ünïcode-🔑';
const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');
const author = { type: 'command', id: null, name: 'Test' } as const;

describe('environments of skills', () => {
  let app: BootedStrapi;
  let ada: Caller;
  let skills = 0;

  beforeAll(async () => {
    app = await bootStrapi({ config: { environment: { maxImageBytes: 1_000 } } });
    ada = await app.admin();
  });
  afterAll(() => app?.destroy());

  async function newSkill(): Promise<string> {
    skills += 1;
    const { id } = await createRunnableSkill(app.strapi, { alias: `furnished-${skills}`, script: 'true' });
    return id;
  }

  const pathOf = (id: string) => `/skills/skills/${id}/environment`;
  const read = async (id: string): Promise<Environment> =>
    (await ada.agent.get(pathOf(id)).expect(200)).body.data;
  const save = (id: string, change: Partial<EnvironmentSave>, by = ada) =>
    by.agent.put(pathOf(id)).send({ revision: 0, variables: [], setup: '', ...change });

  it('is empty until it is saved', async () => {
    const id = await newSkill();
    expect(await read(id)).toEqual({
      skillId: id,
      revision: 0,
      variables: [],
      secrets: [],
      setup: '',
      allowedHosts: [],
      image: null,
      imageOutdated: false,
      build: null,
      hostsAllowed: true,
      updatedAt: null,
    });
    expect(await environmentsOf(app.strapi).open(id)).toEqual({
      variables: {},
      secrets: [],
      hosts: [],
      image: null,
    });
  });

  it('keeps what is saved, and tells no value of a secret', async () => {
    const id = await newSkill();
    const { body } = await save(id, {
      variables: [{ name: 'REGION', value: 'eu\nwest' }],
      secrets: [{ name: 'API_KEY', value: SECRET }],
      setup: 'pip install --user requests',
      allowedHosts: ['PyPI.org', '*.example.com:8443', 'pypi.org'],
    }).expect(200);
    expect(body.data).toEqual(await read(id));
    expect(body.data).toMatchObject({
      revision: 1,
      variables: [{ name: 'REGION', value: 'eu\nwest' }],
      secrets: [{ name: 'API_KEY', updatedAt: expect.any(String) }],
      allowedHosts: ['*.example.com:8443', 'pypi.org'],
    });
    expect(JSON.stringify(body)).not.toContain(SECRET.slice(0, 7));
    const stored = await databaseOf(app.strapi).run((knex) => knex('skills_environment_secrets').select());
    expect(JSON.stringify(stored)).not.toContain(SECRET.slice(0, 7));
    expect(await environmentsOf(app.strapi).open(id)).toMatchObject({
      variables: { REGION: 'eu\nwest', API_KEY: SECRET },
      secrets: [SECRET],
      hosts: ['*.example.com:8443', 'pypi.org'],
    });
  });

  it('keeps a secret that is left out, replaces one, and removes one', async () => {
    const id = await newSkill();
    const secrets = (...values: [string, string | null][]) => ({
      secrets: values.map(([name, value]) => ({ name, value })),
    });
    await save(id, secrets(['A', 'first-a'], ['B', 'first-b'], ['C', 'first-c'])).expect(200);
    await save(id, { revision: 1, ...secrets(['B', 'second-b'], ['C', null]) }).expect(200);
    expect((await environmentsOf(app.strapi).open(id)).variables).toEqual({ A: 'first-a', B: 'second-b' });
    expect((await read(id)).secrets.map(({ name }) => name)).toEqual(['A', 'B']);
  });

  it('refuses to overwrite what somebody else has saved', async () => {
    const id = await newSkill();
    await save(id, { setup: 'first' }).expect(200);
    const { body } = await save(id, { setup: 'second' }).expect(409);
    expect(body.error.details).toMatchObject({ code: 'stale-revision', expected: 0, actual: 1 });
    expect((await read(id)).setup).toBe('first');
  });

  const variables = (...names: string[]) => ({ variables: names.map((name) => ({ name, value: 'value' })) });
  const secret = (name: string, value: string) => ({ secrets: [{ name, value }] });

  it.each([
    ['a name that the sandbox sets', variables('PATH'), 'name-reserved', ['variables', 0, 'name']],
    ['a library to load', secret('LD_PRELOAD', 'evil.so'), 'name-reserved', ['secrets', 0, 'name']],
    ['a proxy', variables('A', 'https_proxy'), 'name-reserved', ['variables', 1, 'name']],
    ['a name that is none', variables('A B'), 'invalid-input', ['variables', 0, 'name']],
    ['__proto__', variables('__proto__'), 'name-reserved', ['variables', 0, 'name']],
    ['one name twice', variables('A', 'A'), 'name-taken', ['variables', 1, 'name']],
    [
      'a variable named as a secret',
      { ...variables('A'), ...secret('A', 'value') },
      'name-taken',
      ['variables', 0, 'name'],
    ],
    ['a secret that cannot be masked', secret('PIN', '123'), 'secret-too-short', ['secrets', 0, 'value']],
    ['an empty secret', secret('PIN', ''), 'secret-too-short', ['secrets', 0, 'value']],
    ['a NUL', { variables: [{ name: 'A', value: 'a\0b' }] }, 'value-unfit', ['variables', 0, 'value']],
    [
      'half a character',
      { variables: [{ name: 'A', value: 'a\ud83d' }] },
      'value-unfit',
      ['variables', 0, 'value'],
    ],
    ['more than a program can be started with', tooMuch(), 'environment-too-large', ['variables']],
    ['more secrets than can be masked', tooSecret(), 'environment-too-large', ['secrets']],
    [
      'a port that is none',
      { allowedHosts: ['pypi.org', 'host:99999'] },
      'host-invalid',
      ['allowedHosts', 1],
    ],
    ['port 0', { allowedHosts: ['host:0'] }, 'host-invalid', ['allowedHosts', 0]],
    ['names below an address', { allowedHosts: ['*.10.0.0.1'] }, 'host-invalid', ['allowedHosts', 0]],
    ['an address that is none', { allowedHosts: ['256.1.1.1'] }, 'host-invalid', ['allowedHosts', 0]],
    ['a host with a path', { allowedHosts: ['https://example.com/x'] }, 'invalid-input', ['allowedHosts', 0]],
  ] as const)('refuses %s, and saves nothing', async (_what, change, code, path) => {
    const id = await newSkill();
    const { body } = await save(id, change as Partial<EnvironmentSave>).expect(400);
    expect(body.error.details).toMatchObject({ code, path });
    expect(await read(id)).toMatchObject({ revision: 0, variables: [], secrets: [], allowedHosts: [] });
  });

  function tooMuch() {
    return {
      variables: Array.from({ length: 10 }, (_, at) => ({ name: `V${at}`, value: 'x'.repeat(32_000) })),
    };
  }

  function tooSecret() {
    return {
      secrets: Array.from({ length: 5 }, (_, at) => ({ name: `S${at}`, value: `${at}`.repeat(16_000) })),
    };
  }

  it('lets nobody change hosts without that permission', async () => {
    const id = await newSkill();
    const editor = await app.admin(['environments.read', 'environments.update']);
    await save(id, { allowedHosts: ['pypi.org'] }).expect(200);
    const { body } = await save(id, { revision: 1, allowedHosts: ['evil.example'] }, editor).expect(403);
    expect(body.error.details).toMatchObject({ code: 'network-denied', path: ['allowedHosts'] });
    await save(id, { revision: 1, allowedHosts: [] }, editor).expect(403);
    await save(id, { revision: 1, allowedHosts: ['PYPI.org'], setup: 'true' }, editor).expect(200);
    await save(id, { revision: 2, setup: 'false' }, editor).expect(200);
    expect(await read(id)).toMatchObject({ revision: 3, setup: 'false', allowedHosts: ['pypi.org'] });
  });

  it('is for those who may, of skills that they see', async () => {
    const id = await newSkill();
    const reader = await app.admin(['environments.read']);
    const nobody = await app.admin(['skills.read', 'runs.start']);
    await reader.agent.get(pathOf(id)).expect(200);
    await save(id, {}, reader).expect(403);
    await reader.agent.delete(`${pathOf(id)}/image`).expect(403);
    await nobody.agent.get(pathOf(id)).expect(403);
    await app.anonymous.get(pathOf(id)).expect(401);
    const { revision } = (await ada.agent.get(`/skills/skills/${id}`).expect(200)).body.data;
    await ada.agent.patch(`/skills/skills/${id}`).send({ revision, visibility: 'user' }).expect(200);
    const { body } = await reader.agent.get(pathOf(id)).expect(404);
    expect(body.error.details.code).toBe('skill-not-found');
  });

  describe('images', () => {
    const saveImage = (id: string, content: string, more: Partial<NewImage> = {}) =>
      environmentsOf(app.strapi).saveImage(id, {
        archive: Readable.from([Buffer.from(content)]),
        madeBy: 'terminal',
        author,
        replaces: null,
        ...more,
      });

    it('are known by their content', async () => {
      const [one, other] = [await newSkill(), await newSkill()];
      const image = await saveImage(one, 'some archive');
      expect(image).toMatchObject({ size: 12, madeBy: 'terminal', createdBy: author });
      expect((await saveImage(other, 'some archive')).digest).toBe(image.digest);
      expect(await read(one)).toMatchObject({ revision: 0, image });
      const opened = (await environmentsOf(app.strapi).open(one)).image;
      expect(await text(await opened!.open())).toBe('some archive');
    });

    it('are outdated as soon as the setup is another', async () => {
      const id = await newSkill();
      await saveImage(id, 'by hand');
      expect((await read(id)).imageOutdated).toBe(false);
      await save(id, { setup: 'make' }).expect(200);
      expect((await read(id)).imageOutdated).toBe(true);
    });

    it('are not replaced by what goes back to another one', async () => {
      const id = await newSkill();
      await save(id, { setup: 'make' }).expect(200);
      const first = await saveImage(id, 'made', { madeBy: 'setup', setupDigest: sha256('make') });
      await save(id, { revision: 1, setup: 'make all' }).expect(200);
      const made = { madeBy: 'setup', setupDigest: sha256('make all') } as const;
      const second = await saveImage(id, 'made anew', { ...made, replaces: first.digest });
      for (const replaces of [first.digest, null]) {
        await expect(saveImage(id, 'of the first', { replaces })).rejects.toMatchObject({
          details: { code: 'image-changed' },
        });
      }
      expect(await read(id)).toMatchObject({ image: second, imageOutdated: false });
      await ada.agent.delete(`${pathOf(id)}/image`).expect(204);
      await expect(saveImage(id, 'late', { replaces: second.digest })).rejects.toMatchObject({
        details: { code: 'image-changed' },
      });
      expect((await read(id)).image).toBeNull();
    });

    it('are not written by who may write no more', async () => {
      const id = await newSkill();
      const assertHeld = () => Promise.reject(new Error('lost'));
      await expect(saveImage(id, 'late', { assertHeld })).rejects.toThrow('lost');
      expect((await read(id)).image).toBeNull();
    });

    it('have a limit', async () => {
      const id = await newSkill();
      await expect(saveImage(id, 'x'.repeat(1_001))).rejects.toMatchObject({
        details: { code: 'blob-too-large' },
      });
      expect((await read(id)).image).toBeNull();
    });

    it('can be removed, once', async () => {
      const id = await newSkill();
      await saveImage(id, 'some archive');
      await ada.agent.delete(`${pathOf(id)}/image`).expect(204);
      expect((await read(id)).image).toBeNull();
      const { body } = await ada.agent.delete(`${pathOf(id)}/image`).expect(404);
      expect(body.error.details.code).toBe('image-not-found');
    });
  });

  it('ends with its skill', async () => {
    const id = await newSkill();
    await save(id, { secrets: [{ name: 'API_KEY', value: SECRET }] }).expect(200);
    await environmentsOf(app.strapi).saveImage(id, {
      archive: Readable.from(['bytes']),
      madeBy: 'terminal',
      author,
      replaces: null,
    });
    const archival = { ids: [id], archived: true };
    await ada.agent.post('/skills/skills/archival').send(archival).expect(200);
    await ada.agent.delete(`/skills/skills/${id}`).expect(204);
    for (const table of ['skills_environments', 'skills_environment_secrets']) {
      const left = await databaseOf(app.strapi).run((knex) => knex(table).where('skill_id', id).select());
      expect(left).toEqual([]);
    }
    const late = environmentsOf(app.strapi).saveImage(id, {
      archive: Readable.from(['bytes']),
      madeBy: 'terminal',
      author,
      replaces: null,
    });
    await expect(late).rejects.toMatchObject({ details: { code: 'skill-not-found' } });
  });
});
