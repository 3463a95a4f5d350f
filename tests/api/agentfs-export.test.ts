import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { readAgentFs } from '../support/agentfs';
import { openAgentStand, type AgentStand } from '../support/agents';
import type { Caller } from '../support/callers';
import { call, prompt } from '../support/peers/conversation';
import { eventually } from '../support/runs';

// @any-database: It is about the file that is written.

describe('a run as an AgentFS database', () => {
  let stand: AgentStand;

  beforeAll(async () => {
    stand = await openAgentStand({
      scripts: {
        work: [
          {
            toolCalls: [
              call('bash', {
                command:
                  'sleep 0.2; printf "Better." > notes.md; printf "1,2" > /work/output/table.csv; echo said',
              }),
              call('read_file', { path: 'nowhere.md' }),
            ],
          },
          { text: 'There you are.' },
        ],
        hang: [{ toolCalls: [call('bash', { command: 'sleep 600' })] }],
      },
    });
    await stand.createSkill({ alias: 'worker', files: { 'notes.md': 'Old.', 'kept/data.json': '{}' } });
    await stand.ada.agent
      .put('/skills/agent-defaults')
      .send({ connection: stand.connection.id, model: null })
      .expect(200);
  });

  afterAll(() => stand.close());

  async function download(caller: Caller, path: string): Promise<Buffer> {
    const response = await fetch(`${stand.app.url}${path}`, {
      headers: { Authorization: `Bearer ${caller.token}` },
    });
    if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
    expect(response.headers.get('content-type')).toBe('application/vnd.sqlite3');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="run-.*\.agentfs\.db"$/,
    );
    return Buffer.from(await response.arrayBuffer());
  }

  const leftovers = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('skills-export-'));

  it('holds files, tool calls and what is known of it, and is read back by the SDK', async () => {
    const before = await leftovers();
    const started = await stand.start('worker', { prompt: prompt('work'), input: { n: 1 } });
    const run = await stand.ended(started.id);
    expect(run.status).toBe('completed');
    const { files, calls, values } = await readAgentFs(
      await download(stand.ada, `/skills/runs/${run.id}/export?format=agentfs`),
    );
    const texts = Object.fromEntries(
      Object.entries(files).map(([path, { content }]) => [path, content.toString()]),
    );
    expect(texts).toMatchObject({
      '/skill/SKILL.md': expect.stringContaining('name: worker') as string,
      '/skill/notes.md': 'Better.',
      '/skill/kept/data.json': '{}',
      '/output/table.csv': '1,2',
    });
    expect(calls).toMatchObject([
      {
        name: 'bash',
        status: 'success',
        parameters: { command: expect.stringContaining('printf') as string },
      },
      { name: 'read_file', status: 'error', error: expect.any(String) as string },
    ]);
    expect(String(calls[0]!.result)).toContain('said');
    expect(calls[0]!.duration_ms).toBeGreaterThanOrEqual(200);
    expect(calls[0]!.started_at).toBeLessThanOrEqual(calls[0]!.completed_at!);
    expect(values).toMatchObject({
      run: {
        id: run.id,
        status: 'completed',
        version: { number: 1 },
        model: 'gpt-4.1',
        toolCalls: run.toolCalls,
      },
      prompt: prompt('work'),
      input: { n: 1 },
      output: run.output,
      events: run.lastSeq,
    });
    await eventually(async () => (await leftovers()).length === before.length);
  });

  it('is its starter’s alone on the content API, and of those who see the skill in the backoffice', async () => {
    const agent = await stand.app.contentToken(['run.create', 'run.findOne', 'run.export']);
    const { body } = await agent.agent
      .post('/api/skills/worker/runs')
      .send({ prompt: prompt('work') })
      .expect(201);
    const { id } = body.data;
    await stand.ended(id);
    const { values } = await readAgentFs(await download(agent, `/api/skill-runs/${id}/export`));
    expect(values.run).toMatchObject({ id, origin: 'api' });
    const other = await stand.app.contentToken(['run.export']);
    await other.agent.get(`/api/skill-runs/${id}/export`).expect(404);
    const blind = await stand.app.contentToken(['run.findOne']);
    await blind.agent.get(`/api/skill-runs/${id}/export`).expect(403);
    const nobody = await stand.app.admin(['skills.read']);
    await nobody.agent.get(`/skills/runs/${id}/export`).expect(403);
    await stand.ada.agent.get('/skills/runs/none/export').expect(404);
    await stand.ada.agent.get(`/skills/runs/${id}/export?format=zip`).expect(400);
  });

  it('is made of finished runs alone, several at once', async () => {
    const running = await stand.start('worker', { prompt: prompt('hang') });
    const refused = await stand.ada.agent.get(`/skills/runs/${running.id}/export`).expect(409);
    expect(refused.body.error.details.code).toBe('run-not-ended');
    await eventually(async () =>
      (await stand.events(running.id)).some(({ payload }) => payload.type === 'tool-call'),
    );
    await stand.ada.agent.post(`/skills/runs/${running.id}/cancellation`).expect(200);
    await stand.ended(running.id);
    const path = `/skills/runs/${running.id}/export`;
    const exports = await Promise.all([1, 2, 3].map(() => download(stand.ada, path)));
    for (const database of exports) {
      const { calls, values } = await readAgentFs(database);
      expect(values.run).toMatchObject({ status: 'cancelled' });
      expect(calls[0]).toMatchObject({ name: 'bash' });
    }
    const { headers } = await stand.ada.agent.head(path);
    if (headers.etag) await stand.ada.agent.get(path).set('If-None-Match', headers.etag).expect(304);
  });
});
