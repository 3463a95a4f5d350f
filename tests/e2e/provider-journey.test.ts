import type { Browser, Page } from 'playwright-core';
import type { Skill, SkillToolAnswer } from 'strapi-plugin-skills-shared/contracts';
import { startOpenAIPeer, type OpenAIPeer } from '../support/peers/openai';
import { launchBrowser } from './browser';
import { startPlayground, type Playground } from './playground';
import { visit } from './visit';

const apiKey = 'sk-test-0123456789abcdef';
/** Long enough that a person, and this test, sees an answer that is not whole yet. */
const stepMs = 400;

let playground: Playground;
let browser: Browser;
let peer: OpenAIPeer;

beforeAll(async () => {
  [playground, browser, peer] = await Promise.all([
    startPlayground({ ALLOWED_PRIVATE_HOSTS: '127.0.0.1' }),
    launchBrowser(),
    startOpenAIPeer({
      apiKey,
      delayMs: stepMs,
      answers: [
        {
          reasoning: 'The tides are asked for.',
          webSearch: {
            query: 'high tide today',
            sources: [
              { url: 'https://tides.example/today', title: 'Tides of today' },
              { url: 'https://harbour.example/', title: 'The harbour' },
            ],
          },
          text: ['High tide is ', 'at **14:05**, ', 'and <b>nothing</b> else.\n\n', '- bring boots'],
          usage: { input: 1000, output: 100 },
        },
      ],
    }),
  ]);
});
afterAll(async () => {
  await Promise.all([browser.close(), playground.stop(), peer.close()]);
});

const open = (page: Page, route: string): Promise<unknown> =>
  page.goto(`${playground.url}/admin/plugins/skills${route}`);
const field = (page: Page, name: RegExp) => page.getByRole('textbox', { name });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

function send<Body>(method: string, route: string, json?: unknown): Promise<Body> {
  return playground.client.request<Body>(`/skills${route}`, { method, token: playground.adminToken, json });
}

/** Until the field holds the text: what was asked of the server arrives a moment later. */
async function untilTyped(page: Page, name: RegExp, text: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await field(page, name).inputValue()) === text) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`The field ${name} does not come to hold "${text}".`);
}

async function addConnection(page: Page): Promise<void> {
  await open(page, '/new-skill/provider');
  await page.getByText('No connection offers skills yet.').waitFor();
  await page.getByRole('link', { name: 'Add a connection' }).click();
  await page.getByRole('link', { name: /OpenAI/ }).click();
  await field(page, /^Name/).fill('OpenAI of the team');
  await field(page, /^Base URL/).fill(peer.url);
  await page.getByLabel(/^API key/).fill(apiKey);
  await page.getByRole('combobox', { name: /^API/ }).click();
  await page.getByRole('option', { name: 'Responses' }).click();
  await field(page, /^Default model/).fill('gpt-4.1');
  await press(page, 'Test connection');
  await page.locator('[data-test="passed"]').waitFor();
  await press(page, 'Create connection');
  await page.getByRole('heading', { name: 'OpenAI of the team', level: 1 }).waitFor();
}

async function createSkill(page: Page): Promise<void> {
  await open(page, '/skills');
  await page.getByRole('button', { name: 'New skill' }).first().click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Provider skill/ })
    .click();
  await page.getByRole('button', { name: /OpenAI of the team/ }).click();
  await page.getByRole('button', { name: /^Web search/ }).click();
  await field(page, /^Name/).fill('Search for tides');
  expect(await field(page, /^Alias/).inputValue()).toBe('search-for-tides');
  await page.getByText('This alias is free.').waitFor();
  await field(page, /^Description/).fill('Finds out when the sea comes.');
  await page.getByRole('combobox', { name: /^Search context size/ }).click();
  await page.getByRole('option', { name: 'High' }).click();
  await press(page, 'Save');
  await page.getByText('The skill was saved.').waitFor();
  await page.getByRole('heading', { name: 'Search for tides', level: 1 }).waitFor();
}

