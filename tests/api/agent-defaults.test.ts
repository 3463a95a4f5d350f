import type { Connection, Run, Skill } from 'strapi-plugin-skills-shared/contracts';
import { openAgentStand, type AgentStand } from '../support/agents';
import { createConnection } from '../support/connections';
import { prompt } from '../support/peers/conversation';

describe('what agents work over', () => {
  let stand: AgentStand;
  let second: Connection;
  let skillId: string;

  beforeAll(async () => {
    const priced = { provider: 'openai', model: 'gpt-4.1', input: 1, output: 1 };
    stand = await openAgentStand({ scripts: { hello: [{ text: 'Hello.' }] }, config: { prices: [priced] } });
    const settings = { ...stand.peer.settings, apiKey: 'sk-test', defaultModel: 'gpt-4.1-mini' };
    second = await createConnection(stand.app.strapi, { provider: 'openai', name: 'Second', settings });
    skillId = await stand.createSkill({ alias: 'greeter' });
  });
  afterAll(() => stand.close());

  const get = async <Data>(path: string): Promise<Data> =>
    (await stand.ada.agent.get(`/skills${path}`).expect(200)).body.data;
  const setDefaults = (body: object) => stand.ada.agent.put('/skills/agent-defaults').send(body);
  const start = (body: object) =>
    stand.ada.agent.post('/skills/skills/greeter/runs').send({ prompt: prompt('hello'), ...body });
  async function setSkills(agent: object) {
    const { revision } = await get<Skill>(`/skills/${skillId}`);
    return stand.ada.agent.patch(`/skills/skills/${skillId}`).send({ revision, agent });
  }
  const ended = async (body: object): Promise<Run> =>
    stand.ended((await start(body).expect(201)).body.data.id);

  afterEach(async () => {
    await setDefaults({ connection: null, model: null }).expect(200);
    expect((await setSkills({ connection: null, model: null })).status).toBe(200);
  });

  it('is nothing at first, and a run says what it lacks', async () => {
    expect(await get('/agent-defaults')).toEqual({ connection: null, model: null });
    expect(await get<Skill>(`/skills/${skillId}`)).toMatchObject({
      agent: { connection: null, model: null },
    });
    const refused = await start({}).expect(400);
    expect(refused.body.error.details).toMatchObject({ code: 'connection-required', path: ['connection'] });
  });

  it("is the request's, else the skill's, else the plugin's", async () => {
    await setDefaults({ connection: second.alias, model: null }).expect(200);
    expect(await get('/agent-defaults')).toEqual({
      connection: { id: second.id, name: 'Second', active: true },
      model: null,
    });
    expect(await ended({})).toMatchObject({ connection: { id: second.id }, model: 'gpt-4.1-mini' });
    const chosen = await setSkills({ connection: stand.connection.id, model: 'gpt-4.1-nano' });
    expect(chosen.body.data.agent).toMatchObject({
      connection: { id: stand.connection.id },
      model: 'gpt-4.1-nano',
    });
    expect(await ended({})).toMatchObject({ connection: { id: stand.connection.id }, model: 'gpt-4.1-nano' });
    expect(await ended({ connection: second.id, model: 'gpt-5' })).toMatchObject({
      status: 'completed',
      connection: { id: second.id },
      model: 'gpt-5',
    });
  });

  it('may be chosen by agents from outside too', async () => {
    const { agent } = await stand.app.contentToken(['run.create', 'run.findOne']);
    const response = await agent
      .post('/api/skills/greeter/runs')
      .send({ prompt: prompt('hello'), connection: second.alias })
      .expect(201);
    expect(await stand.ended(response.body.data.id)).toMatchObject({
      status: 'completed',
      connection: { id: second.id },
      output: { text: 'Hello.' },
    });
  });

  it('is in use, and is not deleted', async () => {
    const settings = { ...stand.peer.settings, apiKey: 'sk-test' };
    const { id } = await createConnection(stand.app.strapi, { provider: 'openai', name: 'Third', settings });
    await setDefaults({ connection: id, model: 'gpt-4.1' }).expect(200);
    expect((await setSkills({ connection: id, model: null })).status).toBe(200);
    const users = await get<{ kind: string; id: string }[]>(`/connections/${id}/users`);
    expect(users.map((user) => [user.kind, user.id])).toEqual([
      ['skill', skillId],
      ['agent-defaults', 'agent-defaults'],
    ]);
    const refused = await stand.ada.agent.delete(`/skills/connections/${id}`).expect(409);
    expect(refused.body.error.details).toMatchObject({ code: 'connection-in-use' });
    await setDefaults({ connection: null, model: null }).expect(200);
    expect((await setSkills({ connection: null, model: null })).status).toBe(200);
    await stand.ada.agent.delete(`/skills/connections/${id}`).expect(204);
  });

  it.each([
    ['no connection', { connection: 'nobody', model: null }, 404, 'connection-not-found'],
    ['a model of no connection', { connection: null, model: 'gpt-4.1' }, 400, 'connection-required'],
    ['what is no id of a model', { connection: null, model: 'a\u0000' }, 400, 'invalid-input'],
  ])('is refused when it names %s', async (_what, body, status, code) => {
    for (const response of [await setDefaults(body), await setSkills(body)]) {
      expect([response.status, response.body.error.details.code]).toEqual([status, code]);
    }
  });

  it('must have a price where the cost is limited', async () => {
    const budget = { cost: 1 };
    const refused = await start({ connection: second.id, model: 'gpt-unpriced', budget }).expect(400);
    expect(refused.body.error.details).toMatchObject({ code: 'cost-unknown', path: ['budget', 'cost'] });
    const run = await ended({ connection: second.id, model: 'gpt-4.1', budget });
    expect(run).toMatchObject({ status: 'completed', budget: { cost: 1 } });
    expect(run.cost).toBeGreaterThan(0);
  });
});
