import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { launchBrowser } from '../tests/e2e/browser';
import { administrator, startPlayground, type Playground } from '../tests/e2e/playground';
import { logIn } from '../tests/e2e/visit';

const root = path.resolve(__dirname, '..');
const samples = path.join(root, 'playground/samples');
const images = path.join(root, 'docs/images');

/** Imports and publishes the samples, and runs each with its own sample input, so that the pictures show a house in use. */
async function furnish({ client, adminToken }: Playground): Promise<Map<string, Run>> {
  const token = await client.createApiToken(adminToken, 'Pictures');
  const runs = new Map<string, Run>();
  for (const alias of readdirSync(samples).sort()) {
    const folder = path.join(samples, alias);
    const { skillId } = await client.importFolder(adminToken, folder);
    if (skillId === null) throw new Error(`${alias} was not imported.`);
    await client.publish(adminToken, skillId, 'First version for agents.');
    const input: unknown = JSON.parse(readFileSync(path.join(folder, 'tests/sample_input.json'), 'utf8'));
    const run = await client.runSkill(token, alias, { input });
    if (run.status !== 'completed')
      throw new Error(`${alias} did not complete: ${JSON.stringify(run.error)}`);
    runs.set(alias, run);
  }
  return runs;
}

async function picture(
  page: Page,
  address: string,
  name: string,
  ready: (page: Page) => Promise<void>,
): Promise<void> {
  await page.goto(address);
  await ready(page);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: path.join(images, `${name}.png`) });
  console.log(`docs/images/${name}.png`);
}

/** `npm run screenshots`: takes the README's pictures from the built panel. */
async function main(): Promise<void> {
  mkdirSync(images, { recursive: true });
  const playground = await startPlayground();
  const browser = await launchBrowser();
  try {
    const runs = await furnish(playground);
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await logIn(page, playground.url, administrator);
    // Strapi's own announcement, which is none of ours.
    await page.getByRole('button', { name: /close/i }).click();
    const panel = `${playground.url}/admin/plugins/skills`;
    await picture(page, `${panel}/skills`, 'skills', (shown) =>
      shown.getByText('csv-summary').first().waitFor(),
    );
    await picture(page, `${panel}/skills/csv-summary`, 'overview', (shown) =>
      shown.getByRole('tab', { name: 'Overview' }).waitFor(),
    );
    await picture(page, `${panel}/runs/${runs.get('csv-summary')?.id}`, 'run', async (shown) => {
      await shown.getByRole('tab', { name: /Artifacts/ }).click();
      await shown.getByText('report.md').first().waitFor();
    });
  } finally {
    await browser.close();
    await playground.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
