import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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
    const inputFile = path.join(folder, 'tests/sample_input.json');
    // Those that an agent works by have no input of their own.
    if (!existsSync(inputFile)) continue;
    const input: unknown = JSON.parse(readFileSync(inputFile, 'utf8'));
    const run = await client.runSkill(token, alias, { input });
    if (run.status !== 'completed')
      throw new Error(`${alias} did not complete: ${JSON.stringify(run.error)}`);
    runs.set(alias, run);
  }
  return runs;
}

const agentSkill = 'release-notes';
/** The rehearsal does each line that names a tool. */
const agentPrompt = `Group the commits and write the notes.
$ python3 scripts/group.py resources/commits.txt
read references/style.md
write /work/output/RELEASE.md: Exports remember their columns.`;

/** Lets an agent work in a thread of the Tester. */
async function workInThread({ client, adminToken: token }: Playground): Promise<void> {
  const post = <Answer>(route: string, json: object) =>
    client.request<{ data: Answer }>(`/skills${route}`, { method: 'POST', token, json });
  const connection = { alias: 'rehearsal', name: 'Rehearsal', provider: 'rehearsal', settings: {} };
  await post('/connections', connection);
  const { data: thread } = await post<{ id: string }>(`/skills/${agentSkill}/threads`, {
    name: 'Spring release',
  });
  const start = { prompt: agentPrompt, connection: 'rehearsal', thread: thread.id };
  const { data: run } = await post<Run>(`/skills/${agentSkill}/runs`, start);
  for (let { status } = run; status !== 'completed';) {
    if (status === 'failed') throw new Error('The agent failed.');
    await sleep(500);
    ({ status } = (await client.request<{ data: Run }>(`/skills/runs/${run.id}`, { token })).data);
  }
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
    await workInThread(playground);
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
    await picture(page, `${panel}/skills/${agentSkill}/tester`, 'tester', async (shown) => {
      await shown.getByText('this is a rehearsal').first().waitFor();
      await shown
        .getByRole('button', { name: /Worked/ })
        .first()
        .click();
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
