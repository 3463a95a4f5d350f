import OpenAI from 'openai';
import { createConnection } from '../support/connections';
import { readEventStream } from '../support/event-streams';
import { startPeerProcess } from '../support/peers/peer-process';
import { bootStrapi, type BootedStrapi } from '../support/strapi';
import { vendorProviders } from '../support/vendor-providers';
import { median, ratioFigure, type Figure } from './figure';

const STEP_MS = 50;
const WORDS = 30;
const ROUNDS = 20;
/** The first rounds warm the compiler up for both sides. */
const WARM_UP_ROUNDS = 4;
const LIMIT = 1.05;
const MODEL = 'gpt-4.1';
const PROMPT = 'Say something.';

export const name = 'provider-run';

/** Milliseconds from the request to each moment. */
interface Times {
  /** The first event of any sort. */
  event: number;
  /** The first words of the answer. */
  words: number;
  total: number;
}

/**
 * A run through the plugin (content API, event stream, everything stored before it is streamed) over the vendor's own SDK against the same
 * peer, in turns: medians. The peer, in a process of its own, waits 50 ms before each step of its answer.
 */
export async function run(): Promise<Figure[]> {
  const answers = [{ text: Array.from({ length: WORDS }, (_, index) => `word${index} `) }];
  const peer = await startPeerProcess({ delayMs: STEP_MS, answers });
  const app = await bootStrapi({
    config: { providers: vendorProviders, connections: { allowedPrivateHosts: ['127.0.0.1'] } },
  });
  try {
    const settings = { ...peer.settings, apiKey: 'sk-bench' };
    const client = new OpenAI({ apiKey: settings.apiKey, baseURL: settings.baseUrl });
    const through = await openSkill(app, settings);
    const ours: Times[] = [];
    const bare: Times[] = [];
    for (let round = 0; round < ROUNDS + WARM_UP_ROUNDS; round += 1) {
      const sides = [async () => ours.push(await through()), async () => bare.push(await bareRun(client))];
      for (const side of round % 2 === 0 ? sides : sides.reverse()) await side();
    }
    return [
      figure('first event of a run through the plugin, over the bare SDK', 'event'),
      figure('first words of a run through the plugin, over the bare SDK', 'words'),
      figure('a whole run through the plugin, over the bare SDK', 'total'),
    ];

    function figure(title: string, moment: keyof Times): Figure {
      const of = (side: Times[]) => median(side.slice(WARM_UP_ROUNDS).map((times) => times[moment]));
      return ratioFigure(title, { value: of(ours), baseline: of(bare), unit: 'ms', limit: LIMIT });
    }
  } finally {
    await app.destroy();
    await peer.close();
  }
}

async function openSkill(
  app: BootedStrapi,
  settings: Record<string, unknown>,
): Promise<() => Promise<Times>> {
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
  return () => throughPlugin(`${app.url}/api/skills/${created.body.data.alias}/runs`, token);
}

async function throughPlugin(url: string, token: string): Promise<Times> {
  const start = performance.now();
  const since = () => performance.now() - start;
  const times: Partial<Times> = {};
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      Accept: 'text/event-stream',
    },
    body: JSON.stringify({ prompt: PROMPT, model: MODEL }),
  });
  await readEventStream(response, {
    onEvent({ payload }) {
      times.event ??= since();
      if (payload.type === 'text-delta' && payload.stream === 'answer') times.words ??= since();
      if (payload.type === 'run-end') {
        if (payload.status !== 'completed') throw new Error(`The run ended so: ${JSON.stringify(payload)}`);
        times.total = since();
      }
    },
  });
  return complete(times);
}

async function bareRun(client: OpenAI): Promise<Times> {
  const start = performance.now();
  const since = () => performance.now() - start;
  const times: Partial<Times> = {};
  const stream = await client.responses.create({
    model: MODEL,
    input: [{ role: 'user', content: [{ type: 'input_text', text: PROMPT }] }],
    store: false,
    tools: [{ type: 'web_search' }],
    stream: true,
  });
  for await (const event of stream) {
    times.event ??= since();
    if (event.type === 'response.output_text.delta') times.words ??= since();
    if (event.type === 'response.completed') times.total = since();
  }
  return complete(times);
}

function complete({ event, words, total }: Partial<Times>): Times {
  if (event === undefined || words === undefined || total === undefined)
    throw new Error('An answer had no beginning, no words or no end.');
  return { event, words, total };
}
