import type { Page, Route } from 'playwright-core';
import type { Skill, Thread } from 'strapi-plugin-skills-shared/contracts';
import { call, prompt, type Scripts } from '../support/peers/conversation';
import { ask, ended, field, newThread, startTesterStand, threadIn, type TesterStand } from './tester-stand';
import { visit } from './visit';

const usage = { input: 1000, output: 100 };
const scripts: Scripts = {
  plain: [{ text: 'Nothing was found.', usage }],
  endless: Array.from({ length: 100 }, (_, step) => ({
    text: `Step ${step + 1} of many. `,
    toolCalls: [call('bash', { command: 'sleep 1' })],
    usage,
  })),
  calling: [
    {
      text: 'I ask the almanac.',
      toolCalls: [call('skill_call', { skill: 'almanac', prompt: prompt('guarded') })],
      usage,
    },
    { text: 'The almanac has answered.', usage },
  ],
  guarded: [
    { text: 'May I?', toolCalls: [call('bash', { command: 'echo looked up' })], usage },
    { text: 'Looked up, as you allowed.', usage },
  ],
};

let stand: TesterStand;
let skill: Skill;

beforeAll(async () => {
  stand = await startTesterStand(scripts);
  await stand.connect('Model of the team');
  await stand.makeSkill('Almanac');
  skill = await stand.makeSkill('Tide finder');
});
afterAll(() => stand?.stop());

const inTester = (work: (page: Page) => Promise<void>, of = skill, provoked?: RegExp) =>
  visit(
    stand.browser,
    stand.playground.url,
    async (page) => {
      await stand.openTester(page, of);
      await work(page);
    },
    { provoked },
  );
const openOptions = (page: Page) => page.getByRole('button', { name: /^Skills, files/ }).click();
const makeThread = async (name: string, of = skill) =>
  (await stand.send<{ data: Thread }>('POST', `/skills/${of.id}/threads`, { name })).data;

async function waitForApproval(page: Page, tool: string): Promise<void> {
  await openOptions(page);
  await field(page, 'Wait for a person before').fill(tool);
  await page.keyboard.press('Enter');
}

/** Holds requests back until told; what came before the hold goes on. */
async function hold(page: Page, address: RegExp, method: string): Promise<() => Promise<void>> {
  let letGo = (): void => undefined;
  const told = new Promise<void>((resolve) => (letGo = resolve));
  const wait = async (route: Route) => {
    if (route.request().method() === method) await told;
    await route.fallback();
  };
  await page.route(address, wait);
  return async () => {
    letGo();
    await page.unroute(address, wait);
  };
}

describe('what is being written in the tester', () => {
  it('is there again after a look at another tab, with what waits for a person', async () => {
    await inTester(async (page) => {
      await newThread(page, 'Looked elsewhere');
      await waitForApproval(page, 'bash');
      await field(page, 'Prompt').fill('When is high tide?');
      await page.getByLabel('Input files').setInputFiles({
        name: 'harbours.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('a,b'),
      });
      await page
        .getByRole('link', { name: /^Files/ })
        .or(page.getByRole('tab', { name: /^Files/ }))
        .first()
        .click();
      await field(page, 'Prompt').waitFor({ state: 'detached' });
      await page.goBack();
      await field(page, 'Prompt').waitFor();
      expect(await field(page, 'Prompt').inputValue()).toBe('When is high tide?');
      await page.getByRole('button', { name: 'Skills, files, approval, budget (2 set)' }).waitFor();
    });
  });

  it('stays where it was typed while another prompt was under way, and shows that one at once', async () => {
    await inTester(async (page) => {
      await newThread(page, 'Typed on');
      const start = await hold(page, /\/skills\/skills\/[^/]+\/runs$/, 'POST');
      await field(page, 'Prompt').fill(prompt('plain', 'First.'));
      await page.keyboard.press('Control+Enter');
      await field(page, 'Prompt').fill(prompt('plain', 'And next.'));
      // The list of runs answers late, and from before.
      const list = await hold(page, /\/skills\/runs\?thread=/, 'GET');
      await start();
      const run = page.getByRole('article', { name: prompt('plain', 'First.'), exact: true });
      await run.waitFor();
      await list();
      await ended(run, 'completed');
      expect(await field(page, 'Prompt').inputValue()).toBe(prompt('plain', 'And next.'));
    });
  });

  it('is each thread’s own, its files included', async () => {
    const [a, b] = [await makeThread('Thread A'), await makeThread('Thread B')];
    await inTester(async (page) => {
      await page.locator('[data-thread="Thread A"] a').click();
      await page.waitForURL(new RegExp(`${a.id}$`));
      await openOptions(page);
      await page.getByLabel('Input files').setInputFiles({
        name: 'harbours.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('a,b'),
      });
      await page.getByRole('button', { name: 'Remove harbours.csv' }).waitFor();
      await page.locator('[data-thread="Thread B"] a').click();
      await page.waitForURL(new RegExp(`${b.id}$`));
      await page.getByRole('button', { name: 'Remove harbours.csv' }).waitFor({ state: 'detached' });
      await page.locator('[data-thread="Thread A"] a').click();
      await page.getByRole('button', { name: 'Remove harbours.csv' }).waitFor();
    });
  });

  it('is not lost to a thread that somebody else makes', async () => {
    const other = await stand.makeSkill('Two people');
    await inTester(async (page) => {
      await page.getByRole('heading', { name: 'Try the skill out' }).waitFor();
      await field(page, 'Prompt').fill('When is');
      await makeThread('Of somebody else', other);
      // Read anew when the window has the focus again, or by the clock.
      await page.locator('[data-thread="Of somebody else"]').waitFor({ timeout: 30_000 });
      expect(await field(page, 'Prompt').inputValue()).toBe('When is');
      await page.getByRole('heading', { name: 'Try the skill out' }).waitFor();
    }, other);
  });
});

