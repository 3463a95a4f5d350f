import assert from 'node:assert/strict';
import type { Connection, InstalledProvider, Skill } from 'strapi-plugin-skills-shared/contracts';
import { startOpenAIPeer } from '../support/peers/openai';
import type { Session } from './in-app';
import { runCommand } from './run-command';

const alias = 'look-it-up';

/** The packed adapters are there by being installed, without a line of configuration. */
export async function checkProviders({ client, adminToken }: Session): Promise<void> {
  const { data } = await client.request<{ data: InstalledProvider[] }>('/skills/providers', {
    token: adminToken,
  });
  const facts = data.map(({ package: name, packageVersion, state, rejection }) => ({
    name: name.replace('strapi-provider-skills-', ''),
    version: packageVersion,
    state,
    reason: rejection?.code ?? null,
  }));
  assert.deepEqual(facts, [
    { name: 'anthropic', version: '0.1.0', state: 'loaded', reason: null },
    { name: 'broken', version: '0.3.1', state: 'rejected', reason: 'load-failed' },
    { name: 'future', version: '9.0.0', state: 'rejected', reason: 'wrong-specification-version' },
    { name: 'openai', version: '0.1.0', state: 'loaded', reason: null },
  ]);
  const features = data
    .find(({ id }) => id === 'openai')
    ?.capabilities.flatMap((capability) => capability.features.map(({ id }) => `${capability.id}/${id}`));
  assert.deepEqual(features?.sort(), ['chat/hosted-skills', 'chat/skills']);
}

/** Connects to a vendor on this machine, makes a web search of it, and runs that as an agent does. */
export async function runProviderSkill({ client, adminToken, token }: Session): Promise<void> {
  const peer = await startOpenAIPeer({ apiKey: 'sk-of-the-consumer' });
  const post = <Body>(route: string, json: unknown) =>
    client.request<{ data: Body }>(route, { method: 'POST', token: adminToken, json });
  try {
    const { data: connection } = await post<Connection>('/skills/connections', {
      name: 'Peer',
      provider: 'openai',
      settings: { ...peer.settings, defaultModel: 'gpt-5.4-mini' },
    });
    await post<Skill>('/skills/skills', {
      kind: 'provider',
      name: 'Look it up',
      alias,
      connection: connection.id,
      skillType: 'web-search',
      publish: true,
    });
    const run = await client.runSkill(token, alias, { prompt: 'Who wrote the first program?' });
    assert.equal(run.status, 'completed', JSON.stringify(run.error));
    assert.notEqual((run.output as { text: string }).text, '');
    assert.deepEqual(peer.failures, []);
    assert.match(peer.requests.at(-1)?.body ?? '', /"web_search"/);
  } finally {
    await peer.close();
  }
}

export function uninstallAdapter(app: string): void {
  runCommand('npm', ['uninstall', 'strapi-provider-skills-openai', '--no-audit', '--no-fund'], { cwd: app });
}

/** The connection and the skill of an adapter that is gone are listed, and say so; a run is refused with a reason. */
export async function checkOrphans({ client, adminToken, token }: Session): Promise<void> {
  const read = <Body>(route: string) => client.request<{ data: Body }>(route, { token: adminToken });
  const { data: connections } = await read<Connection[]>('/skills/connections');
  assert.deepEqual(
    connections.map(({ name, provider }) => [name, provider.id, provider.installed]),
    [['Peer', 'openai', false]],
  );
  const { data: skill } = await read<Skill>(`/skills/skills/${alias}`);
  assert.equal(skill.binding?.skillTypeId, 'web-search');
  assert.equal(skill.binding.connection?.provider.installed, false);
  await assert.rejects(client.runSkill(token, alias, { prompt: 'Still there?' }), /provider-missing/);
}
