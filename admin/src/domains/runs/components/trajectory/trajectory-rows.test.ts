import type { RunEvent, RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import { measuresOf } from './trajectory-measures';
import { trajectoryOf } from './trajectory-model';
import { keepKeys, toggleSection, trajectoryRows, type TrajectoryRow } from './trajectory-rows';

const events = (payloads: RunEventPayload[], from = 1): RunEvent[] =>
  payloads.map((payload, index) => ({
    runId: 'r',
    seq: from + index,
    at: new Date(1_767_225_600_000 + (from + index) * 1000).toISOString(),
    payload,
  }));
const say = (text: string): RunEventPayload => ({ type: 'text-delta', stream: 'answer', text });
const think = (text: string): RunEventPayload => ({ type: 'text-delta', stream: 'reasoning', text });
const step = (number: number): RunEventPayload => ({ type: 'step-start', step: number });
const call = (id: string): RunEventPayload => ({ type: 'tool-call', id, name: 'bash', input: {}, by: 'run' });
const result = (id: string, isError = false): RunEventPayload => ({
  type: 'tool-result',
  id,
  name: 'bash',
  output: '',
  isError,
});
const read: RunEventPayload = { type: 'file-load', alias: 'a', path: 'x' };

const run = events([
  step(1),
  think('hm'),
  say('I look.'),
  call('1'),
  read,
  result('1'),
  step(2),
  call('2'),
  result('2', true),
  step(3),
  say('Done.'),
  { type: 'run-end', status: 'completed', error: null, durationMs: 1 },
]);
const { steps } = measuresOf(run);
const brief = (rows: readonly TrajectoryRow[]) =>
  rows.map((row) =>
    row.kind === 'work'
      ? `work${row.open ? ' open' : ''}`
      : `${row.inside ? '  ' : ''}${row.item.kind === 'text' ? row.item.text : row.item.kind}`,
  );

describe('the rows of a trajectory', () => {
  const { items } = trajectoryOf(run);

  it('fold the work between two words to one, and leave one thing alone as it is', () => {
    const rows = trajectoryRows(items, { fold: true, open: [], steps });
    expect(brief(rows)).toEqual(['step', 'hm', 'I look.', 'work', 'step', 'Done.']);
    expect(rows[3]).toMatchObject({
      figures: { toolCalls: 2, failed: 1, filesRead: 1, undecided: 0, ms: 5000, current: undefined },
    });
  });

  it('open to what was done, and close again', () => {
    const [, , , work] = trajectoryRows(items, { fold: true, open: [], steps });
    const open = toggleSection([], work!);
    expect(brief(trajectoryRows(items, { fold: true, open, steps }))).toEqual([
      'step',
      'hm',
      'I look.',
      'work open',
      '  tool',
      '  file-load',
      '  step',
      '  tool',
      'step',
      'Done.',
    ]);
    expect(toggleSection(open, work!)).toEqual([]);
  });

  it('show no step of which nothing is told', () => {
    const rows = trajectoryRows(items, { fold: true, open: [], steps: new Map() });
    expect(brief(rows)).toEqual(['hm', 'I look.', 'work', 'Done.']);
  });

  it('show a step above the one thing that was done in it', () => {
    const one = events([
      step(1),
      say('I look.'),
      call('1'),
      result('1'),
      step(2),
      call('2'),
      result('2'),
      say('Done.'),
    ]);
    const rows = trajectoryRows(trajectoryOf(one).items, {
      fold: true,
      open: [],
      steps: measuresOf(one).steps,
    });
    expect(brief(rows)).toEqual(['step', 'I look.', 'work', 'Done.']);
    const told = events([
      step(1),
      call('1'),
      result('1'),
      say('I see.'),
      step(2),
      call('2'),
      result('2'),
      say('Done.'),
    ]);
    const toldRows = trajectoryRows(trajectoryOf(told).items, {
      fold: true,
      open: [],
      steps: measuresOf(told).steps,
    });
    expect(brief(toldRows)).toEqual(['step', 'tool', 'I see.', 'step', 'tool', 'Done.']);
  });

  it('keep a section open while it grows at either end, and no other', () => {
    const part = trajectoryOf(run.slice(4, 8)).items;
    const open = toggleSection([], trajectoryRows(part, { fold: true, open: [], steps })[0]!);
    const rows = trajectoryRows(items, { fold: true, open, steps });
    expect(brief(rows).filter((row) => row.startsWith('work'))).toEqual(['work open']);
    const more = trajectoryOf([
      ...run.slice(0, 11),
      ...events([call('3'), result('3'), call('4')], 12),
    ]).items;
    expect(
      brief(trajectoryRows(more, { fold: true, open, steps })).filter((row) => row.startsWith('work')),
    ).toEqual(['work open', 'work']);
  });

  it('are not folded where nothing is to be', () => {
    expect(brief(trajectoryRows(items, { fold: false, open: [], steps }))).toEqual([
      'hm',
      'I look.',
      'tool',
      'file-load',
      'tool',
      'Done.',
    ]);
  });

  it('show an end that was not hoped for, and calls that wait for a person', () => {
    const rows = trajectoryRows(
      trajectoryOf(
        events([
          call('1'),
          call('2'),
          { type: 'approval-request', callId: '2', name: 'bash', input: {} },
          { type: 'run-end', status: 'cancelled', error: null, durationMs: 1 },
        ]),
      ).items,
      { fold: true, open: [], steps },
    );
    expect(brief(rows)).toEqual(['work', 'end']);
    expect(rows[0]).toMatchObject({ figures: { undecided: 1, current: { callId: '2' } } });
  });

  it('have keys of their own, which stay when a page is read before them', () => {
    const aliases = new Map<string, string>();
    const rowsOf = (from: number) =>
      trajectoryRows(trajectoryOf(run.slice(from)).items, { fold: true, open: [], steps });
    let rows = keepKeys(rowsOf(7), undefined, aliases);
    for (let from = 6; from >= 0; from -= 1) {
      const known = new Set(rows.map(({ key }) => key));
      const grown = keepKeys(rowsOf(from), rows[0], aliases);
      expect(new Set(grown.map(({ key }) => key)).size).toBe(grown.length);
      // What was the first row is still there, under its name.
      expect(grown.filter(({ key }) => known.has(key)).length).toBeGreaterThanOrEqual(rows.length - 1);
      rows = grown;
    }
  });
});
