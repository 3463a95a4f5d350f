import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startStrapi } from '../app/strapi-process';
import { StrapiClient } from '../app/strapi-client';
import { setUpAccess, type DemoFacts } from './access';
import { addConnections, chooseDefault, findConnections, type FoundConnection } from './connections';
import { curlLine } from './curl-line';

const playground = path.resolve(__dirname, '../../playground');
const samples = path.join(playground, 'samples');
const factsFile = path.join(playground, '.demo.json');
/** Lies beside the database, so that whoever deletes the data gets the samples again. */
const importedFile = path.join(playground, '.tmp/demo-samples.json');
const connectedFile = path.join(playground, '.tmp/demo-connections.json');

export interface Address {
  host: string;
  port: number;
}

function readFacts(): Partial<DemoFacts> {
  return existsSync(factsFile) ? (JSON.parse(readFileSync(factsFile, 'utf8')) as Partial<DemoFacts>) : {};
}

/** Imports and publishes the sample skills once for a database; what a visitor changes or deletes afterwards stays so. */
async function importSamples(client: StrapiClient, adminToken: string): Promise<void> {
  if (existsSync(importedFile)) return;
  const names = readdirSync(samples, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  console.log(`• Importing ${names.length} sample skills …`);
  for (const name of names) {
    const result = await client.importFolder(adminToken, path.join(samples, name));
    if (result.skillId !== null && result.outcome === 'created') {
      await client.publish(adminToken, result.skillId, 'Sample skill of the demo.');
    }
    console.log(`  ${name}: ${result.outcome}`);
  }
  writeFileSync(importedFile, JSON.stringify(names));
}

/** Which models skills can use, and how to get one. */
function describeConnections(facts: DemoFacts, connections: readonly FoundConnection[]): string {
  const lines = connections.map(({ name, reason }) => `  ${name.padEnd(12)}  ${reason}`);
  const hint = `To let a model work, add a connection in the panel (${facts.url}/admin/plugins/skills/connections),
or set OPENAI_API_KEY or ANTHROPIC_API_KEY, or start Ollama, and start the demo again.`;
  const hasModel = connections.some(({ provider }) => provider !== 'rehearsal');
  return `Connected, for agents and for skills that need a model:\n\n${lines.join('\n')}${hasModel ? '' : `\n\n${hint}`}`;
}

function printFacts(facts: DemoFacts, connections: readonly FoundConnection[]): void {
  console.log(`
The demo is running. Ctrl-C stops it; its data stays in playground/.tmp.

  Admin panel   ${facts.url}/admin
  E-mail        ${facts.email}
  Password      ${facts.password}

Run a skill and watch it:

  ${curlLine(facts, samples)}

${describeConnections(facts, connections)}

The same facts are in playground/.demo.json.
`);
}

/** Serves the built playground until it is asked to stop; answers the exit code. */
export async function serveDemo(address: Address): Promise<number> {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stopping.abort());
  console.log('• Starting Strapi …');
  mkdirSync(path.join(playground, '.tmp'), { recursive: true });
  const strapi = await startStrapi({
    appDir: playground,
    ...address,
    inheritOutput: true,
    signal: stopping.signal,
    env: {
      DATABASE_CLIENT: 'sqlite',
      DATABASE_FILENAME: '.tmp/demo.db',
      LOG_LEVEL: 'warn',
      STARTUP_MESSAGE: 'false',
    },
  });
  try {
    const client = new StrapiClient(strapi.url);
    const { facts, adminToken } = await setUpAccess(client, readFacts());
    writeFileSync(factsFile, `${JSON.stringify(facts, null, 2)}\n`, { mode: 0o600 });
    await importSamples(client, adminToken);
    const found = await findConnections(process.env);
    const connections = await addConnections(client, adminToken, found, connectedFile);
    await chooseDefault(client, adminToken, connections);
    printFacts(facts, connections);
  } catch (error) {
    await strapi.stop();
    if (!stopping.signal.aborted) throw error;
  }
  const code = await strapi.exited;
  console.log(stopping.signal.aborted ? '\nThe demo has stopped.' : '\nStrapi ended by itself.');
  return stopping.signal.aborted ? 0 : code || 1;
}
