import type { Actor } from 'strapi-plugin-skills-shared/contracts';
import {
  completed,
  ended,
  openAgentRuns,
  trajectory,
  until,
  waitFor,
  type Agent,
} from '../../../../../tests/support/agent-runs';
import { describeRuns } from '../../../../../tests/support/describe-runs';
import {
  eventually,
  openRuns,
  type RunsUnderTest,
  type RunsUnderTestOptions,
} from '../../../../../tests/support/runs';

const ada: Actor = { type: 'admin-user', id: 'ada', name: 'Ada' };

describeRuns('messages to agents', (stand) => {
  function server(agent: Agent, options: Partial<RunsUnderTestOptions> = {}): RunsUnderTest {
    const under = openAgentRuns(agent, { database: stand.db.database, ...options });
    stand.keep(under);
    return under;
  }

  /** Takes messages until one says so, and ends with all that it read. */
  const listening: Agent = async (host) => {
    const read: string[] = [];
    await host.emit({ type: 'text-delta', stream: 'answer', text: 'Listening.' });
    while (!read.includes('stop')) {
      for (const { text } of await host.takeMessages()) read.push(text);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return completed(read);
  };

  const send = (under: RunsUnderTest, id: string, text: string) =>
    under.runs.messages.send({ id, execution: 'agent', skillId: 'skill-1' }, text, ada);

  it('reach them once, in order, and stand in the trajectory behind what was said before', async () => {
    const under = server(listening);
    const { run } = await under.runs.start(under.request());
    const first = await send(under, run.id, 'nul \u0000, half \ud800 🎉');
    expect(first).toMatchObject({ author: ada, takenAt: null });
    under.runs.workers.start();
    await until(under, run.id, 'running');
    await send(under, run.id, 'again');
    await send(under, run.id, 'stop');
    const done = await ended(under, run.id);
    expect(done.output).toEqual(['nul \u0000, half \ud800 🎉', 'again', 'stop']);
    const messages = await under.runs.messages.list(run.id);
    expect(messages.map(({ text }) => text)).toEqual(done.output);
    expect(messages.every(({ takenAt }) => takenAt !== null)).toBe(true);
    const events = await trajectory(under, run.id);
    expect(events).toMatchObject([
      { type: 'text-delta', text: 'Listening.' },
      { type: 'message', id: first.id, author: ada },
      { type: 'message', text: 'again' },
      { type: 'message', text: 'stop' },
      { type: 'run-end' },
    ]);
  });

  it('are stored, told and read without the secrets of the environment, whenever those were set', async () => {
    const under = server(listening, { environment: { secrets: ['hunter2-hunter2'] } });
    const { run } = await under.runs.start(under.request());
    await send(under, run.id, 'Use hunter2-hunter2.');
    const stored = () => stand.db.knex('skills_run_messages').pluck('text');
    expect(await stored()).toEqual(['"Use •••."']);
    // As it was stored before the secret was.
    await stand.db.knex('skills_run_messages').update({ text: '"Use hunter2-hunter2 now."' });
    await send(under, run.id, 'stop');
    under.runs.workers.start();
    expect((await ended(under, run.id)).output).toEqual(['Use ••• now.', 'stop']);
    expect(await stored()).toContain('"Use ••• now."');
    expect(JSON.stringify(await trajectory(under, run.id))).not.toContain('hunter2');
  });

  it('are read once while many send them', async () => {
    const under = server(listening);
    under.runs.workers.start();
    const { run } = await under.runs.start(under.request());
    const texts = Array.from({ length: 30 }, (_, index) => `word ${index}`);
    await Promise.all(texts.map((text) => send(under, run.id, text)));
    await send(under, run.id, 'stop');
    const { output } = await ended(under, run.id);
    expect([...(output as string[])].sort()).toEqual([...texts, 'stop'].sort());
  });

  it('wait for a run that waits, and do not wake it', async () => {
    const under = server(async (host) => {
      if (host.saved !== undefined) return completed((await host.takeMessages()).map(({ text }) => text));
      await host.requestApprovals([{ callId: 'q', name: 'bash', input: {} }]);
      await host.save({});
      return waitFor('approval');
    });
    under.runs.workers.start();
    const { run } = await under.runs.start(under.request());
    await until(under, run.id, 'waiting');
    await send(under, run.id, 'meanwhile');
    expect((await under.runs.get(run.id)).status).toBe('waiting');
    await under.runs.approvals.decide(run.id, [{ callId: 'q', approved: true }], ada);
    expect((await ended(under, run.id)).output).toEqual(['meanwhile']);
  });

  it('are refused when nobody reads them', async () => {
    const under = server(async () => completed());
    under.runs.workers.start();
    const { run } = await under.runs.start(under.request());
    await ended(under, run.id);
    await expect(send(under, run.id, 'late')).rejects.toMatchObject({ details: { code: 'run-ended' } });
    await expect(send(under, 'nobody', 'x')).rejects.toMatchObject({ details: { code: 'run-not-found' } });

    const plain = openRuns({
      database: stand.db.database,
      executor: { execute: () => Promise.reject(new Error('never')) },
    });
    stand.keep(plain);
    const script = await plain.runs.start(plain.request());
    const sent = plain.runs.messages.send(script.run, 'Hello?', ada);
    await expect(sent).rejects.toMatchObject({ details: { code: 'run-not-steerable' } });
  });

  it('are refused while a hundred are unread', async () => {
    const under = server(listening);
    const { run } = await under.runs.start(under.request());
    for (let count = 0; count < 100; count += 1) await send(under, run.id, 'word');
    await expect(send(under, run.id, 'one more')).rejects.toMatchObject({
      details: { code: 'too-many-messages', limit: 100 },
    });
  });

  it('cost an agent that has none one query a step', async () => {
    const under = server(async (host) => {
      await host.takeMessages();
      stand.db.statements();
      await host.takeMessages();
      return completed(stand.db.statements().filter((sql) => sql.includes('skills_run_messages')).length);
    });
    under.runs.workers.start();
    const { run } = await under.runs.start(under.request());
    expect((await ended(under, run.id)).output).toBe(1);
    await eventually(() => under.errors.length === 0);
  });
});
