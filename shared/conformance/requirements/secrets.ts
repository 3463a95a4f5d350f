import { demand, isError } from '../assertions';
import { prompt } from '../bench';
import type { Requirement } from '../requirement';
import { tour, tourScenarios } from '../tour';

/** A secret as it may be written down: as it is, in a URL, in Base64. */
function spellings(secret: string): string[] {
  const base64 = btoa(String.fromCharCode(...new TextEncoder().encode(secret)));
  return [secret, encodeURIComponent(secret), base64.replace(/=+$/, '')];
}

/** All that somebody could read of a value: errors with their data, whole objects, nothing of functions. */
function written(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (!isError(inner)) return inner;
    return { ...inner, name: inner.name, message: inner.message, stack: inner.stack };
  });
}

type Level = 'log' | 'info' | 'warn' | 'error' | 'debug';
const levels: readonly Level[] = ['log', 'info', 'warn', 'error', 'debug'];

/** What is written to the console meanwhile. */
async function listen(run: () => Promise<void>): Promise<string[]> {
  const lines: string[] = [];
  const originals = levels.map((level) => [level, console[level]] as const);
  for (const level of levels) console[level] = (...parts: unknown[]) => void lines.push(written(parts));
  try {
    await run();
  } finally {
    for (const [level, original] of originals) console[level] = original;
  }
  return lines;
}

export const secretRequirements: readonly Requirement[] = [
  {
    id: 'secrets/never-shown',
    says: 'no event, answer, error or line of a log holds a secret',
    async check(bench) {
      const { subject } = bench;
      for (const scenario of tourScenarios) {
        const stand = await bench.open(scenario);
        const sights: unknown[] = [];
        const lines = await listen(async () => void sights.push(...(await tour(bench, stand))));
        const places = { log: stand.logs.join('\n'), console: lines.join('\n'), answers: written(sights) };
        for (const [place, text] of Object.entries(places))
          for (const spelling of subject.secrets.flatMap(spellings))
            demand(!text.includes(spelling), `${scenario}: a secret shows in the ${place}.`);
      }
    },
  },
  {
    id: 'secrets/not-in-addresses',
    says: 'secrets travel in headers: servers on the way write addresses down',
    async check(bench) {
      const stand = await bench.open('answer');
      await tour(bench, stand);
      const addresses = stand.calls.map(({ url }) => url).join('\n');
      for (const spelling of bench.subject.secrets.flatMap(spellings))
        demand(!addresses.includes(spelling), 'A secret stands in a URL.');
    },
  },
  {
    id: 'log/no-prompt',
    says: 'no line of a log holds a prompt',
    needs: 'chat',
    async check(bench) {
      for (const scenario of tourScenarios) {
        const stand = await bench.open(scenario);
        const lines = await listen(async () => void (await tour(bench, stand)));
        const log = [...stand.logs, ...lines].join('\n');
        demand(!log.includes(prompt), `${scenario}: the prompt shows in a log.`);
      }
    },
  },
];