async function runAndWatch(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Runs' }).click();
  await field(page, /^Prompt/).fill('When is high tide?');
  await page.keyboard.press('Control+Enter');
  const answer = page.getByRole('tabpanel', { name: 'Answer' });
  await answer.getByText('High tide is').waitFor();
  // It is read while it is written: the run still goes on, and the end of its text is not there.
  expect(await page.getByRole('button', { name: 'Cancel run' }).count()).toBe(1);
  expect(await answer.getByText('bring boots').count()).toBe(0);
  await answer.getByRole('listitem').getByText('bring boots').waitFor();
  await page.getByText('Completed').first().waitFor();
  await answer.locator('strong', { hasText: '14:05' }).waitFor();
  expect(await answer.locator('b').count()).toBe(0);
  const sources = answer.getByRole('region', { name: 'Sources' }).getByRole('link');
  expect(await sources.evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
    'https://tides.example/today',
    'https://harbour.example/',
  ]);
  await answer.getByRole('button', { name: /^web_search/, expanded: false }).click();
  await answer.getByRole('region', { name: 'Input' }).getByText('high tide today').waitFor();
  await page.getByText('1,000 in, 100 out').waitFor();
}

async function publish(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Details' }).click();
  await field(page, /^Description/).fill('Finds out when the sea comes and goes.');
  await press(page, 'Save and publish');
  await page.getByText('The skill was saved and published').waitFor();
}

async function callAsAgent(): Promise<void> {
  const { client, adminToken } = playground;
  const token = await client.createApiToken(adminToken, 'Agent');
  const tool = await client.request<{ data: SkillToolAnswer }>(
    '/api/skills/search-for-tides/tool?dialect=openai',
    { token },
  );
  expect(tool.data).toMatchObject({
    dialect: 'openai',
    execution: 'native',
    tools: [{ type: 'web_search', search_context_size: 'high' }],
  });
}

describe('a provider skill’s way from a connection to an agent', () => {
  it('is made over a connection, run, watched, published and taken by an agent', async () => {
    await visit(browser, playground.url, async (page) => {
      await addConnection(page);
      await createSkill(page);
      await runAndWatch(page);
      await publish(page);
    });
    await callAsAgent();
    expect(peer.failures).toEqual([]);
  });

  it('goes back to an earlier version, and says what differs', async () => {
    await visit(browser, playground.url, async (page) => {
      await open(page, '/skills/search-for-tides/info');
      const row = page.locator('[data-field="description"]');
      await row.getByText('Finds out when the sea comes.').waitFor();
      await row.getByText('Finds out when the sea comes and goes.').waitFor();
      await press(page, 'Check out version 1');
      await press(page, 'Confirm');
      await page.getByText('Version 1 is the current one now.').waitFor();
      await page.getByRole('tab', { name: 'Details' }).click();
      await untilTyped(page, /^Description/, 'Finds out when the sea comes.');
    });
  });

  it('keeps what is typed when somebody else saves meanwhile, and shows both', async () => {
    await visit(
      browser,
      playground.url,
      async (page) => {
        await open(page, '/skills/search-for-tides/details');
        await field(page, /^Name/).fill('My tides');
        const { data: skill } = await send<{ data: Skill }>('GET', '/skills/search-for-tides');
        await send('PATCH', `/skills/${skill.id}`, { revision: skill.revision, name: 'Their tides' });
        await press(page, 'Save');
        const notice = page.getByRole('alert').filter({ hasText: 'Somebody else has changed this skill' });
        await notice.getByText('My tides').waitFor();
        await notice.getByText('Their tides').waitFor();
        expect(await field(page, /^Name/).inputValue()).toBe('My tides');
        await notice.getByRole('button', { name: 'Reload theirs' }).click();
        await untilTyped(page, /^Name/, 'Their tides');
        // Edits are not left behind unasked.
        await field(page, /^Name/).fill('Not saved');
        await page.getByRole('tab', { name: 'Runs' }).click();
        await page.getByRole('alertdialog').waitFor();
        await page.getByRole('alertdialog').getByRole('button').first().click();
        expect(await field(page, /^Name/).inputValue()).toBe('Not saved');
      },
      { provoked: /409 \(Conflict\)/ },
    );
  });

  it('is read, and says so, when its connection is inactive', async () => {
    const { data: skill } = await send<{ data: Skill }>('GET', '/skills/search-for-tides');
    const id = skill.binding?.connection?.id ?? '';
    const { data: connection } = await send<{ data: { revision: number } }>('GET', `/connections/${id}`);
    await send('PUT', `/connections/${id}`, { revision: connection.revision, active: false });
    await visit(browser, playground.url, async (page) => {
      await open(page, '/skills/search-for-tides/runs');
      await page.getByText('The connection of this skill is inactive.').waitFor();
      await open(page, '/skills');
      await page.locator('[data-skill="search-for-tides"]').getByText('OpenAI of the team').waitFor();
    });
  });
});
