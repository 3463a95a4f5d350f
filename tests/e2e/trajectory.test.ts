import type { Browser, Page } from 'playwright-core';
import type { Connection, Run, Skill } from 'strapi-plugin-skills-shared/contracts';
import { call, conversation, prompt, type Scripts } from '../support/peers/conversation';
import { startOpenAIPeer, type OpenAIPeer } from '../support/peers/openai';
import { launchBrowser } from './browser';
import { startPlayground, type Playground } from './playground';
import { visit } from './visit';

const apiKey = 'sk-test-0123456789abcdef';
const scripts: Scripts = {
  report: [
    {
      text: 'Let me look.',
      toolCalls: [call('bash', { command: 'sleep 1; echo high' })],
      usage: { input: 1000, output: 100 },
    },
    { text: 'High tide is at **14:05**.', usage: { input: 1200, output: 150 } },
  ],
  guarded: [
    {
      text: 'May I?',
      toolCalls: [
        call('edit_file', { path: 'a.md', oldText: 'low', newText: 'high', all: true }),
        call('write_file', { path: 'b.md', content: `${'tide '.repeat(50_000)}the end` }),
      ],
      usage: { input: 1000, output: 100 },
    },
  ],
};

let playground: Playground;
let browser: Browser;
let peer: OpenAIPeer;
let skill: Skill;

beforeAll(async () => {
  [playground, browser, peer] = await Promise.all([
    startPlayground({ ALLOWED_PRIVATE_HOSTS: '127.0.0.1' }),
    launchBrowser(),
    startOpenAIPeer({ apiKey, answers: conversation(scripts) }),
  ]);
  const settings = { ...peer.settings, defaultModel: 'gpt-4.1' };
  await send<Connection>('POST', '/connections', { name: 'Model of the team', provider: 'openai', settings });
  const bundle = { kind: 'bundle', name: 'Tide finder', description: 'Finds out when the sea comes.' };
  skill = await send<Skill>('POST', '/skills', bundle);
});
afterAll(async () => {
  await Promise.all([browser?.close(), playground?.stop(), peer?.close()]);
});

async function send<Data>(method: string, route: string, json?: unknown): Promise<Data> {
  const options = { method, token: playground.adminToken, json };
  return (await playground.client.request<{ data: Data }>(`/skills${route}`, options)).data;
}

async function openRun(page: Page, script: string, rest: object = {}): Promise<void> {
  const start = { prompt: prompt(script), execution: 'agent', connection: 'model-of-the-team', ...rest };
  const { id } = await send<Run>('POST', `/skills/${skill.id}/runs`, start);
  await page.goto(`${playground.url}/admin/plugins/skills/runs/${id}`);
}

const copied = (page: Page): Promise<string> => page.evaluate('navigator.clipboard.readText()');

describe('the trajectory of a run', () => {
  it('tells what each step and call took, and hands over what was said', async () => {
    const context = { permissions: ['clipboard-read', 'clipboard-write'] };
    const work = async (page: Page) => {
      await openRun(page, 'report');
      const steps = page.locator('[data-step]');
      await steps.last().getByText('1,200 in').waitFor();
      await page.getByRole('button', { name: /^Worked/ }).click();
      expect(await steps.nth(0).innerText()).toMatch(/1,000 in\s+100 out\s+[\d.]+ s/);
      expect(await steps.nth(1).innerText()).toMatch(/1,200 in\s+150 out/);
      const bash = page.getByRole('button', { name: /^bash sleep 1/ });
      expect(await bash.innerText()).toMatch(/[\d.]+ s$/);
      await page.getByRole('button', { name: 'Copy the answer' }).last().click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      expect(await copied(page)).toBe('High tide is at **14:05**.');
      await page.getByRole('button', { name: 'Copied' }).waitFor({ state: 'detached' });
      await bash.click();
      await page.getByRole('button', { name: 'Copy the input' }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      expect(await copied(page)).toBe('sleep 1; echo high');
    };
    await visit(browser, playground.url, work, { context });
  });

  it('hands things over where the browser has no clipboard for the page, as over plain http', async () => {
    const context = { permissions: ['clipboard-read', 'clipboard-write'] };
    const work = async (page: Page) => {
      await page.addInitScript('window.realClipboard = navigator.clipboard');
      await page.addInitScript(
        'Object.defineProperty(Navigator.prototype, "clipboard", { value: undefined })',
      );
      await openRun(page, 'report');
      await page.getByText('14:05').waitFor();
      const copy = page.getByRole('button', { name: 'Copy the answer' }).last();
      await copy.click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      expect(await page.evaluate('window.realClipboard.readText()')).toBe('High tide is at **14:05**.');
    };
    await visit(browser, playground.url, work, { context });
  });

  it('shows to who decides all that a call asks, and hands over what is too long to be shown', async () => {
    await visit(browser, playground.url, async (page) => {
      await openRun(page, 'guarded', { approval: ['edit_file', 'write_file'] });
      const [edit, write] = [0, 1].map((index) => page.locator('[data-call]').nth(index));
      await edit!.getByText('"all": true').waitFor();
      await write!.getByText('The input is too long to be shown whole.').waitFor();
      const download = page.waitForEvent('download');
      await write!.getByRole('button', { name: 'Download the whole input' }).click();
      const stream = await (await download).createReadStream();
      let text = '';
      for await (const chunk of stream) text += String(chunk);
      expect((JSON.parse(text) as { content: string }).content).toMatch(/the end$/);
    });
  });
});
