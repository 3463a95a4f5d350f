import type { RunEvent, RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import { appendEvents, emptyLog, logText, type LogModel } from './log-model';

const at = '2026-01-01T00:00:00.000Z';
const events = (payloads: RunEventPayload[], from = 1): RunEvent[] =>
  payloads.map((payload, index) => ({ runId: 'r', seq: from + index, at, payload }));
const out = (text: string): RunEventPayload => ({ type: 'text-delta', stream: 'stdout', text });
const err = (text: string): RunEventPayload => ({ type: 'text-delta', stream: 'stderr', text });
const shown = (log: LogModel) => log.lines.map(({ level, text }) => `${level}: ${text}`);

describe('the log of a run', () => {
  it('joins pieces of a line, however they are cut', () => {
    const text = 'first\nsecond\r\n\nlast';
    const whole = shown(appendEvents(emptyLog, events([out(text)])));
    expect(whole).toEqual(['stdout: first', 'stdout: second', 'stdout: ', 'stdout: last']);
    for (let cut = 1; cut < text.length; cut += 1) {
      const pieces = events([out(text.slice(0, cut)), out(text.slice(cut))]);
      // A CR and its LF in two pieces leave the CR, which nothing shows.
      expect(shown(appendEvents(emptyLog, pieces)).map((line) => line.replace(/\r$/, ''))).toEqual(whole);
    }
  });

  it('goes on with the line of the same stream when the other wrote in between', () => {
    const log = appendEvents(emptyLog, events([out('work'), err('oops\n'), out('ing\n')]));
    expect(shown(log)).toEqual(['stdout: working', 'stderr: oops']);
  });

  it('shows the lines of the plugin with their level', () => {
    const line: RunEventPayload = { type: 'log-line', level: 'warn', message: 'two\nlines' };
    expect(shown(appendEvents(emptyLog, events([line])))).toEqual(['warn: two', 'warn: lines']);
  });

  it('is the same in one batch as event by event, and skips what it has', () => {
    const all = events([out('a\nb'), err('x'), out('c\n'), err('y\n')]);
    const whole = appendEvents(emptyLog, all);
    const stepwise = all.reduce((log, event) => appendEvents(log, [event]), emptyLog);
    expect(stepwise).toEqual(whole);
    expect(appendEvents(whole, all.slice(1))).toBe(whole);
  });

  it('notices the end', () => {
    const end: RunEventPayload = { type: 'run-end', status: 'completed', error: null, durationMs: 3 };
    const log = appendEvents(emptyLog, events([out('x\n'), end]));
    expect([log.ended, log.lastSeq]).toEqual([true, 2]);
  });

  it('keeps a bounded number of lines and their true numbers', () => {
    const limits = { lines: 100, lineLength: 5 };
    const batches = Array.from({ length: 50 }, (_, batch) =>
      out(Array.from({ length: 10 }, (_, i) => `${batch}-${i}-long\n`).join('')),
    );
    const log = batches.reduce(
      (sum, payload, index) => appendEvents(sum, events([payload], index + 1), limits),
      emptyLog,
    );
    expect(log.lines).toHaveLength(100);
    expect(log.total).toBe(500);
    expect(log.lines[0]).toMatchObject({ number: 401, text: '40-0-' });
    expect(log.lines.at(-1)).toMatchObject({ number: 500 });
  });

  it('begins a new line when the one to go on with is no longer kept', () => {
    const limits = { lines: 2, lineLength: 100 };
    const log = appendEvents(emptyLog, events([out('old'), err('1\n2\n3\n')]), limits);
    expect(shown(appendEvents(log, events([out(' new\n')], 3), limits)).at(-1)).toBe('stdout:  new');
  });

  it('takes ten thousand lines at once without delay', () => {
    const text = Array.from({ length: 10_000 }, (_, index) => `line ${index}\n`).join('');
    const started = performance.now();
    expect(appendEvents(emptyLog, events([out(text)])).total).toBe(10_000);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('becomes a text file', () => {
    expect(logText(appendEvents(emptyLog, events([out('hi\n')])).lines)).toBe(`${at} stdout hi\n`);
  });
});
