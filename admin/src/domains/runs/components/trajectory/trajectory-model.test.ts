import type { RunEvent, RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import type { TrajectoryItem } from './trajectory-item';
import {
  emptyTrajectory,
  goOn,
  joinTrajectories,
  trajectoryOf,
  type TrajectoryModel,
} from './trajectory-model';

const by = { type: 'admin-user', id: '1', name: 'Kim' } as const;
const events = (payloads: RunEventPayload[], from = 1): RunEvent[] =>
  payloads.map((payload, index) => ({
    runId: 'r',
    seq: from + index,
    at: new Date(1_767_225_600_000 + (from + index) * 1000).toISOString(),
    payload,
  }));
const text = (stream: 'answer' | 'reasoning' | 'stdout', value: string): RunEventPayload => ({
  type: 'text-delta',
  stream,
  text: value,
});
const call = (id: string, name = 'bash'): RunEventPayload => ({
  type: 'tool-call',
  id,
  name,
  input: { command: id },
  by: 'run',
});
const result = (id: string, output: unknown = 'done'): RunEventPayload => ({
  type: 'tool-result',
  id,
  name: 'bash',
  output,
  isError: false,
});
const cite = (url: string, quote?: string): RunEventPayload => ({
  type: 'citation',
  citation: { url, title: 'T', ...(quote === undefined ? {} : { quote }) },
});
const usage: RunEventPayload = { type: 'usage', inputTokens: 1, outputTokens: 1 };

/** A run with everything in it, parts of calls far from one another. */
const everything = events([
  { type: 'run-start', isolation: 'bubblewrap', model: 'm' },
  { type: 'step-start', step: 1 },
  text('reasoning', 'I '),
  text('reasoning', 'think.'),
  { type: 'skill-load', alias: 'a', version: 2 },
  text('answer', 'First '),
  usage,
  text('answer', 'I look'),
  cite('https://a.example', 'q1'),
  text('answer', '.\n'),
  cite('https://a.example', 'q2'),
  call('1'),
  call('2'),
  call('3', 'skill_call'),
  { type: 'approval-request', callId: '2', name: 'bash', input: { command: '2' } },
  result('1'),
  { type: 'child-run', callId: '3', runId: 'child', alias: 'b' },
  text('stdout', 'line'),
  result('3', 'child’s'),
  text('stdout', ' goes on\n'),
  { type: 'run-wait', reason: 'approval', until: '2026-01-02T00:00:00.000Z' },
  { type: 'approval', callId: '2', approved: true, note: 'ok', by },
  { type: 'run-resume' },
  { type: 'file-load', alias: 'a', path: 'x.md' },
  result('2'),
  { type: 'message', id: 'm1', text: 'Faster!', author: by },
  { type: 'step-start', step: 2 },
  { type: 'provider-event', name: 'x', data: null },
  text('answer', ''),
  text('answer', 'Done.'),
  { type: 'artifact', artifact: { name: 'a.txt', mime: 'text/plain', size: 1, digest: 'd' } },
  { type: 'log-line', level: 'warn', message: 'careful' },
  { type: 'files-change', added: 1, modified: 0, removed: 0 },
  usage,
  { type: 'run-end', status: 'completed', error: null, durationMs: 5 },
]);

const brief = ({ items }: TrajectoryModel) =>
  items.map((item: TrajectoryItem) =>
    item.kind === 'text'
      ? `${item.stream}:${item.text}`
      : item.kind === 'tool'
        ? `tool:${item.callId}`
        : item.kind,
  );

describe('a trajectory', () => {
  it('tells what the run did in its order, each call with all that became of it', () => {
    const whole = trajectoryOf(everything);
    expect(brief(whole)).toEqual([
      'step',
      'reasoning:I think.',
      'skill-load',
      'answer:First I look.\n',
      'tool:1',
      'tool:2',
      'tool:3',
      'stdout:line goes on\n',
      'wait',
      'resume',
      'file-load',
      'message',
      'step',
      'answer:Done.',
      'artifact',
      'log',
      'changes',
      'end',
    ]);
    expect(whole.items[5]).toMatchObject({
      name: 'bash',
      call: { input: { command: '2' } },
      request: { input: { command: '2' } },
      decision: { approved: true, note: 'ok', by },
      result: { output: 'done', isError: false },
      from: 13,
      to: 25,
    });
    expect(whole.items[6]).toMatchObject({
      child: { runId: 'child', alias: 'b' },
      result: { output: 'child’s' },
    });
    expect(whole.items[3]).toMatchObject({
      sources: [{ url: 'https://a.example', title: 'T', quotes: ['q1', 'q2'] }],
    });
  });

  it('is the same wherever its events are cut in two', () => {
    const whole = trajectoryOf(everything);
    for (let cut = 0; cut <= everything.length; cut += 1) {
      const [earlier, later] = [everything.slice(0, cut), everything.slice(cut)].map(trajectoryOf);
      expect(joinTrajectories(earlier!, later!)).toEqual(whole);
    }
  });

  it('is the same wherever its events are cut in three, and whichever two are joined first', () => {
    const whole = trajectoryOf(everything);
    for (let one = 0; one <= everything.length; one += 1) {
      for (let two = one; two <= everything.length; two += 1) {
        const [a, b, c] = [everything.slice(0, one), everything.slice(one, two), everything.slice(two)].map(
          trajectoryOf,
        ) as [TrajectoryModel, TrajectoryModel, TrajectoryModel];
        expect(joinTrajectories(joinTrajectories(a, b), c)).toEqual(whole);
        expect(joinTrajectories(a, joinTrajectories(b, c))).toEqual(whole);
      }
    }
  });

  it('is the same event by event, from either end', () => {
    const whole = trajectoryOf(everything);
    const one = (event: RunEvent) => trajectoryOf([event]);
    expect(everything.reduce((sum, event) => joinTrajectories(sum, one(event)), emptyTrajectory)).toEqual(
      whole,
    );
    expect(
      everything.reduceRight((sum, event) => joinTrajectories(one(event), sum), emptyTrajectory),
    ).toEqual(whole);
  });

  it('grows with its window at both ends, and follows when the window moves', () => {
    const part = (from: number, to: number) => everything.slice(from, to);
    const windows = [
      part(10, 20),
      part(8, 20),
      part(8, 30),
      part(2, 35),
      part(12, 35),
      part(0, 12),
      part(0, 35),
      [],
      part(4, 9),
    ];
    let known = { events: [] as readonly RunEvent[], model: emptyTrajectory };
    for (const window of windows) {
      known = { events: window, model: goOn(known, window) };
      expect(known.model).toEqual(trajectoryOf(window));
    }
  });

  it('keeps what it has of a call whose beginning is not read', () => {
    const items = trajectoryOf(events([result('9', 'late'), text('answer', 'x')], 500)).items;
    expect(items[0]).toMatchObject({ kind: 'tool', callId: '9', name: 'bash', result: { output: 'late' } });
    expect(items[0]).not.toHaveProperty('call');
  });

  it('gives a result to the newest of calls that share an id', () => {
    const { items } = trajectoryOf(events([call('1'), result('1', 'a'), call('1'), result('1', 'b')]));
    expect(items.map((item) => item.kind === 'tool' && item.result?.output)).toEqual(['a', 'b']);
  });

  it('passes over what it does not know', () => {
    const unknown = { type: 'of-tomorrow', data: 1 } as unknown as RunEventPayload;
    expect(brief(trajectoryOf(events([text('answer', 'a'), unknown, text('answer', 'b')])))).toEqual([
      'answer:ab',
    ]);
  });

  it('leaves items that nothing was added to as they are, so that they need not be drawn again', () => {
    const earlier = trajectoryOf(everything.slice(0, 20));
    const joined = joinTrajectories(earlier, trajectoryOf(everything.slice(20)));
    expect(joined.items[1]).toBe(earlier.items[1]);
  });

  it('does not grow slow with a stranger’s thousands of results without a call', () => {
    const many = events(Array.from({ length: 20_000 }, (_, index) => result(`x${index}`)));
    const half = joinTrajectories(trajectoryOf(many.slice(0, 10_000)), trajectoryOf(many.slice(10_000)));
    expect(half.items).toHaveLength(20_000);
  });
});
