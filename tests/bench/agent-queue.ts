import OpenAI from 'openai';
import { agentConfig, createAgentSkill } from '../support/agents';
import { createConnection } from '../support/connections';
import { call, prompt } from '../support/peers/conversation';
import { startPeerProcess, type PeerProcess } from '../support/peers/peer-process';
import { eventually } from '../support/runs';
import { bootStrapi, type BootedStrapi } from '../support/strapi';
import { runsOf } from '../../server/src/domains/runs';
import { serverViewer, skillsOf } from '../../server/src/domains/skills';
import { versionsOf } from '../../server/src/domains/versions';
import type { Figure } from './figure';

const RUNS = 1_000;
/** Agents at once: what the plugin has unless it is told. */
const CONCURRENCY = 100;
const STEP_MS = 50;
const MODEL = 'gpt-4.1';

export const name = 'agent-queue';

const scripts = {
  work: [
    { delayMs: STEP_MS, toolCalls: [call('write_file', { path: 'done.txt', content: 'done\n' })] },
    { delayMs: STEP_MS, text: 'It is done.' },
  ],
};

/**
 * A thousand agents queued at once, each with two requests to a vendor that takes 50 ms for one, and a file written in a sandbox between
 * them: throughput beside bare SDK loops of the same number at once, memory, and whether one was lost.
 */
export async function run(): Promise<Figure[]> {
  const peer = await startPeerProcess({ scripts });
  const app = await bootStrapi({ config: agentConfig });
  try {
    const settings = { ...peer.settings, apiKey: 'sk-bench', defaultModel: MODEL };
    const connection = await createConnection(app.strapi, { provider: 'openai', settings });
    await createAgentSkill(app, { alias: 'worker' });
    const before = process.memoryUsage().rss;
    const memory = watchMemory();
    const startedAt = performance.now();
    const ids = await startAll(app, connection.id);
    await eventually(
      async () => (await countWith(app, 'queued')) + (await countWith(app, 'running')) === 0,
      600_000,
    );
    const seconds = (performance.now() - startedAt) / 1000;
    const peak = memory.stop();
    const completed = await countWith(app, 'completed');
    const bare = RUNS / (await bareSeconds(peer));
    const untargeted = { target: null, met: null };
    return [
      { ...count('agent runs that were lost or failed', RUNS - completed) },
      { ...count('agent runs that were not stored', RUNS - new Set(ids).size) },
      {
        name: `agent runs, ${CONCURRENCY} at once, beside bare SDK loops`,
        value: completed / seconds,
        unit: 'runs/s',
        baseline: bare,
        ratio: completed / seconds / bare,
        ...untargeted,
      },
      {
        name: 'memory beyond the idle server, at most, for each agent at work',
        value: (peak - before) / CONCURRENCY / 1024,
        unit: 'KB',
        baseline: null,
        ratio: null,
        ...untargeted,
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

async function countWith(
  { strapi }: BootedStrapi,
  status: 'queued' | 'running' | 'completed',
): Promise<number> {
  const query = { page: 1, pageSize: 1, sort: 'createdAt', status };
  return (await runsOf(strapi).list(query, {})).total;
}

async function startAll({ strapi }: BootedStrapi, connection: string): Promise<string[]> {
  const skill = await skillsOf(strapi).get('worker', serverViewer);
  const version = await versionsOf(strapi).get(skill.current.id);
  const ids: string[] = [];
  for (let n = 0; n < RUNS; n += 1) {
    const { run } = await runsOf(strapi).start({
      skill,
      version,
      versionNumber: null,
      input: null,
      prompt: prompt('work', `Run ${n}.`),
      inputFiles: [],
      connection,
      origin: 'command',
      startedBy: { type: 'command', id: null, name: 'Bench' },
      viewer: serverViewer,
    });
    ids.push(run.id);
  }
  return ids;
}

function watchMemory(): { stop(): number } {
  let peak = 0;
  const look = (): void => void (peak = Math.max(peak, process.memoryUsage().rss));
  const timer = setInterval(look, 100);
  return {
    stop() {
      clearInterval(timer);
      look();
      return peak;
    },
  };
}

/** The same conversations by the vendor's SDK alone, as many at once. */
async function bareSeconds(peer: PeerProcess): Promise<number> {
  const client = new OpenAI({ apiKey: 'sk-bench', baseURL: peer.settings.baseUrl });
  const startedAt = performance.now();
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < RUNS) {
      next += 1;
      await converse(client, next);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return (performance.now() - startedAt) / 1000;
}

async function converse(client: OpenAI, n: number): Promise<void> {
  const input: OpenAI.Responses.ResponseInput = [{ role: 'user', content: prompt('work', `Run ${n}.`) }];
  const tool = { type: 'function', name: 'write_file', description: 'Writes.', strict: false } as const;
  const tools = [{ ...tool, parameters: { type: 'object', properties: {} } }];
  for (let turn = 0; turn < 2; turn += 1) {
    const stream = await client.responses.create({ model: MODEL, input, store: false, tools, stream: true });
    for await (const event of stream) {
      if (event.type !== 'response.output_item.done' || event.item.type !== 'function_call') continue;
      const { call_id, name: called, arguments: args } = event.item;
      input.push({ type: 'function_call', call_id, name: called, arguments: args });
      input.push({ type: 'function_call_output', call_id, output: 'Written.' });
    }
  }
}
