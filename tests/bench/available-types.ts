import type { AvailableSkillType, SkillTypeFailure } from 'strapi-plugin-skills-shared/contracts';
import { createConnection, testProviders } from '../support/connections';
import { startMemoryPeer } from '../support/providers/memory/index';
import { bootStrapi, type BootedStrapi } from '../support/strapi';
import { median, ratioFigure, type Figure } from './figure';

const CONNECTIONS = 20;
/** How long each vendor takes to answer: far more than the plugin's own work, so that a sum would show. */
const ANSWER_MS = 250;
const LIMIT_MS = 1_500;
const NEVER_MS = 600_000;
const ROUNDS = 7;

export const name = 'available-types';

/**
 * The skill types of twenty connections: over those of one, while all answer; and over the time limit, while one hangs. Asked one after
 * another, the first would take twenty times as long.
 */
export async function run(): Promise<Figure[]> {
  const prompt = await startMemoryPeer({ delayMs: ANSWER_MS });
  const hanging = await startMemoryPeer({ delayMs: NEVER_MS });
  const app = await bootStrapi({
    config: {
      providers: testProviders,
      connections: { allowedPrivateHosts: ['127.0.0.1'], askTimeoutMs: LIMIT_MS },
    },
  });
  try {
    const one = await createConnection(app.strapi, { settings: { apiKey: 'key', baseUrl: prompt.url } });
    for (let n = 1; n < CONNECTIONS; n += 1)
      await createConnection(app.strapi, { settings: { apiKey: 'key', baseUrl: prompt.url } });
    const { token } = await app.admin(['skills.read']);
    const [single, all]: [number[], number[]] = [[], []];
    for (let round = 0; round <= ROUNDS; round += 1) {
      single.push((await asked(app, token, `?connection=${one.id}`)).ms);
      all.push((await asked(app, token, '')).ms);
    }
    await createConnection(app.strapi, { settings: { apiKey: 'key', baseUrl: hanging.url } });
    const withOne = await asked(app, token, '');
    return [
      ratioFigure('skill types of 20 connections that answer, over those of one', {
        // The first round opens the connections.
        value: median(all.slice(1)),
        baseline: median(single.slice(1)),
        unit: 'ms',
        limit: 1.5,
      }),
      ratioFigure('the same while one more hangs, over the time limit', {
        value: withOne.ms,
        baseline: LIMIT_MS,
        unit: 'ms',
        limit: 1.2,
      }),
      count('connections hidden by one that hangs', CONNECTIONS - withOne.answered),
      count('connections that hang and are not named', 1 - withOne.failures),
    ];
  } finally {
    await app.destroy();
    await Promise.all([prompt.close(), hanging.close()]);
  }
}

async function asked(
  app: BootedStrapi,
  token: string,
  query: string,
): Promise<{ ms: number; answered: number; failures: number }> {
  const start = performance.now();
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch(`${app.url}/skills/skill-types${query}`, { headers });
  const body = (await response.json()) as {
    data: AvailableSkillType[];
    meta: { failures: SkillTypeFailure[] };
  };
  const ms = performance.now() - start;
  if (response.status !== 200) throw new Error(`Asking for skill types answered ${response.status}.`);
  const answered = new Set(body.data.map(({ connection }) => connection.id)).size;
  return { ms, answered, failures: body.meta.failures.length };
}

function count(title: string, value: number): Figure {
  return { name: title, value, unit: 'count', baseline: null, ratio: null, target: '= 0', met: value === 0 };
}
