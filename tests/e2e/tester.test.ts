import type { RunSummary, Skill } from 'strapi-plugin-skills-shared/contracts';
import { call, prompt, type Scripts } from '../support/peers/conversation';
import { addPerson } from './people';
import type { Playground } from './playground';
import { ask, ended, field, newThread, startTesterStand, threadIn, type TesterStand } from './tester-stand';
import { visit } from './visit';

const usage = { input: 1000, output: 100 };

/** Kept when the rest of an answer may come that a person reads while it is written. */
let tellTheRest = (): void => undefined;
const toldTheRest = new Promise<void>((resolve) => (tellTheRest = resolve));

const scripts: Scripts = {
  slow: [
    {
      text: ['High tide is ', 'at **14:05**, ', 'as the almanac says.'],
      heldBefore: { text: 'at **', until: toldTheRest },
      usage,
    },
  ],
  report: [
    { text: 'Let me look.', toolCalls: [call('bash', { command: 'echo "the tide is high"' })], usage },
    { text: ['High tide is ', 'at **14:05**, ', 'as the tool says.'], usage },
  ],
  steered: [
    { text: 'Working on it.', toolCalls: [call('bash', { command: 'sleep 3; echo done' })], usage },
    ({ said }) => ({ text: `You said: ${said.at(-1)}`, usage }),
  ],
  guarded: [
    { text: 'May I?', toolCalls: [call('bash', { command: 'echo pushed' })], usage },
    { text: 'Pushed, as you allowed.', usage },
  ],
  endless: Array.from({ length: 100 }, (_, step) => ({
    text: `Step ${step + 1} of many. `,
    toolCalls: [call('bash', { command: 'sleep 1' })],
    usage,
  })),
  plain: [{ text: 'Nothing was found.', usage }],
  failing: [
    { text: 'First a look.', toolCalls: [call('bash', { command: 'ls' })], usage },
    { status: 400, failure: { code: 'invalid_request', message: 'No.' } },
  ],
};

let stand: TesterStand;
let playground: Playground;
let browser: TesterStand['browser'];
let skill: Skill;

beforeAll(async () => {
  stand = await startTesterStand(scripts);
  ({ playground, browser } = stand);
  skill = await stand.makeSkill('Tide finder');
});
afterAll(() => stand?.stop());

describe('the tester without a model', () => {
  it('says what to do while no connection can chat, and to whom', async () => {
    const kim = await addPerson(playground, 'reader', [
      'skills.read',
      'runs.read',
      'runs.start',
      'connections.read',
    ]);
    await visit(browser, playground.url, async (page) => {
      await stand.openTester(page, skill);
      await page.getByRole('heading', { name: 'Connect a model' }).waitFor();
      await page.getByRole('link', { name: 'New connection' }).waitFor();
    });
    await visit(
      browser,
      playground.url,
      async (page) => {
        await stand.openTester(page, skill);
        await page.getByText('Your role may not make connections.').waitFor();
        expect(await page.getByRole('link', { name: 'New connection' }).count()).toBe(0);
      },
      { as: kim },
    );
  });
});

