import type { Browser, Locator, Page } from 'playwright-core';
import type { Connection, Page as ListPage, RunSummary, Skill } from 'strapi-plugin-skills-shared/contracts';
import { conversation, type Scripts } from '../support/peers/conversation';
import { startOpenAIPeer } from '../support/peers/openai';
import { launchBrowser } from './browser';
import { startPlayground, type Playground } from './playground';

const apiKey = 'sk-test-0123456789abcdef';

/** A playground with a scripted model beside it, for the pages that try a skill out. */
export interface TesterStand {
  playground: Playground;
  browser: Browser;
  send: <Body>(method: string, route: string, json?: unknown) => Promise<Body>;
  makeSkill: (name: string) => Promise<Skill>;
  /** Connects the scripted model. */
  connect: (name: string) => Promise<Connection>;
  runsIn: (thread: string) => Promise<RunSummary[]>;
  openTester: (page: Page, of: Skill, rest?: string) => Promise<unknown>;
  stop: () => Promise<unknown>;
}

export async function startTesterStand(scripts: Scripts): Promise<TesterStand> {
  const [playground, browser, peer] = await Promise.all([
    startPlayground({ ALLOWED_PRIVATE_HOSTS: '127.0.0.1' }),
    launchBrowser(),
    startOpenAIPeer({ apiKey, answers: conversation(scripts) }),
  ]);
  const send = <Body>(method: string, route: string, json?: unknown): Promise<Body> =>
    playground.client.request<Body>(`/skills${route}`, { method, token: playground.adminToken, json });
  return {
    playground,
    browser,
    send,
    makeSkill: async (name) => {
      const json = { kind: 'bundle', name, description: 'Finds out when the sea comes.' };
      return (await send<{ data: Skill }>('POST', '/skills', json)).data;
    },
    connect: async (name) => {
      const settings = { ...peer.settings, defaultModel: 'gpt-4.1' };
      const json = { name, provider: 'openai', settings };
      return (await send<{ data: Connection }>('POST', '/connections', json)).data;
    },
    runsIn: async (thread) =>
      (await send<ListPage<RunSummary>>('GET', `/runs?thread=${thread}&pageSize=50`)).data,
    openTester: (page, of, rest = '') =>
      page.goto(`${playground.url}/admin/plugins/skills/skills/${of.id}/tester${rest}`),
    stop: () => Promise.all([browser.close(), playground.stop(), peer.close()]),
  };
}

export const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name });
export const threadIn = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';
export const ended = (run: Locator, status: string): Promise<void> =>
  run.locator(`[data-status="${status}"]`).waitFor();

/** Sends a prompt, and answers the run that it started. */
export async function ask(page: Page, text: string): Promise<Locator> {
  await field(page, 'Prompt').fill(text);
  await page.keyboard.press('Control+Enter');
  const run = page.getByRole('article', { name: text, exact: true }).last();
  await run.waitFor();
  return run;
}

export async function newThread(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New thread' }).first().click();
  await field(page, 'Name of the new thread').fill(name);
  await page.keyboard.press('Enter');
  await page.locator(`[data-thread="${name}"] [aria-current="page"]`).waitFor();
}
