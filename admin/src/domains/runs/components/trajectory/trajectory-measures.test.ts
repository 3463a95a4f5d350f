import type { RunEvent, RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import { emptyTrajectory, joinTrajectories, trajectoryOf } from './trajectory-model';
import { measuresOf } from './trajectory-measures';

/** Events at these seconds, numbered from 1. */
const events = (...told: [second: number, payload: RunEventPayload][]): RunEvent[] =>
  told.map(([second, payload], index) => ({
    runId: 'r',
    seq: index + 1,
    at: new Date(1_767_225_600_000 + second * 1000).toISOString(),
    payload,
  }));
const step = (number: number): RunEventPayload => ({ type: 'step-start', step: number });
const usage = (inputTokens: number, outputTokens: number): RunEventPayload => ({
  type: 'usage',
  inputTokens,
  outputTokens,
});
const call = (id: string, name = 'bash', by: 'run' | 'provider' = 'run'): RunEventPayload => ({
  type: 'tool-call',
  id,
  name,
  input: {},
  by,
});
const result = (id: string, name = 'bash'): RunEventPayload => ({
  type: 'tool-result',
  id,
  name,
  output: '',
  isError: false,
});
const end: RunEventPayload = { type: 'run-end', status: 'completed', error: null, durationMs: 1 };
const wait: RunEventPayload = { type: 'run-wait', reason: 'approval', until: '2026-01-02T00:00:00.000Z' };
const resume: RunEventPayload = { type: 'run-resume' };

const run = events(
  [0, step(1)],
  [1, call('a')],
  [2, usage(100, 10)],
  [4, result('a')],
  [5, step(2)],
  [6, usage(150, 15)],
  [7, usage(250, 30)],
  [7, call('b')],
  [8, wait],
  [108, resume],
  [109, result('b')],
  [110, step(3)],
  [111, usage(400, 70)],
  [112, end],
);

describe('what the steps of a run took', () => {
  it('is the time from one to the next without waiting, and what each adds to the run’s tokens', () => {
    expect([...measuresOf(run).steps]).toEqual([
      [1, { ms: 5000, inputTokens: 100, outputTokens: 10 }],
      [5, { ms: 5000, inputTokens: 150, outputTokens: 20 }],
      [12, { ms: 2000, inputTokens: 150, outputTokens: 40 }],
    ]);
  });

  it('is not known of a step whose beginning is not read, nor its end', () => {
    const part = run.slice(1, 13);
    expect([...measuresOf(part).steps]).toEqual([
      [5, { ms: 5000, inputTokens: 150, outputTokens: 20 }],
      [12, { inputTokens: 150, outputTokens: 40 }],
    ]);
  });

  it('leaves out the tokens of a step when the total before it is not known', () => {
    expect([...measuresOf(run.slice(4)).steps]).toEqual([
      [5, { ms: 5000 }],
      [12, { ms: 2000, inputTokens: 150, outputTokens: 40 }],
    ]);
    const untold = events(
      [0, step(1)],
      [1, usage(9, 9)],
      [2, step(2)],
      [3, step(3)],
      [4, usage(20, 20)],
      [5, end],
    );
    expect([...measuresOf(untold).steps]).toEqual([
      [1, { ms: 2000, inputTokens: 9, outputTokens: 9 }],
      [3, { ms: 1000 }],
      [4, { ms: 2000 }],
    ]);
  });

  it('is what the run took where there is but one, and not told again', () => {
    expect(measuresOf(run.slice(0, 4)).steps.size).toBe(0);
  });

  it('is the same wherever its events are cut in two', () => {
    const whole = measuresOf(trajectoryOf(run).measured);
    for (let cut = 0; cut <= run.length; cut += 1) {
      const [earlier, later] = [run.slice(0, cut), run.slice(cut)].map(trajectoryOf);
      expect(
        measuresOf(joinTrajectories(earlier ?? emptyTrajectory, later ?? emptyTrajectory).measured),
      ).toEqual(whole);
    }
  });
});

describe('what a tool call took', () => {
  it('begins when the model has answered, and after waiting for a person', () => {
    expect([...measuresOf(run).calls]).toEqual([
      [2, 2000],
      [8, 1000],
    ]);
  });

  it('is not known of one whose beginning is not read', () => {
    expect([...measuresOf(run.slice(2)).calls]).toEqual([[8, 1000]]);
  });

  it('does not count the calls that it had to wait for', () => {
    const told = events(
      [0, step(1)],
      [0, call('read', 'read_file')],
      [0, call('write', 'write_file')],
      [0, call('one')],
      [0, call('other')],
      [1, usage(1, 1)],
      [2, result('read', 'read_file')],
      [5, result('write', 'write_file')],
      [6, result('one')],
      [9, result('other')],
    );
    expect([...measuresOf(told).calls.values()]).toEqual([1000, 3000, 1000, 4000]);
  });

  it('is the whole time of the run that it became', () => {
    const told = events(
      [0, step(1)],
      [0, call('child', 'skill_call')],
      [1, usage(1, 1)],
      [2, { type: 'child-run', callId: 'child', runId: 'r2', alias: 'x' }],
      [3, wait],
      [60, resume],
      [62, result('child', 'skill_call')],
    );
    expect([...measuresOf(told).calls.values()]).toEqual([60_000]);
  });

  it('begins with the call where the vendor executes it', () => {
    const told = events(
      [0, call('v', 'web_search', 'provider')],
      [3, usage(1, 1)],
      [4, result('v', 'web_search')],
    );
    expect([...measuresOf(told).calls.values()]).toEqual([4000]);
  });
});
