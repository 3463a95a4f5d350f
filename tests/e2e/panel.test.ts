import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { addPerson } from './people';
import { startPlayground, type Playground } from './playground';
import { visit } from './visit';

let playground: Playground;
let browser: Browser;

beforeAll(async () => {
  [playground, browser] = await Promise.all([startPlayground(), launchBrowser()]);
});
afterAll(async () => {
  await Promise.all([browser.close(), playground.stop()]);
});

const open = (page: Page, route: string): Promise<unknown> =>
  page.goto(`${playground.url}/admin/plugins/skills${route}`);

const focusedText = 'document.activeElement?.textContent?.trim() ?? ""';

/** Presses Tab until the focus is on the element; fails when the keyboard cannot get there. */
async function tabTo(page: Page, label: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate<string>(focusedText)) === label) return;
  }
  throw new Error(`Tab does not reach "${label}".`);
}

/** The focus moves a moment after the key that moves it. Playwright's own waiting would `eval`, which the page's policy refuses. */
async function untilFocused(page: Page, label: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await page.evaluate<string>(focusedText)) === label) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`The focus does not come to "${label}".`);
}

/** A dialog hears keys once it has taken the focus, a moment after it is seen. */
async function untilDialogHears(page: Page): Promise<void> {
  await page.getByRole('dialog').waitFor();
  const hears = "document.activeElement?.closest('[role=dialog]') != null";
  for (let tries = 0; tries < 100; tries += 1) {
    if (await page.evaluate<boolean>(hears)) return;
    await page.waitForTimeout(50);
  }
  throw new Error('The focus does not come into the dialog.');
}

/** How light a colour is: 0 black, 1 white. */
function lightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map(Number);
  return (red + green + blue) / (3 * 255);
}

describe('the panel, before there is a skill', () => {
  it('shows all that the person may see, however late their permissions arrive', async () => {
    await visit(browser, playground.url, async (page) => {
      await page.route('**/admin/users/me/permissions', async (route) => {
        await page.waitForTimeout(2000);
        await route.continue();
      });
      await open(page, '/skills');
      for (const name of ['Skills', 'Runs', 'Connections', 'Providers', 'Tool scopes'])
        await page.getByRole('link', { name, exact: true }).last().waitFor();
    });
  });

  it('tells a newcomer what a skill is, and how to get one', async () => {
    await visit(browser, playground.url, async (page) => {
      await open(page, '/skills');
      await page.getByText('Teach your agents something').waitFor();
      await page.getByRole('button', { name: 'Import' }).first().waitFor();
      await page.getByRole('button', { name: 'New skill' }).first().waitFor();
    });
  });
});

describe('the panel by keyboard alone', () => {
  it('makes a skill, and leaves its dialog by Escape', async () => {
    await visit(browser, playground.url, async (page) => {
      await open(page, '/skills');
      await page.getByRole('button', { name: 'New skill' }).first().waitFor();
      await tabTo(page, 'New skill');
      await page.keyboard.press('Enter');
      await untilDialogHears(page);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await untilFocused(page, 'New skill');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await page.getByRole('button', { name: /^Blank bundle/ }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('textbox', { name: /^Name/ }).focus();
      await page.keyboard.type('Release notes');
      await page.getByRole('textbox', { name: /^Description/ }).focus();
      await page.keyboard.type('Writes release notes from a list of commits.');
      await tabTo(page, 'Create skill');
      await page.keyboard.press('Enter');
      await page
        .getByRole('heading', { name: 'Release notes' })
        .or(page.getByRole('heading', { name: 'release-notes' }))
        .first()
        .waitFor();
      await page.getByRole('tab', { name: 'Overview' }).focus();
      await page.keyboard.press('ArrowRight');
      await untilFocused(page, 'Files');
      await page.keyboard.press('Enter');
      await page.getByRole('tab', { name: 'Files', selected: true }).waitFor();
    });
  });
});

describe('the panel for a role', () => {
  it('does not show what the role may not do', async () => {
    const { client, adminToken } = playground;
    await client.importFolder(adminToken, path.join(__dirname, 'fixtures/sales-report'));
    const reader = await addPerson(playground, 'reader', ['skills.read', 'runs.read']);
    await visit(
      browser,
      playground.url,
      async (page) => {
        await open(page, '/skills');
        await page.getByRole('link', { name: 'sales_report' }).waitFor();
        expect(await page.getByRole('button', { name: /New skill|Import/ }).count()).toBe(0);
        await open(page, '/skills/sales-report/versions');
        await page.getByRole('button', { name: /Download version 1/ }).waitFor();
        expect(await page.getByRole('button', { name: /Publish|Upload/ }).count()).toBe(0);
        await open(page, '/skills/sales-report/runs');
        await page.getByText('There are no runs yet.').waitFor();
        expect(await page.getByRole('button', { name: 'Run', exact: true }).count()).toBe(0);
      },
      { as: reader },
    );
  });

  it('shows Publish to a role that may publish', async () => {
    const publisher = await addPerson(playground, 'publisher', ['skills.read', 'skills.publish']);
    await visit(
      browser,
      playground.url,
      async (page) => {
        await open(page, '/skills/sales-report/versions');
        await page.getByRole('button', { name: 'Publish' }).first().waitFor();
      },
      { as: publisher },
    );
  });
});

describe('the homepage', () => {
  it('shows how the skills are doing', async () => {
    await visit(browser, playground.url, async (page) => {
      await page.goto(`${playground.url}/admin`);
      for (const figure of ['Runs an hour', 'Success rate', 'Median duration']) {
        await page.getByText(figure).first().waitFor();
      }
    });
  });
});

describe('the panel in dark mode', () => {
  it.each(['/skills', '/skills/sales-report/overview', '/skills/sales-report/files', '/runs'])(
    'is dark at %s',
    async (route) => {
      await visit(
        browser,
        playground.url,
        async (page) => {
          await open(page, route);
          const heading = page.getByRole('heading', { level: 1 }).first();
          await heading.waitFor();
          const colours = await page.evaluate<{ background: string; text: string }>(
            `({ background: getComputedStyle(document.body).backgroundColor, text: getComputedStyle(document.querySelector('h1')).color })`,
          );
          expect(lightness(colours.background)).toBeLessThan(0.3);
          expect(lightness(colours.text)).toBeGreaterThan(0.7);
        },
        { context: { colorScheme: 'dark' } },
      );
    },
  );
});
