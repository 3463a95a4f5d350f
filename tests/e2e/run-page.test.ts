import type { Page } from 'playwright-core';
import type { Connection, Run, Skill } from 'strapi-plugin-skills-shared/contracts';
import { call, prompt, type Scripts } from '../support/peers/conversation';
import { ended, field, startTesterStand, type TesterStand } from './tester-stand';
import { visit } from './visit';

const push = call('bash', { command: 'echo pushed' }, 'push');
const both = [call('bash', { command: 'echo a' }, 'a'), call('bash', { command: 'echo b' }, 'b')];
const written = call('write_file', { path: '/work/skill/kept.md', content: 'Kept.\n' }, 'write');

const scripts: Scripts = {
  guarded: [{ text: 'May I?', toolCalls: [push] }, { text: 'Pushed, as you allowed.' }],
  twice: [{ toolCalls: both }, { text: 'As far as I was let.' }],
  nested: [
    { toolCalls: [call('skill_call', { skill: 'helper', prompt: prompt('twice') }, 'to-helper')] },
    { text: 'The helper has helped.' },
  ],
  writing: [{ toolCalls: [written] }, { text: 'Written.' }],
};

let stand: TesterStand;
let leader: Skill;
let connection: Connection;

beforeAll(async () => {
  stand = await startTesterStand(scripts);
  [leader, connection] = [await stand.makeSkill('Leader'), await stand.connect('Model of the team')];
  await stand.makeSkill('Helper');
});
afterAll(async () => {
  await stand?.stop();
});

/** Starts a run, and answers it when it waits or has ended. */
async function runOf(script: keyof typeof scripts, options: object = {}): Promise<Run> {
  const json = { prompt: prompt(script), connection: connection.id, ...options };
  let run = (await stand.send<{ data: Run }>('POST', `/skills/${leader.id}/runs`, json)).data;
  while (run.status === 'queued' || run.status === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 100));
    run = (await stand.send<{ data: Run }>('GET', `/runs/${run.id}`)).data;
  }
  return run;
}

const open = (page: Page, { id }: Run): Promise<unknown> =>
  page.goto(`${stand.playground.url}/admin/plugins/skills/runs/${id}`);
const tab = (page: Page, name: string | RegExp) => page.getByRole('tab', { name });

describe('the page of a run', () => {
  it('offers to decide although an answer from before the question comes late', async () => {
    const run = await runOf('guarded', { approval: ['bash'] });
    expect(run).toMatchObject({ status: 'waiting', waiting: { reason: 'approval' } });
    await visit(stand.browser, stand.playground.url, async (page) => {
      let answers = 0;
      await page.route(`**/skills/runs/${run.id}/approvals`, async (route) => {
        answers += 1;
        if (answers > 1) return route.continue();
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        return route.fulfill({ json: { data: [] } });
      });
      await open(page, run);
      await page.getByText(/The run waits until .*, and fails then\./).waitFor();
      await page.getByRole('status').filter({ hasText: 'Waiting: Waits for a person’s approval' }).waitFor({
        state: 'attached',
      });
      await page.getByRole('button', { name: 'Approve', exact: true }).click();
      await page.getByText('Pushed, as you allowed.').waitFor();
    });
  });

  it('lets decide what a called skill asks for, and takes the keyboard along', async () => {
    const run = await runOf('nested', { approval: ['bash'], skills: ['helper'] });
    expect(run).toMatchObject({ status: 'waiting', waiting: { reason: 'child-runs' } });
    await visit(stand.browser, stand.playground.url, async (page) => {
      await open(page, run);
      const waiting = page.getByRole('region', { name: 'Runs started by this one that wait' });
      await waiting.getByRole('link', { name: 'Run of Helper' }).waitFor();
      await waiting.locator('[data-call="a"]').getByRole('button', { name: 'Approve' }).click();
      await page.locator('[data-call="b"]:focus').waitFor();
      await waiting.locator('[data-call="a"]').waitFor({ state: 'detached' });
      await waiting.locator('[data-call="b"]').getByRole('button', { name: 'Deny' }).click();
      await page.getByText('The helper has helped.').waitFor();
      await ended(page.getByRole('tabpanel', { name: 'Trajectory' }), 'completed');
    });
  });

  it('says that what waits below it could not be read, and tries again', async () => {
    const run = await runOf('nested', { approval: ['bash'], skills: ['helper'] });
    const work = async (page: Page) => {
      let isBroken = true;
      await page.route(
        (url) => url.searchParams.get('parent') === run.id,
        (route) => (isBroken ? route.fulfill({ status: 500, json: {} }) : route.continue()),
      );
      await open(page, run);
      const again = page.getByRole('button', { name: 'Try again' });
      await again.first().waitFor();
      isBroken = false;
      await again.first().click();
      await page.getByRole('link', { name: 'Run of Helper' }).waitFor();
    };
    await visit(stand.browser, stand.playground.url, work, { provoked: /500/ });
  });

  it('keeps a message that is being written, and how long the run has waited', async () => {
    const run = await runOf('guarded', { approval: ['bash'] });
    await visit(stand.browser, stand.playground.url, async (page) => {
      await open(page, run);
      await field(page, 'Message to the agent').fill('Leave the tables out.');
      await tab(page, 'Events').click();
      await page.getByText('approval-request').waitFor();
      await tab(page, 'Trajectory').click();
      expect(await field(page, 'Message to the agent').inputValue()).toBe('Leave the tables out.');
      const duration = page.locator('dl > div').filter({ hasText: 'Duration' });
      expect(await duration.textContent()).not.toContain('Not yet');
      await page.getByRole('button', { name: 'Cancel run' }).click();
      await page.getByText('The run ended before this was sent.').waitFor();
      expect(await field(page, 'Message to the agent').inputValue()).toBe('Leave the tables out.');
    });
  });

  it('keeps what is not to be taken', async () => {
    const run = await runOf('writing');
    expect(run).toMatchObject({ status: 'completed', changes: { count: 1 } });
    await visit(stand.browser, stand.playground.url, async (page) => {
      await open(page, run);
      await tab(page, /^Changes/).click();
      const file = page.getByRole('checkbox', { name: 'Take kept.md' });
      await file.click();
      await tab(page, 'Trajectory').click();
      await tab(page, /^Changes/).click();
      expect(await file.isChecked()).toBe(false);
      await page.getByRole('button', { name: 'Take 0 files into a draft' }).waitFor();
    });
  });

  it('begins another run with what the earlier one was bound by', async () => {
    const budget = { steps: 7 };
    const run = await runOf('guarded', { approval: ['bash'], skills: ['helper'], budget });
    await stand.send('POST', `/runs/${run.id}/cancellation`);
    await visit(stand.browser, stand.playground.url, async (page) => {
      await open(page, run);
      await page.getByRole('button', { name: 'Run again' }).click();
      const carried = page.getByRole('region', { name: 'As in the earlier run' });
      await carried.getByText('Waits for a person before: bash').waitFor();
      await carried.getByText('7 steps').waitFor();
      await carried.getByRole('button', { name: 'Leave out: Further skills' }).click();
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByRole('button', { name: 'Approve', exact: true }).waitFor();
      const id = new URL(page.url()).pathname.split('/').at(-1);
      const { data: again } = await stand.send<{ data: Run }>('GET', `/runs/${id}`);
      expect(again).toMatchObject({ approval: ['bash'], skills: [], budget: { steps: 7 } });
    });
  });
});
