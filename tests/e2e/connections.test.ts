import type { Connection } from 'strapi-plugin-skills-shared/contracts';
import type { Browser, Page } from 'playwright-core';
import { startOpenAIPeer, type OpenAIPeer } from '../support/peers/openai';
import { launchBrowser } from './browser';
import { holdRequest } from './held-request';
import { addPerson } from './people';
import { startPlayground, type Playground } from './playground';
import { visit } from './visit';

const apiKey = 'sk-test-0123456789abcdef';

let playground: Playground;
let browser: Browser;
let peer: OpenAIPeer;

beforeAll(async () => {
  [playground, browser, peer] = await Promise.all([
    startPlayground({ ALLOWED_PRIVATE_HOSTS: '127.0.0.1', OPENAI_API_KEY: apiKey, ANTHROPIC_API_KEY: '' }),
    launchBrowser(),
    startOpenAIPeer({ apiKey }),
  ]);
});
afterAll(async () => {
  await Promise.all([browser.close(), playground.stop(), peer.close()]);
});

const open = (page: Page, route: string): Promise<unknown> =>
  page.goto(`${playground.url}/admin/plugins/skills${route}`);
const field = (page: Page, name: string | RegExp) => page.getByRole('textbox', { name });
const secret = (page: Page, name: RegExp) =>
  page.locator('input[type="password"]').and(page.getByLabel(name));
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

function send<Body>(method: string, route: string, json?: unknown): Promise<Body> {
  return playground.client.request<Body>(`/skills${route}`, { method, token: playground.adminToken, json });
}

async function createConnection(name: string): Promise<Connection> {
  const settings = { apiKey, baseUrl: peer.url, api: 'responses' };
  const { data } = await send<{ data: Connection }>('POST', '/connections', {
    name,
    provider: 'openai',
    settings,
  });
  return data;
}

