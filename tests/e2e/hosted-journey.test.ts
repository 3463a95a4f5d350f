import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Connection } from 'strapi-plugin-skills-shared/contracts';
import { startOpenAIPeer, type OpenAIPeer } from '../support/peers/openai';
import { launchBrowser } from './browser';
import { startPlayground, type Playground } from './playground';
import { visit } from './visit';

const apiKey = 'sk-test-0123456789abcdef';
const alias = 'sales-report';

let playground: Playground;
let browser: Browser;
let peer: OpenAIPeer;

beforeAll(async () => {
  [playground, browser, peer] = await Promise.all([
    startPlayground({ ALLOWED_PRIVATE_HOSTS: '127.0.0.1' }),
    launchBrowser(),
    startOpenAIPeer({
      apiKey,
      answers: [
        {
          shell: {
            commands: ['python3 report.py'],
            stdout: 'done\n',
            files: [{ name: 'report.csv', content: 'city,sales\nOslo,12\n' }],
          },
          text: 'The report is written.',
          usage: { input: 2000, output: 300 },
        },
      ],
    }),
  ]);
  const { client, adminToken } = playground;
  await client.importFolder(adminToken, path.join(__dirname, 'fixtures', alias));
  await client.request<{ data: Connection }>('/skills/connections', {
    method: 'POST',
    token: adminToken,
    json: {
      name: 'OpenAI of the team',
      provider: 'openai',
      settings: { ...peer.settings, defaultModel: 'gpt-4.1' },
    },
  });
});
afterAll(async () => {
  await Promise.all([browser.close(), playground.stop(), peer.close()]);
});

const open = (page: Page, route: string): Promise<unknown> =>
  page.goto(`${playground.url}/admin/plugins/skills${route}`);

describe('a bundle that lives at a provider', () => {
  it('is published there from its workspace, once', async () => {
    await visit(browser, playground.url, async (page) => {
      await open(page, `/skills/${alias}/overview`);
      await page.getByText('No version lives at a provider.').waitFor();
      await page.getByRole('button', { name: 'Publish to a provider' }).click();
      await page.getByRole('combobox', { name: 'Connection' }).click();
      await page.getByRole('option', { name: /OpenAI of the team/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Publish to a provider' }).click();
      const placement = page.locator('[data-placement="live"]');
      await placement.getByText('OpenAI of the team').waitFor();
      expect(peer.skills.size).toBe(1);
      await placement.getByRole('button', { name: 'Check' }).click();
      await page.getByText('The provider still has it.').waitFor();
    });
  });

  it('runs in the provider’s container, whose files are the run’s', async () => {
    await visit(browser, playground.url, async (page) => {
      await open(page, `/skills/${alias}/runs`);
      await page.getByRole('combobox', { name: 'Runs at' }).click();
      await page.getByRole('option', { name: 'The container of OpenAI of the team' }).click();
      await page.getByRole('textbox', { name: /^Prompt/ }).fill('Report the sales of Oslo.');
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByText('The report is written.').waitFor();
      await page.getByText('Completed').first().waitFor();
      await page.getByRole('tab', { name: /Artifacts/ }).click();
      await page.getByText('report.csv').first().waitFor();
      expect(peer.failures).toEqual([]);
    });
  });

  it('is withdrawn, and then has to be published again', async () => {
    await visit(browser, playground.url, async (page) => {
      await open(page, `/skills/${alias}/overview`);
      await page.getByRole('button', { name: 'Withdraw from provider' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Confirm' }).click();
      await page.getByText('No version lives at a provider.').waitFor();
      expect(peer.skills.size).toBe(0);
    });
  });
});
