import { createSecretMask } from '../../../platform/secret-mask';
import { BuildLog } from './build-log';
import type { BuildLine } from './build-record';

type Piece = Omit<BuildLine, 'seq'>;

function openLog(): { log: BuildLog; groups: Piece[][] } {
  const groups: Piece[][] = [];
  const log = new BuildLog(createSecretMask([]), async (pieces) => void groups.push(pieces));
  return { log, groups };
}

const textOf = (groups: readonly Piece[][], stream: Piece['stream']): string =>
  groups
    .flat()
    .filter((piece) => piece.stream === stream)
    .map(({ text }) => text)
    .join('');

const numbers = (count: number): string => Array.from({ length: count }, (_, at) => `${at} `).join('');

describe('the log of a build', () => {
  /** Each stream in turn, as `set -x` makes it. */
  async function alternate(log: BuildLog, from: number, to: number): Promise<void> {
    for (let at = from; at < to; at += 1) {
      await log.write('stderr', Buffer.from(`${at} `));
      await log.write('stdout', Buffer.from(`${at} `));
    }
  }

  it('keeps the order in which the streams were written to', async () => {
    const { log, groups } = openLog();
    await alternate(log, 0, 3);
    await log.end();
    expect(groups.flat().map(({ stream, text }) => `${stream} ${text.trim()}`)).toEqual(
      [0, 1, 2].flatMap((at) => [`stderr ${at}`, `stdout ${at}`]),
    );
  });

  it('stores few pieces at once, and loses none of their text, when the streams take turns a thousand times', async () => {
    const { log, groups } = openLog();
    await alternate(log, 0, 1_000);
    await log.end();
    for (const group of groups) expect(group.length).toBeLessThanOrEqual(101);
    expect(textOf(groups, 'stdout')).toBe(numbers(1_000));
    expect(textOf(groups, 'stderr')).toBe(numbers(1_000));
  });

  it('has a bounded number of pieces, however long that goes on', async () => {
    const { log, groups } = openLog();
    const turns = 10_000;
    for (let at = 0; at < turns; at += 40) {
      await alternate(log, at, at + 40);
      await log.flush();
    }
    await log.end();
    const fine = groups.filter(({ length }) => length > 2);
    expect(fine.flat().length).toBeLessThanOrEqual(5_100);
    expect(groups.slice(fine.length + 10).every(({ length }) => length <= 2)).toBe(true);
    expect(textOf(groups, 'stdout')).toBe(numbers(turns));
    expect(textOf(groups, 'stderr')).toBe(numbers(turns));
  });

  it('says where it is cut', async () => {
    const { log, groups } = openLog();
    const half = Buffer.alloc(600 * 1024, 'x');
    for (const stream of ['stdout', 'stderr', 'stdout'] as const) await log.write(stream, half);
    await log.end();
    expect(textOf(groups, 'stdout').length + textOf(groups, 'stderr').length).toBe(1024 * 1024);
    expect(textOf(groups, 'plugin')).toMatch(/more output than is kept/);
  });
});
