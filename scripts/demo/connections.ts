import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { StrapiClient } from '../app/strapi-client';

/** A way to a model that the demo finds on this machine. */
export interface FoundConnection {
  alias: string;
  name: string;
  provider: string;
  settings: Record<string, unknown>;
  /** How it was found, for the person who starts the demo. */
  reason: string;
}

const keys = [
  { variable: 'OPENAI_API_KEY', alias: 'openai', name: 'OpenAI', provider: 'openai' },
  { variable: 'ANTHROPIC_API_KEY', alias: 'anthropic', name: 'Anthropic', provider: 'anthropic' },
] as const;

/** The playground's own stand-in for a model, so that an agent can be watched without a key. */
const rehearsal: FoundConnection = {
  alias: 'rehearsal',
  name: 'Rehearsal',
  provider: 'rehearsal',
  settings: {},
  reason: 'no model: an agent that does what a prompt says line by line, such as "$ ls"',
};

/** Ollama's usual address. */
const ollama = 'http://127.0.0.1:11434';
/** A port of this machine answers at once, or nobody listens there. */
const patienceMs = 1_000;

/**
 * Looks for keys in the environment and for an Ollama on its usual port. No vendor is called, and no key is copied: a
 * connection that is made of one names the variable.
 */
export async function findConnections(env: NodeJS.ProcessEnv): Promise<FoundConnection[]> {
  const found: FoundConnection[] = keys
    .filter(({ variable }) => (env[variable] ?? '') !== '')
    .map(({ variable, ...connection }) => ({
      ...connection,
      settings: { apiKey: { env: variable } },
      reason: `${variable} is set`,
    }));
  const model = await findOllamaModel();
  if (model !== undefined) {
    found.push({
      alias: 'ollama',
      name: 'Ollama',
      provider: 'openai',
      settings: { baseUrl: `${ollama}/v1`, defaultModel: model },
      reason: `an Ollama on this machine has ${model}`,
    });
  }
  return [...found, rehearsal];
}

/** The model that was used last; undefined when no Ollama answers, or when it has none. */
async function findOllamaModel(): Promise<string | undefined> {
  try {
    const response = await fetch(`${ollama}/api/tags`, { signal: AbortSignal.timeout(patienceMs) });
    if (!response.ok) return undefined;
    const { models } = (await response.json()) as { models?: { name?: string }[] };
    return models?.[0]?.name;
  } catch {
    // Nobody listens there, or it is no Ollama: both are how most machines are.
    return undefined;
  }
}

/**
 * Makes the connections that are not known yet; `rememberIn` keeps which were made, so that one that a visitor deleted stays
 * deleted. Answers those that are there now.
 */
export async function addConnections(
  client: StrapiClient,
  adminToken: string,
  found: readonly FoundConnection[],
  rememberIn: string,
): Promise<FoundConnection[]> {
  const known = existsSync(rememberIn) ? (JSON.parse(readFileSync(rememberIn, 'utf8')) as string[]) : [];
  const there: FoundConnection[] = [];
  for (const connection of found) {
    const { alias, name, provider, settings } = connection;
    const route = `/skills/connections/alias-exists?alias=${alias}`;
    const { data } = await client.request<{ data: { exists: boolean } }>(route, { token: adminToken });
    if (!data.exists && known.includes(alias)) continue;
    if (!data.exists) {
      const json = { alias, name, provider, settings };
      await client.request('/skills/connections', { method: 'POST', token: adminToken, json });
    }
    there.push(connection);
  }
  const aliases = new Set([...known, ...there.map(({ alias }) => alias)]);
  writeFileSync(rememberIn, JSON.stringify([...aliases]));
  return there;
}

/** Lets agents work over the first connection, unless somebody has chosen. */
export async function chooseDefault(
  client: StrapiClient,
  adminToken: string,
  [first]: readonly FoundConnection[],
): Promise<void> {
  const route = '/skills/agent-defaults';
  const { data } = await client.request<{ data: { connection: unknown } }>(route, { token: adminToken });
  if (data.connection !== null || !first) return;
  await client.request(route, {
    method: 'PUT',
    token: adminToken,
    json: { connection: first.alias, model: null },
  });
}
