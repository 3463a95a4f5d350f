import OpenAI from 'openai';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { agentConfig, createAgentSkill } from '../support/agents';
import { createConnection } from '../support/connections';
import { readEventStream } from '../support/event-streams';
import { call, prompt } from '../support/peers/conversation';
import { startPeerProcess } from '../support/peers/peer-process';
import { bootStrapi, type BootedStrapi } from '../support/strapi';
import { median, ratioFigure, type Figure } from './figure';

/** The vendor's time for one request. */
const STEP_MS = 50;
/** Requests of the two conversations: what they differ by is the steps alone, and starting and ending is in both. */
const SHORT = 5;
const LONG = 25;
const ROUNDS = 12;
/** The first rounds warm the compiler up for both sides. */
const WARM_UP_ROUNDS = 4;
const LIMIT = 1.05;
const MODEL = 'gpt-4.1';
const FILE = 'notes.md';
/** A document as skills have them. */
const TEXT = `${'A line of notes that an agent reads before it goes on.\n'.repeat(60)}`;

export const name = 'agent-loop';

const read = { delayMs: STEP_MS, toolCalls: [call('read_file', { path: FILE })] };
const conversationOf = (steps: number) => [
  ...Array.from({ length: steps - 1 }, () => read),
  { delayMs: STEP_MS, text: 'I have read it all.' },
];
const scripts = { short: conversationOf(SHORT), long: conversationOf(LONG) };
type Length = keyof typeof scripts;

/**
 * An agent's run (content API, event stream, every event stored before it is streamed, a tool call in a sandbox at each step) over a loop
 * that an engineer would write around the vendor's own SDK, against the same peer, in turns. The peer takes 50 ms for each request and
 * has a process of its own.
 */
export async function run(): Promise<Figure[]> {
  const peer = await startPeerProcess({ scripts });
  const app = await bootStrapi({ config: agentConfig });
  try {
    const settings = { ...peer.settings, apiKey: 'sk-bench', defaultModel: MODEL };
    const client = new OpenAI({ apiKey: settings.apiKey, baseURL: settings.baseUrl });
    const through = await openAgent(app, settings);
    const ours = { short: [] as number[], long: [] as number[] };
    const bare = { short: [] as number[], long: [] as number[] };
    for (let round = 0; round < ROUNDS + WARM_UP_ROUNDS; round += 1) {
      for (const length of ['short', 'long'] as const) {
        const sides = [
          async () => ours[length].push(await through(length)),
          async () => bare[length].push(await bareLoop(client, length)),
        ];
        for (const side of round % 2 === 0 ? sides : sides.reverse()) await side();
      }
    }
    const whole = (times: number[]): number => median(times.slice(WARM_UP_ROUNDS));
    const perStep = ({ short, long }: typeof ours): number => (whole(long) - whole(short)) / (LONG - SHORT);
    return [
      ratioFigure(`a step of an agent at ${STEP_MS} ms of the vendor's, over a loop around the bare SDK`, {
        value: perStep(ours),
        baseline: perStep(bare),
        unit: 'ms',
        limit: LIMIT,
      }),
      {
        name: `a whole agent run of ${LONG} steps, its request, start and end included, over the same loop`,
        value: whole(ours.long),
        baseline: whole(bare.long),
        ratio: whole(ours.long) / whole(bare.long),
        unit: 'ms',
        target: null,
        met: null,
      },
    ];
  } finally {
    await app.destroy();
    await peer.close();
  }
}

async function openAgent(
  app: BootedStrapi,
  settings: Record<string, unknown>,
): Promise<(length: Length) => Promise<number>> {
  const connection = await createConnection(app.strapi, { provider: 'openai', settings });
  await createAgentSkill(app, { alias: 'reader', files: { [FILE]: TEXT } });
  const { token } = await app.contentToken(['run.create']);
  return async (length) => {
    const startedAt = performance.now();
    const response = await fetch(`${app.url}/api/skills/reader/runs`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        Accept: 'text/event-stream',
      },
      body: JSON.stringify({ prompt: prompt(length), connection: connection.id }),
    });
    let endedAt = Number.NaN;
    await readEventStream(response, {
      onEvent({ payload }) {
        if (payload.type !== 'run-end') return;
        if (payload.status !== 'completed') throw new Error(`The run ended so: ${JSON.stringify(payload)}`);
        endedAt = performance.now();
      },
    });
    return endedAt - startedAt;
  };
}

const tools: OpenAI.Responses.Tool[] = [
  {
    type: 'function',
    name: 'read_file',
    description: 'Reads a file.',
    parameters: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
    strict: false,
  },
];

/** What the agent does, without storing, isolating or telling anybody: the file is read from the disk. */
async function bareLoop(client: OpenAI, length: Length): Promise<number> {
  const startedAt = performance.now();
  const input: OpenAI.Responses.ResponseInput = [
    { role: 'user', content: [{ type: 'input_text', text: prompt(length) }] },
  ];
  for (;;) {
    const stream = await client.responses.create({ model: MODEL, input, store: false, tools, stream: true });
    const calls: OpenAI.Responses.ResponseFunctionToolCall[] = [];
    for await (const event of stream) {
      if (event.type === 'response.output_item.done' && event.item.type === 'function_call')
        calls.push(event.item);
    }
    if (calls.length === 0) return performance.now() - startedAt;
    for (const { call_id, name: tool, arguments: args } of calls) {
      input.push({ type: 'function_call', call_id, name: tool, arguments: args });
      // As long as what the agent reads.
      await readFile(path.join(__dirname, 'figure.ts'), 'utf8');
      input.push({ type: 'function_call_output', call_id, output: TEXT });
    }
  }
}
