import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { eventsPerTurn, startSeededPlayground, type SeededRuns } from './seeded-run';
import { visit } from './visit';

/** The page's own: what is evaluated in it knows more than these tests do. */
declare const requestAnimationFrame: (draw: (now: number) => void) => number;

const turns = 10_000;
/** However long a run is, no more of it than this is in the page. */
const most = { rows: 80, nodes: 4_000 };

let seeded: SeededRuns;
let browser: Browser;
const figures: string[] = [];

beforeAll(async () => {
  [seeded, browser] = await Promise.all([
    startSeededPlayground(path.join(__dirname, 'fixtures/sales-report')),
    launchBrowser(),
  ]);
});
afterAll(async () => {
  await Promise.all([browser.close(), seeded.stop()]);
  if (figures.length > 0) process.stdout.write(`${figures.join('\n')}\n`);
});

const feedOf = (page: Page): Locator => page.getByRole('feed', { name: 'Trajectory' });
const turnIn = (page: Page, turn: number): Locator =>
  feedOf(page).getByText(`Turn ${turn} is done.`, { exact: true });
const open = (page: Page, id: string): Promise<unknown> =>
  page.goto(`${seeded.playground.url}/admin/plugins/skills/runs/${id}`);

/** The turns that are in the page, in their order, and how much of a page they are. */
async function look(page: Page): Promise<{ turns: number[]; rows: number; nodes: number }> {
  return feedOf(page).evaluate((feed) => ({
    turns: [...(feed.textContent ?? '').matchAll(/Turn (\d+) is done\./g)].map(([, turn]) => Number(turn)),
    rows: feed.querySelectorAll('[role=article]').length,
    nodes: feed.querySelectorAll('*').length,
  }));
}

/** Scrolls until `isThere` says so of the turns that were seen; whatever is in view on the way must be whole, and little. */
async function scrollUntil(
  page: Page,
  by: number,
  isThere: (seen: ReadonlySet<number>) => boolean,
): Promise<Set<number>> {
  const seen = new Set<number>();
  await feedOf(page).hover();
  for (let steps = 0; steps < 2_000; steps += 1) {
    const view = await look(page);
    view.turns.forEach((turn, index) => expect(turn).toBe((view.turns[0] ?? 0) + index));
    expect(view.rows).toBeLessThan(most.rows);
    expect(view.nodes).toBeLessThan(most.nodes);
    view.turns.forEach((turn) => seen.add(turn));
    if (isThere(seen)) return seen;
    await page.mouse.wheel(0, by);
    await page.waitForTimeout(15);
  }
  throw new Error(`It does not scroll there; seen: ${Math.min(...seen)} to ${Math.max(...seen)}.`);
}

function assertWithoutGap(seen: ReadonlySet<number>): void {
  const sorted = [...seen].sort((one, other) => one - other);
  expect(sorted).toEqual(sorted.map((_, index) => (sorted[0] ?? 0) + index));
}

/** Scrolls steadily for two seconds, and tells how long the page's frames took. */
async function measureFrames(page: Page): Promise<string> {
  const frames = await feedOf(page).evaluate(
    (feed) =>
      new Promise<number[]>((resolve) => {
        const taken: number[] = [];
        const started = performance.now();
        let last = started;
        const frame = (now: number): void => {
          taken.push(now - last);
          last = now;
          feed.scrollTop -= 40;
          if (now - started < 2_000) requestAnimationFrame(frame);
          else resolve(taken.slice(1));
        };
        requestAnimationFrame(frame);
      }),
  );
  const sorted = frames.sort((one, other) => one - other);
  const at = (part: number) => (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(1);
  return `scrolling: ${sorted.length} frames in 2 s; median ${at(0.5)} ms, 95th ${at(0.95)} ms, worst ${at(1)} ms`;
}

describe('a run of 100,000 events', () => {
  it('opens at its end, and holds little of it in the page', async () => {
    const id = await seeded.addRun(turns, 'completed');
    await visit(browser, seeded.playground.url, async (page) => {
      // The panel itself is loaded first: what is measured is the run.
      await page.goto(`${seeded.playground.url}/admin/plugins/skills/runs`);
      const row = page.locator(`[data-run="${id}"]`);
      await row.waitFor();
      const started = Date.now();
      await row.click();
      await turnIn(page, turns).waitFor();
      figures.push(`${turns * eventsPerTurn} events: opened in ${Date.now() - started} ms`);
      const view = await look(page);
      expect(view.rows).toBeLessThan(most.rows);
      figures.push(`in the page: ${view.rows} rows, ${view.nodes} elements`);
      await page.getByRole('status').filter({ hasText: 'earlier events' }).waitFor();
      figures.push(await measureFrames(page));
    });
  });

  it('is read back, from its start and to its end again without a gap', async () => {
    const id = await seeded.addRun(turns, 'completed');
    await visit(browser, seeded.playground.url, async (page) => {
      await open(page, id);
      await turnIn(page, turns).waitFor();
      assertWithoutGap(await scrollUntil(page, -900, (seen) => seen.has(turns) && seen.has(turns - 250)));
      await feedOf(page).press('Home');
      await turnIn(page, 1).waitFor();
      assertWithoutGap(await scrollUntil(page, 900, (seen) => seen.has(1) && seen.has(250)));
      await feedOf(page).press('End');
      await turnIn(page, turns).waitFor();
      assertWithoutGap(await scrollUntil(page, -900, (seen) => seen.has(turns) && seen.has(turns - 60)));
    });
  });

  it('keeps what is looked at while earlier pages come, and opens work to its calls', async () => {
    const id = await seeded.addRun(turns, 'completed');
    await visit(browser, seeded.playground.url, async (page) => {
      await open(page, id);
      await turnIn(page, turns).waitFor();
      const work = feedOf(page)
        .getByRole('button', { name: /^Worked: 2 tool calls, 1 file read/ })
        .last();
      await work.click();
      const call = feedOf(page).getByRole('button', { name: new RegExp(`^bash.*work ${turns} a`) });
      await call.click();
      await feedOf(page).getByRole('region', { name: 'Output' }).getByText(`worked ${turns} a`).waitFor();
      // Scrolled out of view and back, it is as it was left.
      await scrollUntil(page, -900, (seen) => seen.has(turns - 80));
      await page.getByRole('button', { name: 'To the end' }).click();
      await feedOf(page).getByRole('region', { name: 'Output' }).getByText(`worked ${turns} a`).waitFor();
    });
  });
});

describe('a long run that goes on', () => {
  it('is followed at its end, and leaves a reader further up where they are', async () => {
    const id = await seeded.addRun(500, 'running');
    await visit(browser, seeded.playground.url, async (page) => {
      await open(page, id);
      await turnIn(page, 500).waitFor();
      await seeded.addTurns(id, 30);
      await turnIn(page, 530).waitFor();
      const seen = await scrollUntil(page, -900, (turnsSeen) => turnsSeen.has(450));
      assertWithoutGap(seen);
      const before = await look(page);
      await seeded.addTurns(id, 30);
      await page.waitForTimeout(2_500);
      expect((await look(page)).turns).toEqual(before.turns);
      await page.getByRole('button', { name: 'To the end' }).click();
      await turnIn(page, 560).waitFor();
      await seeded.addTurns(id, 5);
      await turnIn(page, 565).waitFor();
    });
  });
});