describe('running again', () => {
  it('has no place while a run goes on, and asks before it replaces what was written', async () => {
    await inTester(async (page) => {
      await newThread(page, 'Again');
      await waitForApproval(page, 'write_file');
      const first = await ask(page, prompt('plain', 'First.'));
      await ended(first, 'completed');
      const second = await ask(page, prompt('endless'));
      await second.getByText('Step 1 of many.').waitFor();
      expect(await first.getByRole('button', { name: 'Run again' }).count()).toBe(0);
      await page
        .getByRole('form', { name: 'Message to the run' })
        .getByRole('button', { name: 'Cancel run' })
        .click();
      await ended(second, 'cancelled');
      await field(page, 'Prompt').fill('Of my own.');
      await openOptions(page);
      await page.getByRole('button', { name: 'Remove write_file' }).click();
      await first.getByRole('button', { name: 'Run again' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
      expect(await field(page, 'Prompt').inputValue()).toBe('Of my own.');
      await first.getByRole('button', { name: 'Run again' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Replace' }).click();
      await page.getByRole('alertdialog').waitFor({ state: 'detached' });
      expect(await field(page, 'Prompt').inputValue()).toBe(prompt('plain', 'First.'));
      await page.getByRole('button', { name: 'Remove write_file' }).waitFor();
    });
  });
});

describe('a called skill that waits for a person', () => {
  it('is decided on where its caller stands', async () => {
    await inTester(async (page) => {
      await newThread(page, 'Calling');
      await waitForApproval(page, 'bash');
      await page.getByRole('combobox', { name: 'Further skills' }).click();
      await page.getByRole('option', { name: /^Almanac/ }).click();
      await page.keyboard.press('Escape');
      const run = await ask(page, prompt('calling'));
      await page.getByText('The run waits for a skill that it called').waitFor();
      const child = run.locator('[data-waiting-child]');
      await child.getByText('echo looked up').first().waitFor();
      await child.getByRole('button', { name: 'Approve', exact: true }).click();
      await run.getByText('The almanac has answered.').waitFor();
      await ended(run, 'completed');
    });
  });
});

describe('what could not be read', () => {
  it('is said of the connections, and tried again, instead of running with what nobody chose', async () => {
    await inTester(
      async (page) => {
        const connections = /\/skills\/connections\?/;
        const fail = (route: Route) =>
          route.fulfill({ status: 500, json: { error: { message: 'Out of order.' } } });
        await page.route(connections, fail);
        await page.reload();
        await page.getByRole('alert').filter({ hasText: 'Out of order.' }).waitFor();
        await field(page, 'Prompt').fill('When?');
        expect(await page.getByRole('button', { name: 'Run', exact: true }).isDisabled()).toBe(true);
        await page.unroute(connections, fail);
        await page.getByRole('button', { name: 'Try again' }).click();
        await page.getByRole('combobox', { name: 'Connection' }).waitFor();
        expect(await field(page, 'Prompt').inputValue()).toBe('When?');
        expect(await page.getByRole('button', { name: 'Run', exact: true }).isEnabled()).toBe(true);
      },
      skill,
      /500/,
    );
  });

  it('is said of earlier runs', async () => {
    const long = await stand.makeSkill('Long thread');
    const { id } = await makeThread('Long', long);
    for (let index = 0; index < 7; index += 1) {
      await stand.send('POST', `/skills/${long.id}/runs`, {
        prompt: prompt('plain'),
        thread: id,
        connection: 'model-of-the-team',
      });
    }
    await inTester(
      async (page) => {
        await page.route(/\/skills\/runs\?thread=.*&to=/, (route) =>
          route.fulfill({ status: 500, json: { error: { message: 'Out of order.' } } }),
        );
        await page.getByRole('button', { name: 'Show earlier runs (1)' }).click();
        await page.getByRole('alert').filter({ hasText: 'Out of order.' }).waitFor();
      },
      long,
      /500/,
    );
  });
});

describe('the tester by the keyboard', () => {
  it('leads from a new thread to its prompt', async () => {
    await inTester(async (page) => {
      await newThread(page, 'By keyboard');
      await field(page, 'Prompt').and(page.locator(':focus')).waitFor();
      expect(threadIn(page)).not.toBe('');
    });
  });
});
