import type { Run, RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import { serverViewer, skillsOf } from '../../server/src/domains/skills';
import { openAgentStand, type AgentStand } from '../support/agents';
import { call, prompt, type Transcript } from '../support/peers/conversation';
import { createRunnableSkill } from '../support/runnable-skills';
import { eventually } from '../support/runs';

const said = ({ results }: Transcript) => ({ text: results.join(' | ') });
const callSkill = (skill: string, script: string, id: string) =>
  call('skill_call', { skill, prompt: prompt(script) }, id);

const scripts = {
  /** Calls an agent, a script and nobody, all at once. */
  team: [
    {
      toolCalls: [
        callSkill('helper', 'help', 'to-helper'),
        call('skill_call', { skill: 'adder', input: { n: 1 } }, 'to-adder'),
        call('skill_call', { skill: 'stranger', prompt: 'x' }, 'to-stranger'),
      ],
    },
    said,
  ],
  help: [{ text: 'Helped.' }],
  pair: [{ toolCalls: [callSkill('helper', 'help', 'one'), callSkill('helper', 'help', 'two')] }, said],
  nested: [{ toolCalls: [callSkill('helper', 'ask', 'to-helper')] }, said],
  ask: [{ toolCalls: [call('bash', { command: 'echo asked' }, 'ask')] }, said],
  hanging: [{ toolCalls: [callSkill('helper', 'hang', 'to-helper')] }, said],
  hang: [{ toolCalls: [call('bash', { command: 'sleep 600' }, 'hang')] }],
};

describe('an agent that calls skills', () => {
  let stand: AgentStand;

  beforeAll(async () => {
    stand = await openAgentStand({ scripts });
    for (const alias of ['leader', 'helper']) await stand.createSkill({ alias });
    await stand.createSkill({ alias: 'draft', published: false });
    await createRunnableSkill(stand.app.strapi, { alias: 'adder', script: 'echo \'{"sum": 3}\'' });
  });

  afterAll(() => stand.close());

  const start = (script: keyof typeof scripts, body: object = {}): Promise<Run> =>
    stand.start('leader', { prompt: prompt(script), skills: ['helper', 'adder'], ...body });

  const childrenOf = async ({ id }: Run): Promise<Run[]> =>
    (await stand.ada.agent.get(`/skills/runs?parent=${id}`).expect(200)).body.data;

  const payloadsOf = async <Type extends RunEventPayload['type']>({ id }: Run, type: Type) =>
    (await stand.events(id))
      .map(({ payload }) => payload)
      .filter((payload): payload is Extract<RunEventPayload, { type: Type }> => payload.type === type);

  it('starts them as runs of their own, whatever their kind of execution', async () => {
    const run = await stand.ended((await start('team')).id);
    expect(run.error).toBeNull();
    const text = JSON.stringify(run.output);
    expect(text).toContain('Helped.');
    expect(text).toContain('sum');
    expect(text).toContain('There is no further skill');
    expect(run.skills).toMatchObject([
      { alias: 'helper', version: { number: 1 }, used: true },
      { alias: 'adder', used: true },
    ]);
    const children = await childrenOf(run);
    expect(children.map(({ skill, execution, status }) => [skill?.alias, execution, status]).sort()).toEqual([
      ['adder', 'sandbox', 'completed'],
      ['helper', 'agent', 'completed'],
    ]);
    const helper = children.find(({ skill }) => skill?.alias === 'helper');
    expect(helper).toMatchObject({
      parent: { runId: run.id, callId: 'to-helper' },
      depth: 1,
      startedBy: run.startedBy,
      connection: { id: stand.connection.id },
    });
    const told = await payloadsOf(run, 'child-run');
    expect(told.map(({ alias }) => alias).sort()).toEqual(['adder', 'helper']);
    expect(told.map(({ runId }) => runId).sort()).toEqual(children.map(({ id }) => id).sort());
    const { body } = await stand.ada.agent.get('/skills/runs?parent=none&pageSize=100').expect(200);
    const listed = (body.data as Run[]).map(({ id }) => id);
    expect(listed).toContain(run.id);
    expect(listed).not.toContain(helper?.id);
  });

  it('divides its budget among those that it calls at once', async () => {
    const run = await stand.ended((await start('pair', { budget: { tokens: 10_000 } })).id);
    expect(run.status).toBe('completed');
    const given = (await childrenOf(run)).map(({ budget }) => budget?.tokens ?? 0);
    expect(given).toHaveLength(2);
    for (const tokens of given) expect(tokens).toBeGreaterThan(4_000);
    expect((given[0] ?? 0) + (given[1] ?? 0)).toBeLessThanOrEqual(10_000);
  });

  it('waits while one of them waits for a person', async () => {
    const run = await start('nested', { approval: ['bash'] });
    expect(await stand.until(run.id, 'waiting')).toMatchObject({ waiting: { reason: 'child-runs' } });
    const [child] = await childrenOf(run);
    expect(child).toMatchObject({ status: 'waiting', waiting: { reason: 'approval' } });
    const decisions = [{ callId: 'ask', approved: true }];
    await stand.ada.agent.post(`/skills/runs/${child?.id}/approvals`).send({ decisions }).expect(200);
    const done = await stand.ended(run.id);
    expect(done.status).toBe('completed');
    expect(JSON.stringify(done.output)).toContain('asked');
    expect(await payloadsOf(run, 'child-run')).toHaveLength(1);
  });

  it('takes them along when it is cancelled', async () => {
    const run = await start('hanging');
    const child = await eventually(async () => {
      const [first] = await childrenOf(run);
      const calls = first ? await payloadsOf(first, 'tool-call') : [];
      return calls.length > 0 && first;
    });
    await stand.ada.agent.post(`/skills/runs/${run.id}/cancellation`).expect(200);
    expect((await stand.ended(run.id)).status).toBe('cancelled');
    expect((await stand.ended(child.id)).status).toBe('cancelled');
  });

  it('may not call what was taken from its caller since', async () => {
    const agent = await stand.app.contentToken(['run.create', 'run.findOne', 'run.decide']);
    const body = {
      prompt: prompt('nested'),
      skills: ['helper'],
      approval: ['skill_call'],
      connection: stand.connection.id,
    };
    const { id } = (await agent.agent.post('/api/skills/leader/runs').send(body).expect(201)).body.data;
    await stand.until(id, 'waiting');
    const helper = await skillsOf(stand.app.strapi).get('helper', serverViewer);
    await skillsOf(stand.app.strapi).setActive([helper.id], false, serverViewer);
    const decisions = [{ callId: 'to-helper', approved: true }];
    await agent.agent.post(`/api/skill-runs/${id}/approvals`).send({ decisions }).expect(200);
    const done = await stand.ended(id);
    await skillsOf(stand.app.strapi).setActive([helper.id], true, serverViewer);
    expect(JSON.stringify(done.output)).toContain('skill-not-found');
    expect(await childrenOf(done)).toEqual([]);
  });

  describe('is refused', () => {
    const refused = async (path: string, body: object, status: number, code: string, at: unknown) => {
      const request = { prompt: prompt('help'), connection: stand.connection.id, ...body };
      const { body: answer } = await stand.ada.agent.post(path).send(request).expect(status);
      expect(answer.error.details).toMatchObject({ code, path: at });
    };

    it('further skills that its caller does not see, or that cannot be run', async () => {
      const path = '/skills/skills/leader/runs';
      await refused(path, { skills: ['helper', 'nobody'] }, 404, 'skill-not-found', ['skills', 1]);
      const agent = await stand.app.contentToken(['run.create']);
      const body = { prompt: prompt('help'), skills: ['draft'], connection: stand.connection.id };
      const { body: answer } = await agent.agent.post('/api/skills/leader/runs').send(body).expect(404);
      expect(answer.error.details).toMatchObject({ code: 'skill-not-found', path: ['skills', 0] });
    });

    it('what only agents are told, where the run is none', async () => {
      const path = '/skills/skills/adder/runs';
      const script = { prompt: undefined, connection: undefined };
      await refused(path, { ...script, skills: ['helper'] }, 400, 'skills-unused', ['skills']);
      await refused(path, { ...script, budget: { steps: 1 } }, 400, 'budget-unused', ['budget']);
      await refused(path, { ...script, approval: ['bash'] }, 400, 'approval-unused', ['approval']);
    });
  });

  it('has each further skill once, and not its own', async () => {
    const run = await start('help', { skills: ['helper', 'leader', 'helper', 'draft'] });
    expect(run.skills.map(({ alias }) => alias)).toEqual(['helper', 'draft']);
    expect(run.budget).toMatchObject({ steps: 100, cost: null });
    await stand.ended(run.id);
    const small = await start('help', { budget: { steps: 2, tokens: 1_000_000_000 } });
    expect(small.budget).toMatchObject({ steps: 2, tokens: 2_000_000 });
    await stand.ended(small.id);
  });

  it('repeats nothing that an idempotency key names, and refuses it for other skills', async () => {
    const ask = (body: object) =>
      stand.ada.agent
        .post('/skills/skills/leader/runs')
        .set('Idempotency-Key', 'once')
        .send({ prompt: prompt('help'), connection: stand.connection.id, ...body });
    const first = await ask({ skills: ['helper'] }).expect(201);
    expect((await ask({ skills: ['helper'] }).expect(201)).body.data.id).toBe(first.body.data.id);
    for (const body of [{}, { skills: ['adder'] }, { skills: ['helper'], budget: { steps: 1 } }]) {
      expect((await ask(body).expect(409)).body.error.details.code).toBe('idempotency-key-reused');
    }
    await stand.ended(first.body.data.id);
  });
});
