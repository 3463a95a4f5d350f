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
  await playground.client.importFolder(playground.adminToken, path.join(__dirname, 'fixtures/sales-report'));
});
afterAll(async () => {
  await Promise.all([browser.close(), playground.stop()]);
});

const openTab = (page: Page): Promise<unknown> =>
  page.goto(`${playground.url}/admin/plugins/skills/skills/sales-report/terminal`);

/** The rows that are seen, as assistive technology reads them too. */
const shownText = `[...document.querySelectorAll('.xterm-rows > div')].map((row) => row.textContent).join('\\n')`;

/** Playwright's own waiting would `eval`, which the page's policy refuses. */
async function untilShown(page: Page, pattern: RegExp): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (pattern.test(await page.evaluate<string>(shownText))) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`${pattern} is not shown: ${await page.evaluate<string>(shownText)}`);
}

async function openShell(page: Page): Promise<void> {
  await openTab(page);
  await page.getByRole('button', { name: 'Open a shell' }).click();
  await page
    .getByRole('status')
    .getByText(/^Open, isolated by/)
    .waitFor();
  await untilShown(page, /\$/);
}

describe('the terminal', () => {
  it('takes what is typed, shows what comes of it, and saves it as an image', async () => {
    await visit(browser, playground.url, async (page) => {
      await openShell(page);
      // The focus is in the shell at once.
      await page.keyboard.type('ls; echo "type""d"; echo kept > ~/kept.txt\n');
      await untilShown(page, /SKILL\.md[^]*typed/);
      await page.getByRole('textbox', { name: /^Terminal of/ }).waitFor({ state: 'attached' });
      await page.getByRole('button', { name: 'Save as image' }).click();
      const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
      await dialog.getByText(/Secrets of the environment/).waitFor();
      await dialog.getByRole('button', { name: 'Save as image' }).click();
      await page.getByText(/^Saved: the skill’s next runs/).waitFor();
      await page.getByRole('tabpanel').getByRole('button', { name: 'Close', exact: true }).click();
      await page.getByRole('status').getByText('The terminal is closed.').waitFor();
      await page.getByRole('button', { name: 'Open a new shell' }).click();
      await untilShown(page, /\$/);
      await page.keyboard.type('cat ~/kept.txt; exit 4\n');
      await page.getByRole('status').getByText('exit code 4').waitFor();
      await untilShown(page, /\nkept/);
    });
  });

  it('lets the keyboard go', async () => {
    await visit(browser, playground.url, async (page) => {
      await openShell(page);
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.className')).toContain('xterm-helper-textarea');
      await page.keyboard.press('Control+F6');
      expect(await page.evaluate('document.activeElement.tagName')).toBe('BUTTON');
    });
  });

  it('asks before it is left, and goes on for who stays', async () => {
    await visit(browser, playground.url, async (page) => {
      await openShell(page);
      await page.getByRole('tab', { name: 'Overview' }).click();
      await page.getByText(/^Its shell ends when you leave this page/).waitFor();
      await page.getByRole('button', { name: 'Stay here' }).click();
      await page.getByRole('textbox', { name: /^Terminal of/ }).focus();
      await page.keyboard.type('echo st"ill here"\n');
      await untilShown(page, /still here/);
      await page.getByRole('tab', { name: 'Overview' }).click();
      await page.getByRole('button', { name: 'Close it and leave' }).click();
      await page.getByRole('tab', { name: 'Overview', selected: true }).waitFor();
    });
  });

  it('can be given up while it opens', async () => {
    await visit(browser, playground.url, async (page) => {
      await openTab(page);
      let goOn: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (goOn = resolve));
      await page.route('**/skills/skills/*/terminals', async (route) => {
        await held;
        await route.continue();
      });
      await page.getByRole('button', { name: 'Open a shell' }).click();
      await page.getByRole('status').getByText('Opening a shell…').waitFor();
      const answered = page.waitForResponse('**/skills/skills/*/terminals');
      await page.getByRole('tabpanel').getByRole('button', { name: 'Close', exact: true }).click();
      await page.getByRole('status').getByText('The terminal is closed.').waitFor();
      goOn();
      await answered;
      await page.getByRole('button', { name: 'Open a new shell' }).click();
      await untilShown(page, /\$/);
    });
  });

  it('is not shown to who may not use it', async () => {
    const reader = await addPerson(playground, 'onlooker', ['skills.read', 'runs.read']);
    await visit(
      browser,
      playground.url,
      async (page) => {
        await openTab(page);
        await page.getByRole('tab', { name: 'Overview' }).waitFor();
        expect(await page.getByRole('tab', { name: 'Terminal' }).count()).toBe(0);
      },
      { as: reader },
    );
  });
});
