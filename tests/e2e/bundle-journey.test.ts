import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { startPlayground, type Playground } from './playground';
import { zipOf } from './skill-archive';
import { visit } from './visit';

let playground: Playground;
let browser: Browser;

beforeAll(async () => {
  [playground, browser] = await Promise.all([startPlayground(), launchBrowser(['panel.test'])]);
});
afterAll(async () => {
  await Promise.all([browser.close(), playground.stop()]);
});

async function importZip(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Import' }).first().click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose archives' }).click();
  await (await chooser).setFiles(await zipOf('sales-report'));
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Imported').waitFor();
  await dialog.getByText('The name may hold only lowercase letters').waitFor();
  await dialog.getByRole('button', { name: 'Done' }).click();
}

async function repairAll(page: Page): Promise<void> {
  await page.getByText('differs from the folder').first().waitFor();
  await page.getByRole('button', { name: 'Repair all' }).click();
  await page.getByText('Validation found nothing to mend.').waitFor();
}

async function runAndWatch(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText('Adding up in EUR').waitFor();
  await page.getByText('South is done').waitFor();
  await page.getByText('Completed').first().waitFor();
}

async function openArtifact(page: Page): Promise<void> {
  await page.getByRole('tab', { name: /Artifacts/ }).click();
  // The first artifact is open already; the click closes it, the second opens it again.
  await page.getByRole('cell', { name: 'North' }).waitFor();
  await page.getByRole('button', { name: 'sales.csv', expanded: true }).click();
  await page.getByRole('button', { name: 'sales.csv', expanded: false }).click();
  await page.getByRole('cell', { name: 'North' }).waitFor();
}

async function publish(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Versions' }).click();
  await page.getByRole('button', { name: 'Publish' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /Note/ }).fill('First version for agents.');
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Version 1 was published.').waitFor();
}

async function callAsAgent(): Promise<void> {
  const { client, adminToken } = playground;
  const token = await client.createApiToken(adminToken, 'Agent');
  const { data: skills } = await client.request<{ data: { alias: string }[] }>('/api/skills', { token });
  expect(skills.map(({ alias }) => alias)).toEqual(['sales-report']);
  const run = await client.runSkill(token, 'sales-report', { input: { currency: 'USD' } });
  expect(run).toMatchObject({
    status: 'completed',
    origin: 'api',
    version: { number: 1 },
    output: { total: 200 },
    artifacts: [{ name: 'sales.csv' }],
  });
}

describe('a bundle’s way from a zip to an agent', () => {
  it('is imported, repaired, run, watched, published and called by an agent', async () => {
    await visit(browser, playground.url, async (page) => {
      await page.getByRole('link', { name: 'Skills' }).first().click();
      await page.getByText('Teach your agents something').waitFor();
      await importZip(page);
      await page.getByRole('link', { name: 'sales_report' }).click();
      await repairAll(page);
      await runAndWatch(page);
      await openArtifact(page);
      await publish(page);
    });
    await callAsAgent();
  });

  it('is run from a panel that is opened by a name, over plain http', async () => {
    const { client, adminToken, url } = playground;
    const { data } = await client.request<{ data: { id: string }[] }>('/skills/skills', {
      token: adminToken,
    });
    const address = url.replace('127.0.0.1', 'panel.test');
    await visit(browser, address, async (page) => {
      await page.goto(`${address}/admin/plugins/skills/skills/${data[0]?.id}/runs`);
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByText('South is done').waitFor();
      await page.getByText('Completed').first().waitFor();
    });
  });
});
