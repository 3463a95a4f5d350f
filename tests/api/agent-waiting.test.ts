import type { Run, RunApproval } from 'strapi-plugin-skills-shared/contracts';
import { agentConfig, openAgentStand, type AgentStand } from '../support/agents';
import type { Caller } from '../support/callers';
import { call, prompt, type Transcript } from '../support/peers/conversation';
import { eventually } from '../support/runs';
import { bootStrapi, createTestDatabase, type BootedStrapi, type TestDatabase } from '../support/strapi';

const last = ({ results }: Transcript) => ({ text: `It says: ${results.at(-1)}` });
const write = call('write_file', { path: '/work/skill/kept.md', content: 'Kept.\n' }, 'write');
const read = call('bash', { command: 'cat kept.md' }, 'read');

const scripts = {
  /** Writes a file, then asks before it reads it. */
  careful: [{ toolCalls: [write] }, { toolCalls: [read] }, last],
  /** Asks about two calls at once. */
  twice: [{ toolCalls: [write] }, { toolCalls: [read, call('bash', { command: 'ls' }, 'list')] }, last],
};

const GRANTS = ['run.create', 'run.findOne', 'run.findApprovals', 'run.decide', 'run.cancel'];

describe('an agent that waits for a person', () => {
  let database: TestDatabase;
  let stand: AgentStand;
  /** The one that is up now. */
  let app: BootedStrapi;

  beforeAll(async () => {
    database = await createTestDatabase();
    stand = await openAgentStand({ scripts, database });
    app = stand.app;
    await stand.createSkill({ alias: 'keeper' });
  });

  afterAll(async () => {
    await app.destroy();
    await stand.peer.close();
    await database.drop();
  });

  const waiting = async (script: keyof typeof scripts = 'careful'): Promise<Run> => {
    const run = await stand.start('keeper', { prompt: prompt(script), approval: ['bash'] });
    return stand.until(run.id, 'waiting', 'failed', 'completed');
  };

  const approvalsOf = async ({ id }: Run): Promise<RunApproval[]> =>
    (await stand.ada.agent.get(`/skills/runs/${id}/approvals`).expect(200)).body.data;

  const decide = ({ id }: Pick<Run, 'id'>, decisions: object[], caller: Caller = stand.ada) =>
    caller.agent.post(`/skills/runs/${id}/approvals`).send({ decisions });

  it('goes on with its files and its conversation when the call is approved', async () => {
    const run = await waiting();
    expect(run).toMatchObject({
      status: 'waiting',
      error: null,
      approval: ['bash'],
      waiting: { reason: 'approval' },
    });
    expect(await approvalsOf(run)).toMatchObject([
      { callId: 'read', name: 'bash', input: { command: 'cat kept.md' }, approved: null, decidedBy: null },
    ]);
    const answer = await decide(run, [{ callId: 'read', approved: true, note: ' Fine. ' }]).expect(200);
    const by = { type: 'admin-user', id: stand.ada.documentId };
    expect(answer.body.data).toMatchObject([
      { callId: 'read', approved: true, note: 'Fine.', decidedBy: by },
    ]);
    const done = await stand.ended(run.id);
    expect(done).toMatchObject({ status: 'completed', error: null, waiting: null });
    expect(JSON.stringify(done.output)).toContain('Kept.');
    const events = (await stand.events(run.id)).map(({ payload }) => payload);
    const resumed = events.findIndex(({ type }) => type === 'run-resume');
    expect(events.slice(resumed - 3, resumed + 1)).toMatchObject([
      { type: 'approval-request', callId: 'read', name: 'bash' },
      { type: 'run-wait', reason: 'approval', until: run.waiting?.until },
      { type: 'approval', callId: 'read', approved: true, by },
      { type: 'run-resume' },
    ]);
    expect(events.filter(({ type }) => type === 'tool-call')).toHaveLength(2);
    expect(events.filter(({ type }) => type === 'tool-result')).toHaveLength(2);
  });

  it('is told what was refused, and why, and goes on with the rest', async () => {
    const run = await waiting('twice');
    await decide(run, [{ callId: 'read', approved: true }]).expect(200);
    expect((await stand.read(run.id)).status).toBe('waiting');
    await decide(run, [{ callId: 'list', approved: false, note: 'Not your business.' }]).expect(200);
    const done = await stand.ended(run.id);
    expect(done.status).toBe('completed');
    expect(JSON.stringify(done.output)).toContain('Not your business.');
    const failed = (await stand.events(run.id)).flatMap(({ payload }) =>
      payload.type === 'tool-result' && payload.isError ? [payload.id] : [],
    );
    expect(failed).toEqual(['list']);
  });

  it('refuses decisions that nobody asked for, that contradict, and that come too late', async () => {
    const run = await waiting();
    const refused = async (status: number, code: string, ...decisions: object[]) => {
      const { body } = await decide(run, decisions).expect(status);
      expect(body.error.details.code).toBe(code);
    };
    await refused(404, 'approval-not-found', { callId: 'nothing', approved: true });
    await refused(400, 'invalid-input');
    await refused(400, 'invalid-input', { callId: 'read', approved: 'yes' });
    expect(await approvalsOf(run)).toMatchObject([{ approved: null }]);
    await stand.ada.agent.post(`/skills/runs/${run.id}/cancellation`).expect(200);
    expect(await stand.read(run.id)).toMatchObject({ status: 'cancelled', waiting: null });
    await refused(409, 'run-ended', { callId: 'read', approved: true });
  });

  it('lets decide who may, and tells others nothing', async () => {
    const run = await waiting();
    const reader = await stand.app.admin(['skills.read', 'runs.read']);
    await reader.agent.get(`/skills/runs/${run.id}/approvals`).expect(200);
    await decide(run, [{ callId: 'read', approved: true }], reader).expect(403);
    const approver = await stand.app.admin(['skills.read', 'runs.approve']);
    await approver.agent.get(`/skills/runs/${run.id}/approvals`).expect(403);
    await decide(run, [{ callId: 'read', approved: true }], approver).expect(200);
    expect((await stand.ended(run.id)).status).toBe('completed');
    await decide({ id: 'nothing' }, [{ callId: 'read', approved: true }], approver).expect(404);
  });

  it('waits for its own starter on the content API', async () => {
    const mine = await stand.app.contentToken(GRANTS);
    const others = await stand.app.contentToken(GRANTS);
    const body = { prompt: prompt('careful'), approval: ['bash'], connection: stand.connection.id };
    const started = await mine.agent.post('/api/skills/keeper/runs').send(body).expect(201);
    const { id } = started.body.data as Run;
    await stand.until(id, 'waiting');
    const path = `/api/skill-runs/${id}/approvals`;
    const decisions = [{ callId: 'read', approved: true }];
    await others.agent.get(path).expect(404);
    await others.agent.post(path).send({ decisions }).expect(404);
    expect((await mine.agent.get(path).expect(200)).body.data).toMatchObject([{ callId: 'read' }]);
    await mine.agent.post(path).send({ decisions }).expect(200);
    await mine.agent.post(path).send({ decisions }).expect(200);
    expect((await stand.ended(id)).status).toBe('completed');
  });

  it('goes on after a restart, once', async () => {
    const run = await waiting();
    await app.destroy();
    app = await bootStrapi({ config: agentConfig, database });
    const ada = await app.admin();
    const again = async (): Promise<Run> =>
      (await ada.agent.get(`/skills/runs/${run.id}`).expect(200)).body.data;
    expect((await again()).status).toBe('waiting');
    const decision = { callId: 'read', approved: true };
    await Promise.all([1, 2, 3].map(() => decide(run, [decision], ada).expect(200)));
    const done = await eventually(async () => {
      const now = await again();
      return now.finishedAt !== null && now;
    });
    expect(done.status).toBe('completed');
    expect(JSON.stringify(done.output)).toContain('Kept.');
    const { body } = await ada.agent.get(`/skills/runs/${run.id}/events?limit=1000`).expect(200);
    const types = (body.data as { payload: { type: string } }[]).map(({ payload }) => payload.type);
    expect(types.filter((type) => type === 'run-resume')).toHaveLength(1);
    expect(types.filter((type) => type === 'tool-call')).toHaveLength(2);
  });
});