describe('the tester with a model', () => {
  beforeAll(() => stand.connect('Model of the team'));

  it('makes a thread for the first prompt, and opens to the tool call and its result', async () => {
    await visit(browser, playground.url, async (page) => {
      await stand.openTester(page, skill);
      const run = await ask(page, prompt('report', 'When is high tide?'));
      await page.locator('[data-thread^="[script:report]"] [aria-current="page"]').waitFor();
      await run.locator('strong', { hasText: '14:05' }).waitFor();
      await ended(run, 'completed');
      // Collapsed until somebody looks.
      expect(await run.getByText('the tide is high').count()).toBe(0);
      await run.getByRole('button', { name: /Worked/, expanded: false }).click();
      await run.getByRole('button', { name: /bash/, expanded: false }).click();
      await run.getByText('the tide is high').last().waitFor();
      await run.getByText('2,000 tokens in, 200 out').waitFor();
      await run.getByText('gpt-4.1 · Model of the team').waitFor();
      expect(await stand.runsIn(threadIn(page))).toHaveLength(1);
    });
  });

  it('shows an answer while it is written', async () => {
    await visit(browser, playground.url, async (page) => {
      await stand.openTester(page, skill);
      await newThread(page, 'Read while it is written');
      const run = await ask(page, prompt('slow'));
      await run.getByText('High tide is').waitFor();
      expect(await run.getByText('as the almanac says').count()).toBe(0);
      tellTheRest();
      await run.getByText('as the almanac says').waitFor();
      await ended(run, 'completed');
    });
  });

  it('starts one run, however often the button is pressed', async () => {
    await visit(browser, playground.url, async (page) => {
      await stand.openTester(page, skill);
      await newThread(page, 'Pressed twice');
      await field(page, 'Prompt').fill(prompt('report', 'Once.'));
      await page.getByRole('button', { name: 'Run', exact: true }).dblclick();
      await ended(page.locator('[data-run]').last(), 'completed');
      expect(await stand.runsIn(threadIn(page))).toHaveLength(1);
    });
  });

  it('lets a person join the conversation of a run that goes on', async () => {
    await visit(browser, playground.url, async (page) => {
      await stand.openTester(page, skill);
      await newThread(page, 'Steered');
      const run = await ask(page, prompt('steered'));
      await field(page, 'Add to the running conversation').fill('Use metres.');
      await page.keyboard.press('Control+Enter');
      await run.getByText('waits for the agent’s next step').waitFor();
      await run.getByText('You said: Use metres.').waitFor();
      await ended(run, 'completed');
      await field(page, 'Prompt').waitFor();
      expect(await stand.runsIn(threadIn(page))).toHaveLength(1);
    });
  });

  it('asks before a tool that waits for a person, also over a restart of the server, without a gap', async () => {
    await visit(
      browser,
      playground.url,
      async (page) => {
        await stand.openTester(page, skill);
        await newThread(page, 'Guarded');
        await page.getByRole('button', { name: /^Skills, files/ }).click();
        await field(page, 'Wait for a person before').fill('bash');
        await page.keyboard.press('Enter');
        const run = await ask(page, prompt('guarded'));
        await run.getByText('1 tool call waits for your decision').waitFor();
        await run.getByText('echo pushed').first().waitFor();
        await playground.restart();
        await run.getByRole('button', { name: 'Approve', exact: true }).click();
        await run.getByText('Pushed, as you allowed.').waitFor();
        await ended(run, 'completed');
        // What was said before the restart is there once, and before what was said after it.
        expect(await run.getByText('May I?').count()).toBe(1);
      },
      {
        provoked:
          /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|Failed to fetch|50[234]/,
      },
    );
  });

  it('goes on where it was when the page is loaded again, and stops a run', async () => {
    await visit(browser, playground.url, async (page) => {
      await stand.openTester(page, skill);
      await newThread(page, 'Endless');
      const run = await ask(page, prompt('endless'));
      await run.getByText('Step 1 of many.').waitFor();
      await page.locator('[data-thread="Endless"]').getByRole('img', { name: '1 run goes on' }).waitFor();
      await page.reload();
      await run.getByText('Step 3 of many.').waitFor();
      expect(await run.getByText('Step 1 of many.').count()).toBe(1);
      await page
        .getByRole('form', { name: 'Message to the run' })
        .getByRole('button', { name: 'Cancel run' })
        .click();
      await ended(run, 'cancelled');
      await run.getByRole('button', { name: 'Run again' }).click();
      expect(await field(page, 'Prompt').inputValue()).toBe(prompt('endless'));
    });
  });

  it('keeps what a failed run did, and says why it failed', async () => {
    await visit(browser, playground.url, async (page) => {
      await stand.openTester(page, skill);
      await newThread(page, 'Failing');
      const run = await ask(page, prompt('failing'));
      await ended(run, 'failed');
      await run.locator('[data-error="invalid-request"]').waitFor();
      await run.getByText('First a look.').waitFor();
      await run.getByRole('button', { name: /Worked/, expanded: false }).waitFor();
    });
  });

  it('renames and deletes threads by the keyboard alone, and keeps their runs', async () => {
    await visit(browser, playground.url, async (page) => {
      await stand.openTester(page, skill);
      await newThread(page, 'Rename me');
      const run = await ask(page, prompt('report', 'By keyboard.'));
      await ended(run, 'completed');
      const thread = threadIn(page);
      const [{ id } = { id: '' }] = await stand.runsIn(thread);
      await page.getByRole('button', { name: 'Actions for thread Rename me' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: 'Rename' }).waitFor();
      await page.keyboard.press('Enter');
      await field(page, 'New name of thread Rename me').waitFor();
      await page.keyboard.type('Renamed');
      await page.keyboard.press('Enter');
      await page.locator('[data-thread="Renamed"]').waitFor();
      // The focus is back at the thread, and its actions are the next stop.
      await page
        .getByRole('link', { name: /^Renamed/ })
        .and(page.locator(':focus'))
        .waitFor();
      await page.keyboard.press('Tab');
      await page
        .getByRole('button', { name: 'Actions for thread Renamed' })
        .and(page.locator(':focus'))
        .waitFor();
      await page.keyboard.press('Enter');
      const remove = page.getByRole('menuitem', { name: 'Delete' });
      await remove.waitFor();
      // The menu has to have the focus before it hears keys.
      await page.getByRole('menuitem', { name: 'Rename' }).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('ArrowDown');
      await remove.and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).focus();
      await page.keyboard.press('Enter');
      await page.locator('[data-thread="Renamed"]').waitFor({ state: 'detached' });
      expect(threadIn(page)).not.toBe(thread);
      const { data } = await stand.send<{ data: RunSummary }>('GET', `/runs/${id}`);
      expect(data).toMatchObject({ status: 'completed', threadId: null });
    });
  });

  it('is used by the keyboard alone from the prompt to the next one', async () => {
    const other = await stand.makeSkill('Keyboard only');
    await visit(browser, playground.url, async (page) => {
      await stand.openTester(page, other);
      await field(page, 'Prompt').focus();
      await page.keyboard.type(prompt('report', 'First.'));
      await page.keyboard.press('Control+Enter');
      await ended(page.locator('[data-run]').first(), 'completed');
      // The focus has stayed where one writes, though a thread was made.
      await page.keyboard.type(prompt('report', 'Second.'));
      await page.keyboard.press('Control+Enter');
      await ended(page.locator('[data-run]').nth(1), 'completed');
      expect(await stand.runsIn(threadIn(page))).toHaveLength(2);
    });
  });

  it('tries a provider skill out over its own connection', async () => {
    const { data: bound } = await stand.send<{ data: Skill }>('POST', '/skills', {
      kind: 'provider',
      name: 'Web search',
      connection: 'model-of-the-team',
      skillType: 'web-search',
    });
    await visit(browser, playground.url, async (page) => {
      await stand.openTester(page, bound);
      await page.getByRole('combobox', { name: 'Model' }).waitFor();
      expect(await page.getByRole('combobox', { name: 'Connection' }).count()).toBe(0);
      expect(await page.getByRole('button', { name: /^Skills, files/ }).count()).toBe(0);
      const run = await ask(page, prompt('plain'));
      await run.getByText('Nothing was found.').waitFor();
      await ended(run, 'completed');
    });
  });

  it('lists the threads in a select where there is little room, and shows nothing to scroll sideways for', async () => {
    await visit(
      browser,
      playground.url,
      async (page) => {
        await stand.openTester(page, skill);
        await page.getByRole('combobox', { name: 'Thread' }).waitFor();
        await page.locator('[data-run]').last().waitFor();
        const sideways = await page.evaluate(
          'document.documentElement.scrollWidth > document.documentElement.clientWidth',
        );
        expect(sideways).toBe(false);
      },
      { context: { viewport: { width: 390, height: 844 } } },
    );
  });
});
