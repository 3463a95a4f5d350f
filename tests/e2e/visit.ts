import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Credentials } from '../../scripts/app/strapi-client';
import { watchContext } from './page-watch';
import { administrator } from './playground';

const screenshots = path.resolve(__dirname, '../../test-results');

export interface VisitOptions {
  as?: Credentials | null;
  context?: BrowserContextOptions;
  /** What the visit brings about on purpose: Chromium prints every refused request as an error. */
  provoked?: RegExp;
}

/** Logs in as a person does, by the form. */
export async function logIn(page: Page, url: string, credentials: Credentials): Promise<void> {
  await page.goto(`${url}/admin/auth/login`);
  await page.getByRole('textbox', { name: 'Email' }).fill(credentials.email);
  await page
    .getByRole('textbox', { name: 'Password' })
    .or(page.getByLabel('Password'))
    .first()
    .fill(credentials.password);
  await page.getByRole('button', { name: 'Login' }).click();
  await page.waitForURL((address) => !address.pathname.includes('/auth/'));
}

/** What logging in has left in a browser, by playground and person: the form takes seconds, and its test is Strapi's. */
const sessions = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>();

/**
 * A person's visit to the panel: a browser profile of its own, logged in as the administrator unless `as` says otherwise. The first one in a
 * file begins where logging in leads, later ones at an empty page.
 * When the visit fails there is a screenshot of its last moment under `test-results/`. A visit without a failure still
 * fails when the page logged an error, violated its content policy, or asked another machine for anything.
 */
export async function visit(
  browser: Browser,
  url: string,
  work: (page: Page) => Promise<void>,
  { as = administrator, context: contextOptions, provoked }: VisitOptions = {},
): Promise<void> {
  const person = as && `${url} ${as.email}`;
  const storageState = person === null ? undefined : sessions.get(person);
  const viewport = { width: 1280, height: 900 };
  const context = await browser.newContext({ viewport, storageState, ...contextOptions });
  context.setDefaultTimeout(15_000);
  const watch = await watchContext(context, url);
  const page = await context.newPage();
  try {
    if (as && person !== null && !storageState) {
      await logIn(page, url, as);
      sessions.set(person, await context.storageState());
    }
    await work(page);
    expect(watch.take().filter((fault) => !provoked?.test(fault))).toEqual([]);
  } catch (error) {
    mkdirSync(screenshots, { recursive: true });
    const name = (expect.getState().currentTestName ?? 'visit').replace(/[^a-z0-9]+/gi, '-');
    await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
    throw error;
  } finally {
    await context.close();
  }
}
