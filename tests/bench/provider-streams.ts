import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';
import { createConnection } from '../support/connections';
import { readEventStream } from '../support/event-streams';
import { startPeerProcess } from '../support/peers/peer-process';
import { bootStrapi, type BootedStrapi } from '../support/strapi';
import { vendorProviders } from '../support/vendor-providers';
import type { Figure } from './figure';

const STREAMS = 200;
const STEP_MS = 50;
const WORDS = 100;
const MiB = 1024 * 1024;
const LIMIT_BYTES = MiB;
const SAMPLE_MS = 2_000;

const words = Array.from({ length: WORDS }, (_, index) => `word${index} `);

export const name = 'provider-streams';

/**
 * Two hundred runs at once, each read as a stream while a peer in a process of its own writes a word each 50 ms: no event may be missing
 * or out of order. Memory is what is alive after a collection, while all of them stream, over what was alive before; the readers' part
 * is in it, since they are in this process.
 */
export async function run(): Promise<Figure[]> {
  const peer = await startPeerProcess({ delayMs: STEP_MS, answers: [{ text: words }] });
  const app = await bootStrapi({
    config: {
      providers: vendorProviders,
      connections: { allowedPrivateHosts: ['127.0.0.1'] },
      run: { vendorConcurrency: STREAMS },
    },
  });
  try {
    const start = await openSkill(app, { ...peer.settings, apiKey: 'sk-bench' });
    await Promise.all(Array.from({ length: 10 }, start));
    const before = liveBytes();
    const sampler = sampleMemory();
    const startedAt = performance.now();
    const streams = await Promise.all(Array.from({ length: STREAMS }, start));
    const tookMs = performance.now() - startedAt;
    const perStream = (sampler.stop() - before) / STREAMS;
    const faults = streams.filter((events) => !isWhole(events)).length;
    return [
      count('streams of 200 at once that lost an event or got one out of order', faults),
      {
        ...count('memory of each of 200 streams at once', Math.max(0, Math.round(perStream))),
        unit: 'bytes',
        target: `≤ ${LIMIT_BYTES} bytes`,
        met: perStream <= LIMIT_BYTES,
      },
      {
        ...count('200 streams at once, until the last has ended', tookMs),
        unit: 'ms',
        baseline: (WORDS + 4) * STEP_MS,
        ratio: tookMs / ((WORDS + 4) * STEP_MS),
        target: null,
        met: null,
      },
    ];
  } finally {
    await app.destroy();
    await peer.close();
  }
}

function count(title: string, value: number): Figure {
  return { name: title, value, unit: 'count', baseline: null, ratio: null, target: '= 0', met: value === 0 };
}

/** Every number from 1 on, the whole answer in its order, and an end. */
function isWhole(events: readonly RunEvent[]): boolean {
  const answer = events
    .map(({ payload }) => (payload.type === 'text-delta' && payload.stream === 'answer' ? payload.text : ''))
    .join('');
  const end = events.at(-1)?.payload;
  return (
    events.every(({ seq }, index) => seq === index + 1) &&
    answer === words.join('') &&
    end?.type === 'run-end' &&
    end.status === 'completed'
  );
}

async function openSkill(
  app: BootedStrapi,
  settings: Record<string, unknown>,
): Promise<() => Promise<RunEvent[]>> {
  const connection = await createConnection(app.strapi, { provider: 'openai', settings });
  const admin = await app.admin();
  const created = await admin.agent.post('/skills/skills').send({
    kind: 'provider',
    name: 'Search the web',
    description: 'Searches.',
    connection: connection.id,
    skillType: 'web-search',
    publish: true,
  });
  if (created.status !== 201) throw new Error(`No skill: ${JSON.stringify(created.body)}`);
  const { token } = await app.contentToken(['run.create']);
  const url = `${app.url}/api/skills/${created.body.data.alias}/runs`;
  return async () => {
    const headers = {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      Accept: 'text/event-stream',
    };
    const body = JSON.stringify({ prompt: 'Say something.', model: 'gpt-4.1' });
    return readEventStream(await fetch(url, { method: 'POST', headers, body }));
  };
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

function liveBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Collects and measures again and again; `stop` answers the most that was alive. */
function sampleMemory(): { stop(): number } {
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, liveBytes())), SAMPLE_MS);
  return {
    stop() {
      clearInterval(timer);
      return most;
    },
  };
}
