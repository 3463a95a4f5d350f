import type { Connection, Placement, Run } from 'strapi-plugin-skills-shared/contracts';
import {
  kinds,
  placementsOf,
  serverViewer,
  skillsOf,
  type SkillRecord,
} from '../../server/src/domains/skills';
import type { Caller } from '../support/callers';
import { createConnection, testProviders } from '../support/connections';
import { startMemoryPeer, type MemoryPeer } from '../support/providers/memory/index';
import { changeScript, createRunnableSkill } from '../support/runnable-skills';
import { eventually } from '../support/runs';
import { bootStrapi, type BootedStrapi } from '../support/strapi';

const SECRET = 'memory-secret-9Vq';
const config = { providers: testProviders, connections: { allowedPrivateHosts: ['127.0.0.1'] } };

describe('bundles at a vendor', () => {
  let app: BootedStrapi;
  let ada: Caller;
  let peer: MemoryPeer;
  let connection: Connection;
  let serial = 0;

  beforeAll(async () => {
    peer = await startMemoryPeer({ apiKey: SECRET });
    app = await bootStrapi({ config });
    ada = await app.admin();
    connection = await connect();
  });

  afterEach(() => {
    peer.fail(null);
    peer.delay(0);
  });

  afterAll(async () => {
    await app?.destroy();
    await peer?.close();
  });

  const connect = () => createConnection(app.strapi, { settings: { apiKey: SECRET, baseUrl: peer.url } });

  async function createBundle(script = 'echo "{}"'): Promise<SkillRecord> {
    serial += 1;
    return createRunnableSkill(app.strapi, { alias: `bundle-${serial}`, script: `# ${serial}\n${script}` });
  }

  const publish = (skill: { id: string }, body: object = {}, caller = ada) =>
    caller.agent.post(`/skills/skills/${skill.id}/placements`).send({ connection: connection.id, ...body });

  async function published(skill: { id: string }, body: object = {}): Promise<Placement> {
    const response = await publish(skill, body);
    expect(response.body).toMatchObject({ data: { state: 'live' } });
    expect(response.status).toBe(201);
    return response.body.data;
  }

  async function placements(skill: { id: string }, caller = ada): Promise<Placement[]> {
    const { body } = await caller.agent.get(`/skills/skills/${skill.id}/placements`).expect(200);
    return body.data;
  }

  const uploads = () =>
    peer.requests.filter(({ method, url }) => method === 'POST' && url.startsWith('/skills'));

  it('are uploaded whole, and say where they live', async () => {
    const skill = await createBundle();
    const placement = await published(skill);
    expect(placement).toMatchObject({
      skillId: skill.id,
      version: { number: 1 },
      connection: { id: connection.id, name: connection.name },
      error: null,
      createdBy: { type: 'admin-user' },
    });
    const hosted = peer.hosted.get(`${placement.hostedId}/${placement.hostedVersion}`);
    expect(hosted?.name).toBe(skill.alias);
    expect([...(hosted?.files.keys() ?? [])].sort()).toEqual(['SKILL.md', 'main.sh']);
    expect(await placements(skill)).toEqual([placement]);
  });

  it('are frozen by it', async () => {
    serial += 1;
    const skill = await createRunnableSkill(app.strapi, {
      alias: `bundle-${serial}`,
      script: 'echo 1',
      published: false,
    });
    const before = await ada.agent.get(`/skills/versions/${skill.current.id}`).expect(200);
    expect(before.body.data.frozenAt).toBeNull();
    await published(skill);
    const after = await ada.agent.get(`/skills/versions/${skill.current.id}`).expect(200);
    expect(after.body.data.frozenAt).not.toBeNull();
  });

  it('are not uploaded again while the same content lives there', async () => {
    const skill = await createBundle();
    const first = await published(skill);
    const count = uploads().length;
    expect(await published(skill)).toEqual(first);
    expect(uploads()).toHaveLength(count);
  });

  it('are uploaded once when several ask at a time', async () => {
    const skill = await createBundle();
    peer.delay(50);
    const count = uploads().length;
    const answers = await Promise.all([publish(skill), publish(skill), publish(skill)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(uploads()).toHaveLength(count + 1);
    expect(await placements(skill)).toMatchObject([{ state: 'live' }]);
  });

  it('become another version of what lives there', async () => {
    const skill = await createBundle();
    const first = await published(skill);
    await changeScript(app.strapi, { alias: skill.alias, script: 'echo "[]"' });
    const second = await published(skill);
    expect(second.hostedId).toBe(first.hostedId);
    expect(second.hostedVersion).not.toBe(first.hostedVersion);
    expect((await placements(skill)).map(({ version }) => version.number).sort()).toEqual([1, 2]);
  });

  it('are published anew when the vendor has lost the skill', async () => {
    const skill = await createBundle();
    const first = await published(skill);
    peer.hosted.delete(`${first.hostedId}/${first.hostedVersion}`);
    await changeScript(app.strapi, { alias: skill.alias, script: 'echo "[]"' });
    const second = await published(skill);
    expect(second.hostedId).not.toBe(first.hostedId);
  });

  it('can be withdrawn, and published again', async () => {
    const skill = await createBundle();
    const placement = await published(skill);
    await ada.agent.delete(`/skills/placements/${placement.id}`).expect(204);
    expect(peer.hosted.has(`${placement.hostedId}/${placement.hostedVersion}`)).toBe(false);
    expect(await placements(skill)).toEqual([]);
    await published(skill);
  });

  it('stay when they cannot be withdrawn, and say why', async () => {
    const skill = await createBundle();
    const placement = await published(skill);
    peer.fail({ status: 500 });
    const response = await ada.agent.delete(`/skills/placements/${placement.id}`).expect(502);
    expect(response.body.error.details.code).toBe('unavailable');
    expect(await placements(skill)).toMatchObject([{ state: 'live', error: { code: 'unavailable' } }]);
  });

  it('are known to be missing once somebody has removed them at the vendor', async () => {
    const skill = await createBundle();
    const placement = await published(skill);
    const check = () => ada.agent.post(`/skills/placements/${placement.id}/checks`);
    expect((await check().expect(200)).body.data.state).toBe('live');
    peer.hosted.delete(`${placement.hostedId}/${placement.hostedVersion}`);
    expect((await check().expect(200)).body.data.state).toBe('missing');
    const again = await published(skill);
    expect(again.id).toBe(placement.id);
    expect(peer.hosted.has(`${again.hostedId}/${again.hostedVersion}`)).toBe(true);
  });

  it('are not called missing when the vendor cannot tell', async () => {
    const skill = await createBundle();
    const placement = await published(skill);
    peer.fail({ status: 500 });
    await ada.agent.post(`/skills/placements/${placement.id}/checks`).expect(502);
    expect(await placements(skill)).toMatchObject([{ state: 'live' }]);
  });

  it('leave a readable error when an upload fails, and can be tried again', async () => {
    const skill = await createBundle();
    peer.fail({ status: 403 });
    const response = await publish(skill);
    expect(response.status).toBe(502);
    expect(response.body.error.details.code).toBe('permission');
    const [failed] = await placements(skill);
    expect(failed).toMatchObject({ state: 'failed', hostedId: null, error: { code: 'permission' } });
    expect(failed?.error?.message).toBe('The memory peer does not allow this.');
    expect(JSON.stringify([failed, response.body])).not.toContain(SECRET);
    peer.fail(null);
    expect(await published(skill)).toMatchObject({ id: failed?.id, error: null });
  });

  it('are taken over when a server crashed while it published', async () => {
    const skill = await createBundle();
    const placement = await published(skill);
    const knex = app.strapi.db.connection;
    const row = () => knex('skills_placements').where({ id: placement.id });
    await row().update({ state: 'publishing', lease_token: 'gone', lease_until: Date.now() + 60_000 });
    expect((await publish(skill)).body.data.state).toBe('publishing');
    await row().update({ lease_until: Date.now() - 60_000 });
    await published(skill);
  });

  it('keep their connection from being deleted, until they are withdrawn', async () => {
    const skill = await createBundle();
    const other = await connect();
    const placement = await published(skill, { connection: other.id });
    const refused = await ada.agent.delete(`/skills/connections/${other.id}`).expect(409);
    expect(refused.body.error.details).toMatchObject({
      code: 'connection-in-use',
      users: [{ kind: 'placement', id: placement.id }],
    });
    await ada.agent.delete(`/skills/placements/${placement.id}`).expect(204);
    await ada.agent.delete(`/skills/connections/${other.id}`).expect(204);
  });

  it('go with a skill that is purged', async () => {
    const skill = await createBundle();
    const placement = await published(skill);
    const skills = skillsOf(app.strapi);
    await skills.setArchived([skill.id], true, serverViewer);
    await skills.purge(skill.id, serverViewer);
    await expect(placementsOf(app.strapi).get(placement.id)).rejects.toThrow('no such placement');
    const key = `${placement.hostedId}/${placement.hostedVersion}`;
    await eventually(async () => !peer.hosted.has(key));
  });

  it('run at the vendor, with the bundle named in the request', async () => {
    const skill = await createBundle();
    const start = () =>
      ada.agent.post(`/skills/skills/${skill.id}/runs`).send({ prompt: 'Do it.', execution: 'hosted' });
    const refused = await start();
    expect(refused.status).toBe(409);
    expect(refused.body.error.details.code).toBe('not-hosted');
    const placement = await published(skill);
    const response = await start();
    expect(response.body).toMatchObject({ data: { id: expect.any(String) } });
    const run = await eventually<Run>(async () => {
      const { body } = await ada.agent.get(`/skills/runs/${response.body.data.id}`);
      return body.data.finishedAt !== null && body.data;
    });
    expect(run).toMatchObject({ status: 'completed', output: { text: 'You said: Do it.' } });
    const asked = JSON.parse(peer.requests.findLast(({ url }) => url === '/chat')?.body ?? '{}');
    expect(asked.hosted).toEqual([{ id: placement.hostedId, version: placement.hostedVersion }]);
  });

  describe('refuse', () => {
    it('whoever may not manage placements', async () => {
      const skill = await createBundle();
      const reader = await app.admin(['skills.read']);
      expect((await publish(skill, {}, reader)).status).toBe(403);
      const placement = await published(skill);
      await reader.agent.delete(`/skills/placements/${placement.id}`).expect(403);
      await reader.agent.post(`/skills/placements/${placement.id}/checks`).expect(403);
      expect(await placements(skill, reader)).toEqual([placement]);
      await (
        await app.admin(['placements.manage'])
      ).agent
        .get(`/skills/skills/${skill.id}/placements`)
        .expect(403);
    });

    it("others' private skills, as if there were none", async () => {
      serial += 1;
      const owner = { type: 'admin-user', id: ada.documentId, name: 'Ada' } as const;
      const skill = await createRunnableSkill(app.strapi, {
        alias: `bundle-${serial}`,
        script: `echo ${serial}`,
        visibility: 'user',
        owner,
      });
      const placement = await published(skill);
      const other = await app.admin(['skills.read', 'placements.manage']);
      expect((await publish(skill, {}, other)).status).toBe(404);
      await other.agent.get(`/skills/skills/${skill.id}/placements`).expect(404);
      await other.agent.delete(`/skills/placements/${placement.id}`).expect(404);
      await other.agent.post(`/skills/placements/${placement.id}/checks`).expect(404);
    });

    it('what is no placement, no connection and no version', async () => {
      const skill = await createBundle();
      await ada.agent.delete('/skills/placements/nothing').expect(404);
      expect((await publish(skill, { connection: 'nothing' })).status).toBe(404);
      expect((await publish(skill, { version: 99 })).status).toBe(404);
      const invalid = await publish(skill, { version: 'first' });
      expect(invalid.status).toBe(400);
      expect(invalid.body.error.details.code).toBe('invalid-input');
    });

    it('skills that are no bundles', async () => {
      expect(kinds.ids()).toContain('provider');
      const form = { kind: 'provider', name: 'Search', skillType: 'web-search', connection: connection.id };
      const { body } = await ada.agent.post('/skills/skills').send({ ...form, description: 'Searches.' });
      const response = await publish(body.data);
      expect(response.status).toBe(400);
      expect(response.body.error.details.code).toBe('kind-unsupported');
    });
  });
});
