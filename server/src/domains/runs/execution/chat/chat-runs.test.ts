import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatEvent, ModelPrice } from 'strapi-plugin-skills-shared/provider';
import { asking, failure, finish, hanging, text, usage } from '../../../../../../tests/support/chat-answers';
import { describeRuns } from '../../../../../../tests/support/describe-runs';
import {
  eventually,
  openRuns,
  sha256,
  type RunsUnderTest,
  type RunsUnderTestOptions,
} from '../../../../../../tests/support/runs';
import {
  scriptedConnection,
  type AnswerScript,
  type ScriptedOptions,
} from '../../../../../../tests/support/scripted-connection';
import { answerOnce } from '../../../skills/kinds/provider/executor';
import { pumpChat } from '../../../skills/kinds/provider/pump-chat';
import type { Executor } from '../../../skills/kinds/kind';
import { hasEnded, type RunWithFiles } from '../../run-record';

const price: ModelPrice = { model: 'big', input: 2, output: 10, cachedInput: 1, toolCalls: { search: 0.01 } };

describeRuns('runs that a model works on', (stand) => {
  type Options = Partial<RunsUnderTestOptions> & ScriptedOptions;

  function working(script: AnswerScript, options: Options = {}) {
    const scripted = scriptedConnection(script, { defaultModel: 'big', prices: [price], ...options });
    const under = openRuns({
      database: stand.db.database,
      executor: asking,
      target: ({ model }) => ({
        execution: 'provider',
        connectionId: 'connection-1',
        model: model ?? null,
      }),
      connections: scripted.connections,
      ...options,
    });
    stand.keep(under);
    under.runs.workers.start();
    return { under, scripted };
  }

  async function ended(under: RunsUnderTest, id: string): Promise<RunWithFiles> {
    return eventually(async () => {
      const run = await under.runs.get(id);
      return hasEnded(run.status) && run;
    });
  }

  async function trajectory(under: RunsUnderTest, id: string) {
    return (await under.runs.events(id, 0, 1000)).events.map(({ payload }) => payload);
  }

  async function runOf(script: AnswerScript, options: Options = {}) {
    const { under, scripted } = working(script, options);
    const { run } = await under.runs.start(under.request({ prompt: 'Hello', input: null }));
    return { under, scripted, run: await ended(under, run.id), events: await trajectory(under, run.id) };
  }

  it('stores the answer, what happened on the way, and what it took', async () => {
    const { run, events, scripted, under } = await runOf(async function* () {
      yield { type: 'reasoning-delta', text: 'Hm.' };
      yield { type: 'tool-call', id: 'c1', name: 'search', input: { q: 'x' }, by: 'provider' };
      yield { type: 'tool-result', id: 'c1', name: 'search', output: [1], isError: false };
      yield { type: 'unheard-of' } as unknown as ChatEvent;
      yield text('It ');
      yield text('is.');
      yield { type: 'citation', citation: { url: 'https://example.com/', title: 'There' } };
      yield { type: 'citation', citation: { url: 'javascript:alert(1)', title: 'Bad' } };
      yield {
        type: 'file',
        name: '../plot.png',
        mime: 'image/png',
        open: async () =>
          (async function* () {
            yield Buffer.from('PNG');
          })(),
      };
      yield { type: 'provider-event', name: 'note', data: { a: 1 } };
      yield usage(1000, 100, { cachedInputTokens: 400, billedToolCalls: { search: 2 } });
      yield finish;
    });
    const artifact = { name: 'plot.png', mime: 'image/png', size: 3, digest: sha256('PNG') };
    const cited = [{ url: 'https://example.com/', title: 'There' }, { title: 'Bad' }];
    expect(run).toMatchObject({
      status: 'completed',
      execution: 'provider',
      isolation: 'provider',
      connection: { id: 'connection-1', name: 'Over there' },
      model: 'big',
      output: { text: 'It is.', citations: cited, finishReason: 'stop' },
      artifacts: [artifact],
      inputTokens: 1000,
      outputTokens: 100,
      toolCalls: 1,
    });
    expect(run.cost).toBeCloseTo((600 * 2 + 400 * 1 + 100 * 10) / 1e6 + 0.02, 10);
    expect(events).toEqual([
      {
        type: 'run-start',
        isolation: 'provider',
        model: 'big',
        connection: { id: 'connection-1', name: 'Over there' },
      },
      { type: 'text-delta', stream: 'reasoning', text: 'Hm.' },
      { type: 'tool-call', id: 'c1', name: 'search', input: { q: 'x' }, by: 'provider' },
      { type: 'tool-result', id: 'c1', name: 'search', output: [1], isError: false },
      { type: 'text-delta', stream: 'answer', text: 'It is.' },
      { type: 'citation', citation: cited[0] },
      { type: 'citation', citation: cited[1] },
      { type: 'artifact', artifact },
      { type: 'provider-event', name: 'note', data: { a: 1 } },
      { type: 'usage', inputTokens: 1000, outputTokens: 100 },
      { type: 'run-end', status: 'completed', error: null, durationMs: run.durationMs },
    ]);
    expect(scripted.requests).toEqual([
      { model: 'big', messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] },
    ]);
    expect(under.errors).toEqual([]);
  });

  const unknownCosts: [string, ChatEvent[]][] = [
    ['nothing was told of its usage', [text('a'), finish]],
    ['the vendor bills a tool that has no price', [usage(1, 1, { billedToolCalls: { paint: 1 } }), finish]],
    ['the answer broke off after what was told', [usage(1, 1), text('a'), failure({})]],
    ['its usage is none', [usage(NaN, 1), finish]],
  ];
  it.each(unknownCosts)('does not know the cost when %s', async (_why, events) => {
    const { run } = await runOf(() => events);
    expect(run.cost).toBeNull();
  });

  it('knows no cost of a model without a price', async () => {
    const { run } = await runOf(() => [usage(10, 5), { ...finish, model: 'x' } as ChatEvent], { prices: [] });
    expect(run).toMatchObject({ inputTokens: 10, outputTokens: 5, cost: null });
  });

  it('adds up what several requests took, and asks over one opened connection', async () => {
    const twice: Executor = {
      async execute(context) {
        const chat = await context.chat();
        const request = { messages: [] };
        await pumpChat(context, chat, request);
        await pumpChat(context, await context.chat(), request);
        return { status: 'completed', output: null };
      },
    };
    const { run, events, scripted } = await runOf(
      (_request, _signal, turn) => [usage(10 + turn, 1), finish],
      {
        executor: twice,
      },
    );
    expect(run).toMatchObject({ inputTokens: 21, outputTokens: 2 });
    expect(run.cost).toBeCloseTo((21 * 2 + 2 * 10) / 1e6, 12);
    expect(events.filter(({ type }) => type === 'usage')).toEqual([
      { type: 'usage', inputTokens: 10, outputTokens: 1 },
      { type: 'usage', inputTokens: 21, outputTokens: 2 },
    ]);
    // Once to start the run, and once to execute it.
    expect(scripted.opened()).toBe(2);
  });

  const codes = [
    'authentication',
    'permission',
    'rate-limited',
    'invalid-request',
    'unavailable',
    'timeout',
    'unsupported-feature',
    'protocol',
  ] as const;
  it.each(codes)('fails with the code %s and its sentence, keeping what it took', async (code) => {
    const { run } = await runOf(() => [text('So'), usage(7, 3), failure({ code, message: 'Said so.' })]);
    expect(run).toMatchObject({
      status: 'failed',
      error: { code, message: 'Said so.' },
      inputTokens: 7,
      outputTokens: 3,
    });
    expect(run.cost).toBeCloseTo((7 * 2 + 3 * 10) / 1e6, 12);
  });

  it('costs nothing that is known when the vendor refused', async () => {
    const { run } = await runOf(() => [failure({ code: 'authentication' })]);
    expect(run).toMatchObject({ status: 'failed', inputTokens: null, outputTokens: null, cost: null });
  });

  const broken: [string, AnswerScript][] = [
    ['ends without an end', () => [text('a')]],
    [
      'throws',
      () => {
        throw new Error('key sk-scripted-secret refused');
      },
    ],
    ['goes on after its end', () => [finish, text('more')]],
    ['ends twice', () => [finish, finish]],
    ['answers what is no event', () => ['what' as unknown as ChatEvent]],
    ['answers text that is none', () => [{ type: 'text-delta', text: 5 } as unknown as ChatEvent, finish]],
  ];
  it.each(broken)('fails with protocol when the adapter %s', async (_what, script) => {
    const { run, events } = await runOf(script);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'protocol' } });
    expect(JSON.stringify([run, events])).not.toContain('sk-scripted-secret');
  });

  it('takes the secrets of the connection out of whatever the vendor says', async () => {
    const secret = 'sk-scripted-secret';
    const { run, events } = await runOf(() => [
      text(`You sent ${secret}.`),
      { type: 'provider-event', name: 'headers', data: { authorization: [`Bearer ${secret}`] } },
      { type: 'tool-call', id: 'c', name: 'curl', input: `-H ${secret}`, by: 'provider' },
      failure({ code: 'authentication', message: `${secret} is unknown.` }),
    ]);
    expect(run.error?.code).toBe('authentication');
    expect(JSON.stringify([run, events])).not.toContain(secret);
  });

  it('ends within a second of its cancellation, in the middle of the answer, and keeps what came', async () => {
    let vendorSignal: AbortSignal | undefined;
    const { under } = working(async function* (_request, signal) {
      vendorSignal = signal;
      yield usage(5, 1);
      yield* hanging(signal);
    });
    const { run } = await under.runs.start(under.request({ prompt: 'Hello' }));
    await eventually(async () => (await trajectory(under, run.id)).some(({ type }) => type === 'text-delta'));
    const askedAt = performance.now();
    await under.runs.cancel(run.id);
    const done = await ended(under, run.id);
    expect(performance.now() - askedAt).toBeLessThan(1_000);
    expect(done).toMatchObject({
      status: 'cancelled',
      error: null,
      inputTokens: 5,
      outputTokens: 1,
      cost: null,
    });
    expect(vendorSignal?.aborted).toBe(true);
  });

  it('ends when it is cancelled, though its adapter heeds no signal', async () => {
    const { under } = working(async function* () {
      yield text('Wait');
      await new Promise(() => undefined);
    });
    const { run } = await under.runs.start(under.request({ prompt: 'Hello' }));
    await eventually(async () => (await trajectory(under, run.id)).length > 1);
    const askedAt = performance.now();
    await under.runs.cancel(run.id);
    expect((await ended(under, run.id)).status).toBe('cancelled');
    expect(performance.now() - askedAt).toBeLessThan(1_000);
  });

  it('gives up on a vendor that is silent, and ends its request', async () => {
    let vendorSignal: AbortSignal | undefined;
    const { run } = await runOf(
      (_request, signal) => {
        vendorSignal = signal;
        return hanging(signal);
      },
      { idleTimeoutMs: 100 },
    );
    expect(run).toMatchObject({ status: 'failed', error: { code: 'timeout' } });
    expect(vendorSignal?.aborted).toBe(true);
  });

  it('ends a run that models work on for too long', async () => {
    const { run } = await runOf((_request, signal) => hanging(signal), { chatTimeoutMs: 100 });
    expect(run).toMatchObject({ status: 'failed', error: { code: 'time-limit' } });
  });

  it('asks again when that is safe, and says so', async () => {
    const refusal = failure({ code: 'rate-limited', retryable: true, retryAfterMs: 5 });
    const { run, events, scripted } = await runOf((_request, _signal, turn) =>
      turn < 2 ? [refusal] : [text('Now'), usage(1, 1), finish],
    );
    expect(run).toMatchObject({ status: 'completed', output: { text: 'Now' } });
    expect(scripted.requests).toHaveLength(3);
    expect(events.filter(({ type }) => type === 'log-line')).toHaveLength(2);
  });

  it.each([
    ['three refusals', () => [failure({ retryable: true, retryAfterMs: 5 })], 3],
    ['one that is final', () => [failure({ retryable: false })], 1],
    ['one that wants an hour', () => [failure({ retryable: true, retryAfterMs: 3_600_000 })], 1],
    ['one in the middle', () => [text('a'), failure({ retryable: true, retryAfterMs: 5 })], 1],
  ])('asks no more after %s', async (_what, script, requests) => {
    const { run, scripted } = await runOf(script);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'unavailable' } });
    expect(scripted.requests).toHaveLength(requests);
  });

  it('is cancelled while it waits to ask again', async () => {
    const { under } = working(() => [failure({ retryable: true, retryAfterMs: 19_000 })]);
    const { run } = await under.runs.start(under.request({ prompt: 'Hello' }));
    await eventually(async () => (await trajectory(under, run.id)).some(({ type }) => type === 'log-line'));
    await under.runs.cancel(run.id);
    expect((await ended(under, run.id)).status).toBe('cancelled');
  });

  it('stores text that databases refuse in plain columns, and the beginning of what is endless', async () => {
    const odd = 'nul \u0000, half \ud800, snowman ☃ 🎉';
    const { run, events } = await runOf(() => [
      text(odd),
      { type: 'tool-call', id: odd, name: odd, input: { odd }, by: 'caller' },
      { type: 'tool-result', id: 'x', name: 'big', output: 'y'.repeat(200_000), isError: true },
      text('z'.repeat(100_000)),
      finish,
    ]);
    expect(run.output).toMatchObject({ text: odd + 'z'.repeat(100_000) });
    expect(events).toContainEqual({ type: 'tool-call', id: odd, name: odd, input: { odd }, by: 'run' });
    const result = events.find((event) => event.type === 'tool-result');
    expect(result).toMatchObject({ output: { truncated: true, characters: 200_002 } });
    expect(JSON.stringify(result).length).toBeLessThan(70_000);
    expect(events).toContainEqual(expect.objectContaining({ type: 'log-line', level: 'warn' }));
  });

  it('ends an answer that has no end', async () => {
    const { run } = await runOf(async function* () {
      for (;;) yield text('x'.repeat(100_000));
    });
    expect(run).toMatchObject({ status: 'failed', error: { code: 'output-limit' } });
  });

  it('fails with the code of a file that cannot be read', async () => {
    const { run } = await runOf(() => [
      { type: 'file', name: 'a', mime: 'text/plain', open: () => Promise.reject(new Error('/etc/secret')) },
      finish,
    ]);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'unavailable' } });
    expect(JSON.stringify(run)).not.toContain('/etc/secret');
  });

  it('hands a skill type its settings as its schema reads them now', async () => {
    const withSkill = (skillTypeId: string, settings = {}): Executor => ({
      execute: async (context) =>
        answerOnce(context, await context.chat(), { messages: [], skills: [{ skillTypeId, settings }] }),
    });
    const good = await runOf(() => [finish], { executor: withSkill('search') });
    expect(good.scripted.requests[0]?.skills).toEqual([
      { skillTypeId: 'search', settings: { size: 'small' } },
    ]);
    const old = await runOf(() => [finish], { executor: withSkill('search', { size: 'huge' }) });
    expect(old.run.error?.code).toBe('settings-outdated');
    const gone = await runOf(() => [finish], { executor: withSkill('paint') });
    expect(gone.run.error?.code).toBe('skill-type-missing');
  });

  it('shows the first words before the model has said the next', async () => {
    let goOn: () => void = () => undefined;
    const seen = new Promise<void>((resolve) => (goOn = resolve));
    const { under } = working(async function* () {
      yield text('First');
      await Promise.race([seen, sleep(10_000, undefined, { ref: false })]);
      yield finish;
    });
    const { run } = await under.runs.start(under.request({ prompt: 'Hello' }));
    await eventually(async () => (await trajectory(under, run.id)).some(({ type }) => type === 'text-delta'));
    goOn();
    expect((await ended(under, run.id)).status).toBe('completed');
  });
});
