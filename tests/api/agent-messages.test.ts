import type { Run, RunMessage } from 'strapi-plugin-skills-shared/contracts';
import { openAgentStand, type AgentStand } from '../support/agents';
import { call, prompt, type Transcript } from '../support/peers/conversation';
import { createRunnableSkill } from '../support/runnable-skills';
import { eventually } from '../support/runs';

const GRANTS = ['run.create', 'run.findOne', 'run.steer', 'run.findMessages', 'run.cancel'];
const untilTold = 'while [ ! -e /work/output/go ]; do sleep 0.05; done';

const scripts = {
  /** Works long enough to be told something, and says at its end what it was told. */
  told: [
    { toolCalls: [call('bash', { command: 'sleep 1.5' }, 'work')] },
    ({ said }: Transcript) => ({ text: `I was told: ${said.slice(1).join(' / ')}` }),
  ],
  hang: [{ toolCalls: [call('bash', { command: untilTold }, 'hang')] }],
};

describe('messages to an agent', () => {
  let stand: AgentStand;

  beforeAll(async () => {
    stand = await openAgentStand({ scripts });
    await stand.createSkill({ alias: 'worker' });
    await createRunnableSkill(stand.app.strapi, { alias: 'script', script: 'sleep 1; echo 1' });
  });

  afterAll(() => stand.close());

  const send = ({ id }: Pick<Run, 'id'>, text: unknown, caller = stand.ada) =>
    caller.agent.post(`/skills/runs/${id}/messages`).send({ text });

  const working = async (script: keyof typeof scripts): Promise<Run> => {
    const run = await stand.start('worker', { prompt: prompt(script) });
    await eventually(async () =>
      (await stand.events(run.id)).some(({ payload }) => payload.type === 'tool-call'),
    );
    return run;
  };

  it('enter the conversation at its next step, once', async () => {
    const run = await working('told');
    const { body } = await send(run, '  Leave the tables out.  ').expect(201);
    const author = { type: 'admin-user', id: stand.ada.documentId };
    expect(body.data).toMatchObject({ text: 'Leave the tables out.', author, takenAt: null });
    await send(run, 'And be brief.').expect(201);
    const done = await stand.ended(run.id);
    expect(JSON.stringify(done.output)).toContain('I was told: Leave the tables out. / And be brief.');
    const events = (await stand.events(run.id)).map(({ payload }) => payload);
    const at = events.findIndex(({ type }) => type === 'message');
    expect(events.slice(at - 1, at + 3)).toMatchObject([
      { type: 'tool-result' },
      { type: 'message', id: body.data.id, text: 'Leave the tables out.', author },
      { type: 'message', text: 'And be brief.' },
      { type: 'step-start', step: 2 },
    ]);
    const listed = await stand.ada.agent.get(`/skills/runs/${run.id}/messages`).expect(200);
    const messages = listed.body.data as RunMessage[];
    expect(messages.map(({ text }) => text)).toEqual(['Leave the tables out.', 'And be brief.']);
    expect(messages.every(({ takenAt }) => takenAt !== null)).toBe(true);
  });

  it('are refused empty, endless, too late, and where no agent works', async () => {
    const refused = async (run: Run, text: unknown, status: number, code: string) => {
      expect((await send(run, text).expect(status)).body.error.details.code).toBe(code);
    };
    const run = await working('hang');
    await refused(run, '   ', 400, 'invalid-input');
    await refused(run, 'x'.repeat(100_001), 400, 'invalid-input');
    await refused(run, { text: 'x' }, 400, 'invalid-input');
    await stand.ada.agent.post(`/skills/runs/${run.id}/cancellation`).expect(200);
    await stand.ended(run.id);
    await refused(run, 'Hello?', 409, 'run-ended');
    const { body } = await stand.ada.agent.post('/skills/skills/script/runs').send({}).expect(201);
    await refused(body.data, 'Hello?', 409, 'run-not-steerable');
    await stand.ended(body.data.id);
  });

  it('are for who may steer, and on the content API for who has started the run', async () => {
    const mine = await stand.app.contentToken(GRANTS);
    const others = await stand.app.contentToken(GRANTS);
    const body = { prompt: prompt('hang'), connection: stand.connection.id };
    const run = (await mine.agent.post('/api/skills/worker/runs').send(body).expect(201)).body.data as Run;
    const path = `/api/skill-runs/${run.id}/messages`;
    await mine.agent.post(path).send({ text: 'Mine.' }).expect(201);
    await others.agent.post(path).send({ text: 'Not mine.' }).expect(404);
    await others.agent.get(path).expect(404);
    const reader = await stand.app.admin(['skills.read', 'runs.read']);
    await send(run, 'x', reader).expect(403);
    const read = await reader.agent.get(`/skills/runs/${run.id}/messages`).expect(200);
    expect(read.body.data).toMatchObject([{ text: 'Mine.', author: { type: 'api-token' } }]);
    await mine.agent.post(`/api/skill-runs/${run.id}/cancellation`).expect(200);
    expect((await stand.ended(run.id)).status).toBe('cancelled');
  });
});
