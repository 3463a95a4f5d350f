import type { Browser, Page } from 'playwright-core';
import type { Environment, Skill } from 'strapi-plugin-skills-shared/contracts';
import { launchBrowser } from './browser';
import { holdRequest } from './held-request';
import { addPerson } from './people';
import { startPlayground, type Playground } from './playground';
import { visit } from './visit';

const secret = 'sk-of-the-tides-4711';

let playground: Playground;
let browser: Browser;
let skill: Skill;

beforeAll(async () => {
  [playground, browser] = await Promise.all([startPlayground(), launchBrowser()]);
  const json = { kind: 'bundle', name: 'Tide finder', description: 'Finds out when the sea comes.' };
  skill = (await send<{ data: Skill }>('POST', '/skills', json)).data;
});
afterAll(async () => {
  await Promise.all([browser?.close(), playground?.stop()]);
});

function send<Body>(method: string, route: string, json?: unknown): Promise<Body> {
  return playground.client.request<Body>(`/skills${route}`, { method, token: playground.adminToken, json });
}

const stored = async () => (await send<{ data: Environment }>('GET', `/skills/${skill.id}/environment`)).data;
const open = async (page: Page): Promise<void> => {
  await page.goto(`${playground.url}/admin/plugins/skills/skills/${skill.id}/environment`);
  await page.getByRole('heading', { name: 'Secrets' }).waitFor();
};
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const save = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('The environment is saved').first().waitFor();
};

async function typeSetup(page: Page, text: string): Promise<void> {
  await field(page, 'Setup commands').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

describe('the environment of a skill', () => {
  it('is filled in, built with a live log that masks secrets, and cancelled', async () => {
    await visit(
      browser,
      playground.url,
      async (page) => {
        await open(page);
        await page.getByText('No variables yet.').waitFor();
        await page.getByRole('button', { name: 'Add a variable' }).click();
        await field(page, 'Name of variable 1').fill('PATH');
        await field(page, 'Value of PATH').fill('north');
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        await page.getByText('PATH cannot be set').first().waitFor();
        await field(page, 'Name of variable 1').fill('COAST');
        await page.getByRole('button', { name: 'Add a secret' }).click();
        await field(page, 'Name of new secret 1').fill('TIDE_KEY');
        await field(page, 'Value of TIDE_KEY').fill(secret);
        await field(page, 'Allowed hosts').fill('tides.example');
        await field(page, 'Allowed hosts').press('Enter');
        await page.getByRole('button', { name: 'Remove tides.example' }).click();
        await typeSetup(page, 'echo "from $COAST with $TIDE_KEY"\necho made > "$HOME/made"');
        await page.getByText('Save your changes before you build').waitFor();
        await save(page);
        await page.getByRole('button', { name: 'Build image' }).click();
        await page.getByText('from north with •••').waitFor();
        await page.getByText('Completed').waitFor();
        const { image, secrets } = await stored();
        expect(secrets.map(({ name }) => name)).toEqual(['TIDE_KEY']);
        await page.getByText(image?.digest.slice(0, 12) ?? 'no image').waitFor();
        expect(await page.content()).not.toContain(secret);

        await typeSetup(page, 'echo begun; sleep 100');
        await save(page);
        await page.getByText('Outdated', { exact: true }).waitFor();
        await page.getByRole('button', { name: 'Build image' }).click();
        await page.getByText('begun').waitFor();
        await page.getByRole('button', { name: 'Cancel build' }).click();
        await page.getByText('Cancelled').waitFor();
      },
      { provoked: /400/ },
    );
  });

  it('keeps what one types when somebody else saves', async () => {
    await visit(
      browser,
      playground.url,
      async (page) => {
        await open(page);
        await field(page, 'Value of COAST').fill('mine');
        const { revision, setup } = await stored();
        await send('PUT', `/skills/${skill.id}/environment`, {
          revision,
          setup,
          variables: [{ name: 'COAST', value: 'theirs' }],
        });
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        await page.getByText('COAST=theirs').waitFor();
        await page.getByRole('button', { name: 'Keep mine' }).click();
        await save(page);
        expect((await stored()).variables).toEqual([{ name: 'COAST', value: 'mine' }]);
        await field(page, 'Value of COAST').fill('unsaved');
        await page.getByRole('tab', { name: 'Versions' }).click();
        await page.getByRole('button', { name: 'Stay here' }).click();
        expect(await field(page, 'Value of COAST').inputValue()).toBe('unsaved');
        await field(page, 'Value of COAST').fill('mine');
      },
      { provoked: /409/ },
    );
  });

  it('keeps what one types while it is saved, secrets too', async () => {
    await visit(browser, playground.url, async (page) => {
      await open(page);
      await page.getByRole('button', { name: 'Add a secret' }).click();
      await field(page, 'Name of new secret 1').fill('FIRST_KEY');
      await field(page, 'Value of FIRST_KEY').fill('first');
      const saving = await holdRequest(page, (request) => request.method() === 'PUT');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await saving.sent;
      await page.getByRole('button', { name: 'Add a secret' }).click();
      await field(page, 'Name of new secret 2').fill('SECOND_KEY');
      await field(page, 'Value of SECOND_KEY').fill('second');
      await field(page, 'Value of COAST').fill('typed meanwhile');
      saving.letGo();
      await page.getByText('The environment is saved').first().waitFor();
      await page.getByRole('button', { name: 'Replace FIRST_KEY' }).waitFor();
      expect(await field(page, 'Value of SECOND_KEY').inputValue()).toBe('second');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('button', { name: 'Replace SECOND_KEY' }).waitFor();
      expect((await stored()).variables).toEqual([{ name: 'COAST', value: 'typed meanwhile' }]);
    });
  });

  it('tells how a build ends whose log cannot be read, and of one that somebody else starts', async () => {
    const { revision, variables } = await stored();
    await send('PUT', `/skills/${skill.id}/environment`, { revision, setup: 'sleep 20', variables });
    const work = async (page: Page) => {
      await page.route(/\/environment-builds\/[^/]+$/, (route) => route.fulfill({ status: 403, body: 'no' }));
      await open(page);
      await page.getByText('Cancelled').waitFor();
      await send('POST', `/skills/${skill.id}/environment/builds`, {});
      await page.getByText('Running').waitFor({ timeout: 30_000 });
      await page.getByText('Completed').waitFor({ timeout: 60_000 });
    };
    await visit(browser, playground.url, work, { provoked: /403/ });
  });

  it('shows to each role what it may do', async () => {
    const reader = await addPerson(playground, 'reader', ['skills.read', 'environments.read']);
    const editor = await addPerson(playground, 'editor', [
      'skills.read',
      'environments.read',
      'environments.update',
    ]);
    await visit(
      browser,
      playground.url,
      async (page) => {
        await open(page);
        await page.getByText('You may look at it, not change it.').waitFor();
        expect(await page.getByRole('button', { name: 'Save', exact: true }).count()).toBe(0);
        expect(await page.getByRole('button', { name: 'Build image' }).count()).toBe(0);
        expect(await field(page, 'Value of COAST').isDisabled()).toBe(true);
      },
      { as: reader },
    );
    await visit(
      browser,
      playground.url,
      async (page) => {
        await open(page);
        await page.getByText('Your role may not change them.').waitFor();
        expect(await field(page, 'Allowed hosts').count()).toBe(0);
        await field(page, 'Value of COAST').fill('south');
        await save(page);
      },
      { as: editor },
    );
  });
});