describe('a connection', () => {
  it('is made in two steps, and says why its key does not work before it is saved', async () => {
    const work = async (page: Page) => {
      await open(page, '/connections');
      await page.getByRole('heading', { name: 'Connect a provider' }).waitFor();
      await page.getByRole('link', { name: 'New connection' }).first().click();
      await page.getByRole('link', { name: /OpenAI/ }).click();
      await field(page, /^Name/).fill('Web search (EU)');
      expect(await field(page, /^Alias/).inputValue()).toBe('web-search-eu');
      await press(page, 'Test connection');
      await page.getByText('Enter an API key, or the base URL of a server that needs none.').waitFor();
      await field(page, /^Base URL/).fill(peer.url);
      await secret(page, /^API key/).fill('sk-wrong-key-0000');
      await press(page, 'Test connection');
      await page.locator('[data-test="failed"]').getByText(/key/i).waitFor();
      expect(await page.locator('body').innerText()).not.toContain('sk-wrong-key-0000');
      await secret(page, /^API key/).fill(apiKey);
      await press(page, 'Test connection');
      await page
        .locator('[data-test="passed"]')
        .getByText(/models? /)
        .waitFor();
      await press(page, 'Create connection');
      await page.getByRole('heading', { name: 'Web search (EU)', level: 1 }).waitFor();
      await page.getByText('Set. It is stored encrypted and never shown.').waitFor();
      await press(page, 'Test connection');
      await page.locator('[data-test="passed"]').waitFor();
      await open(page, '/connections');
      await page.locator('[data-connection="web-search-eu"]').getByText('Passed').waitFor();
    };
    await visit(browser, playground.url, work, { provoked: /status of 400 .*\/connection-tests/ });
  });

  it('demands its key anew when it would be sent elsewhere, and keeps it otherwise', async () => {
    const { id } = await createConnection('Moving');
    await visit(browser, playground.url, async (page) => {
      await open(page, `/connections/${id}`);
      await page.getByText('Set. It is stored encrypted and never shown.').waitFor();
      await field(page, /^Base URL/).fill(`${peer.url}/`);
      await page.getByText('Secrets would be sent to this address: enter them anew.').waitFor();
      await press(page, 'Save');
      await page.getByText('Enter it anew: it would be sent to another address than before.').waitFor();
      await page.getByRole('button', { name: 'Discard' }).click();
      await field(page, /^Default model/).fill('gpt-5.4');
      await press(page, 'Save');
      await page.getByText('The connection was saved.').waitFor();
      await press(page, 'Test connection');
      await page.locator('[data-test="passed"]').waitFor();
    });
  });

  it('takes its key from an environment variable that is allowed', async () => {
    const { id } = await createConnection('From the environment');
    await visit(browser, playground.url, async (page) => {
      await open(page, `/connections/${id}`);
      await page.getByRole('button', { name: 'Replace API key' }).click();
      await press(page, 'Take it from an environment variable');
      await page.getByRole('combobox', { name: /^API key/ }).click();
      await page.getByRole('option', { name: 'ANTHROPIC_API_KEY (not on the server)' }).waitFor();
      await page.getByRole('option', { name: 'OPENAI_API_KEY' }).click();
      await press(page, 'Save');
      await page.getByText('From the environment variable OPENAI_API_KEY, which the server has.').waitFor();
      await press(page, 'Test connection');
      await page.locator('[data-test="passed"]').waitFor();
    });
  });

  it('tells that somebody else has changed it, and loads what they saved', async () => {
    const { id, revision } = await createConnection('Contended');
    const work = async (page: Page) => {
      await open(page, `/connections/${id}`);
      await field(page, /^Name/).fill('Mine');
      await send('PUT', `/connections/${id}`, { revision, name: 'Theirs' });
      await press(page, 'Save');
      await page.getByText(/Somebody else has changed this connection/).waitFor();
      await press(page, 'Load the newest state');
      await page.getByRole('heading', { name: 'Theirs', level: 1 }).waitFor();
      expect(await field(page, /^Name/).inputValue()).toBe('Theirs');
    };
    await visit(browser, playground.url, work, { provoked: /status of 409 / });
  });

  it('keeps what is typed while it is saved', async () => {
    const { id } = await createConnection('Slow');
    await visit(browser, playground.url, async (page) => {
      await open(page, `/connections/${id}`);
      const saving = await holdRequest(page, (request) => request.method() === 'PUT');
      await field(page, /^Default model/).fill('gpt-5.4');
      await page.getByRole('button', { name: 'Replace API key' }).click();
      await secret(page, /^API key/).fill(apiKey);
      await press(page, 'Save');
      await saving.sent;
      await field(page, /^Name/).fill('Slow, and typed meanwhile');
      saving.letGo();
      await page.getByText('The connection was saved.').waitFor();
      await page.getByText('Set. It is stored encrypted and never shown.').waitFor();
      expect(await field(page, /^Name/).inputValue()).toBe('Slow, and typed meanwhile');
      await press(page, 'Save');
      await page.getByRole('heading', { name: 'Slow, and typed meanwhile', level: 1 }).waitFor();
    });
  });

  it('is not told of a taken alias while another is asked about', async () => {
    await createConnection('Taken');
    const { id } = await createConnection('Untaken');
    await visit(browser, playground.url, async (page) => {
      await open(page, `/connections/${id}`);
      await field(page, /^Alias/).fill('taken');
      await page.getByText('Another connection has this alias.').waitFor();
      const asking = await holdRequest(page, (request) => request.url().includes('alias=taken-2'));
      await field(page, /^Alias/).fill('taken-2');
      await asking.sent;
      expect(await page.getByText('Another connection has this alias.').count()).toBe(0);
      asking.letGo();
      await page.getByRole('button', { name: 'Discard' }).click();
    });
  });

  it('does not let edits go without a word', async () => {
    const { id } = await createConnection('Half edited');
    await visit(browser, playground.url, async (page) => {
      await open(page, `/connections/${id}`);
      await field(page, /^Name/).fill('Not saved');
      await page.getByRole('link', { name: 'Providers' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Stay here' }).click();
      expect(await field(page, /^Name/).inputValue()).toBe('Not saved');
      await page.getByRole('link', { name: 'Providers' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Leave without saving' }).click();
      await page.getByRole('heading', { name: 'Providers', level: 1 }).waitFor();
    });
  });
});

describe('a connection that a skill uses', () => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await createConnection('In use');
    await send('POST', '/skills', {
      kind: 'provider',
      name: 'News of the day',
      description: 'Looks for news.',
      connection: connection.id,
      skillType: 'web-search',
    });
  });

  it('cannot be deleted, and says by what it is used', async () => {
    await visit(browser, playground.url, async (page) => {
      await open(page, '/connections');
      const row = page.locator(`[data-connection="${connection.alias}"]`);
      await row.getByRole('button', { name: 'Actions for In use' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      const dialog = page.getByRole('alertdialog');
      await dialog.getByText('It cannot be deleted').waitFor();
      expect(await dialog.getByRole('button', { name: 'Delete' }).count()).toBe(0);
      await dialog.getByRole('link', { name: 'News of the day' }).click();
      await page.getByRole('heading', { name: 'News of the day', level: 1 }).waitFor();
    });
  });

  it('is deactivated only after its users were shown', async () => {
    await visit(browser, playground.url, async (page) => {
      await open(page, `/connections/${connection.id}`);
      await page.getByRole('link', { name: 'News of the day' }).waitFor();
      await page.getByRole('checkbox', { name: 'Active' }).click();
      await press(page, 'Save');
      const dialog = page.getByRole('alertdialog');
      await dialog.getByRole('link', { name: 'News of the day' }).waitFor();
      await dialog.getByRole('button', { name: 'Deactivate' }).click();
      await page.getByText('The connection was saved.').waitFor();
      await page.getByText('Inactive', { exact: true }).waitFor();
    });
  });
});

describe('the default for agents', () => {
  const models = /\/connections\/[^/]+\/models$/;

  beforeAll(async () => {
    const { id } = await createConnection('Model of the team');
    await send('PUT', '/agent-defaults', { connection: id, model: null });
  });

  it('asks the vendor for models when somebody chooses one, and not before', async () => {
    await visit(browser, playground.url, async (page) => {
      const asked: string[] = [];
      page.on('request', (request) => models.test(request.url()) && asked.push(request.url()));
      await open(page, '/connections');
      const model = page.getByRole('combobox', { name: 'Model' });
      await model.waitFor();
      await page.waitForLoadState('networkidle');
      expect(asked).toEqual([]);
      await model.click();
      await page.getByRole('option').first().waitFor();
      expect(asked).toHaveLength(1);
    });
  });

  it('is shown to who may change it and not start runs, without a refusal', async () => {
    const keeper = await addPerson(playground, 'keeper', ['connections.read', 'connections.update']);
    await visit(
      browser,
      playground.url,
      async (page) => {
        await open(page, '/connections');
        await page.getByRole('combobox', { name: 'Model' }).click();
        await page.getByText('Your role may not list the models').waitFor();
        expect(await page.getByText('Forbidden').count()).toBe(0);
      },
      { as: keeper },
    );
  });

  it('says that the connections could not be read, and tries again', async () => {
    const work = async (page: Page) => {
      let failing = true;
      await page.route(/\/skills\/connections\?.*capability=chat/, (route) =>
        failing ? route.fulfill({ status: 503, body: 'busy' }) : route.fallback(),
      );
      await open(page, '/connections');
      await page.getByText('The connections could not be read.').waitFor();
      failing = false;
      await press(page, 'Try again');
      await page.getByText('The connections could not be read.').waitFor({ state: 'detached' });
      await page.getByRole('combobox', { name: 'Connection' }).click();
      await page.getByRole('option', { name: 'Untaken' }).waitFor();
      await page.keyboard.press('Escape');
    };
    await visit(browser, playground.url, work, { provoked: /503/ });
  });
});

describe('a role that may only read connections', () => {
  it('sees one without a way to change it', async () => {
    const { id } = await createConnection('Read only');
    const reader = await addPerson(playground, 'connection-reader', ['connections.read', 'providers.read']);
    await visit(
      browser,
      playground.url,
      async (page) => {
        await open(page, '/connections');
        await page.getByRole('link', { name: 'Read only' }).waitFor();
        expect(await page.getByRole('link', { name: 'New connection' }).count()).toBe(0);
        expect(await page.getByRole('button', { name: /^Actions for/ }).count()).toBe(0);
        await open(page, `/connections/${id}`);
        await page.getByText('Set. It is stored encrypted and never shown.').waitFor();
        expect(await field(page, /^Name/).isDisabled()).toBe(true);
        expect(await page.getByRole('button', { name: /Save|Replace|Test connection/ }).count()).toBe(0);
      },
      { as: reader },
    );
  });
});

describe('the providers and tool scopes', () => {
  it('are listed with what they can do, and a token is limited', async () => {
    await playground.client.createApiToken(playground.adminToken, 'Newsroom');
    await visit(browser, playground.url, async (page) => {
      await open(page, '/providers');
      const card = page.locator('[data-provider="strapi-provider-skills-openai"]');
      await card.getByText('Installed').waitFor();
      await card.getByText('Provider skills').waitFor();
      await page.getByRole('link', { name: 'Tool scopes' }).click();
      const limit = page.locator('[data-limit="api-token:Newsroom"]');
      await limit.getByText('All skills, without a limit').waitFor();
      await page.getByRole('button', { name: 'Change the limit of Newsroom' }).click();
      await page.getByRole('combobox', { name: 'May use' }).click();
      await page.getByRole('option', { name: 'Only skills within scopes' }).click();
      await page.getByRole('combobox', { name: 'Tool scopes' }).click();
      await page.getByRole('option').first().click();
      await page.keyboard.press('Escape');
      await limit.getByRole('button', { name: 'Save' }).click();
      await page.getByText('The limit of “Newsroom” was saved.').waitFor();
      await limit.getByText('All skills, without a limit').waitFor({ state: 'detached' });
    });
  });
});
