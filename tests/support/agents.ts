import type { Connection, Run, RunCreate, RunEvent } from 'strapi-plugin-skills-shared/contracts';
import { serverViewer, skillsOf } from '../../server/src/domains/skills';
import type { Caller } from './callers';
import { createConnection } from './connections';
import { conversation, type Scripts } from './peers/conversation';
import { startOpenAIPeer, type OpenAIPeer, type OpenAIPeerOptions } from './peers/openai';
import { eventually } from './runs';
import { bootStrapi, type BootedStrapi, type BootOptions } from './strapi';
import { vendorProviders } from './vendor-providers';

/** A bundle for an agent, as tests write it. */
export interface AgentSkillFiles {
  alias: string;
  /** Below the frontmatter. */
  instructions?: string;
  /** Lines of the frontmatter beyond name and description. */
  frontmatter?: string;
  files?: Readonly<Record<string, string>>;
  published?: boolean;
}

/** A booted app with a connection to a local peer whose model follows scripts, and what tests of agents do over and over. */
export interface AgentStand {
  app: BootedStrapi;
  peer: OpenAIPeer;
  connection: Connection;
  ada: Caller;
  /** Makes a bundle and publishes it unless told otherwise; answers its id. */
  createSkill(skill: AgentSkillFiles): Promise<string>;
  /** Starts a run in the panel, over the connection; the prompt names the script. */
  start(alias: string, body: Partial<RunCreate> & { prompt: string }): Promise<Run>;
  read(runId: string): Promise<Run>;
  /** Waits until the run is in a state. */
  until(runId: string, ...states: Run['status'][]): Promise<Run>;
  /** Waits until it has ended. */
  ended(runId: string): Promise<Run>;
  /** The first thousand events. */
  events(runId: string): Promise<RunEvent[]>;
  close(): Promise<void>;
}

export const agentConfig = {
  providers: vendorProviders,
  connections: { allowedPrivateHosts: ['127.0.0.1'] },
};

export interface AgentStandOptions extends Pick<BootOptions, 'database'> {
  scripts: Scripts;
  /** Beyond `agentConfig`. */
  config?: Record<string, unknown>;
  peer?: Omit<OpenAIPeerOptions, 'answers'>;
}

export async function openAgentStand({
  scripts,
  config,
  peer: peerOptions,
  database,
}: AgentStandOptions): Promise<AgentStand> {
  const peer = await startOpenAIPeer({ ...peerOptions, answers: conversation(scripts) });
  const app = await bootStrapi({ config: { ...agentConfig, ...config }, ...(database && { database }) });
  const settings = { ...peer.settings, apiKey: 'sk-test', defaultModel: 'gpt-4.1' };
  const connection = await createConnection(app.strapi, { provider: 'openai', settings });
  const ada = await app.admin();
  const read = async (id: string): Promise<Run> =>
    (await ada.agent.get(`/skills/runs/${id}`).expect(200)).body.data;
  const until: AgentStand['until'] = (id, ...states) =>
    eventually(async () => {
      const run = await read(id);
      return states.includes(run.status) && run;
    }, 30_000);
  return {
    app,
    peer,
    connection,
    ada,
    createSkill: (skill) => createAgentSkill(app, skill),
    async start(alias, body) {
      const request = { connection: connection.id, ...body };
      const response = await ada.agent.post(`/skills/skills/${alias}/runs`).send(request);
      if (response.status !== 201) throw new Error(`Not started: ${JSON.stringify(response.body)}`);
      return response.body.data;
    },
    read,
    until,
    ended: (id) => until(id, 'completed', 'failed', 'cancelled'),
    events: async (id) => (await ada.agent.get(`/skills/runs/${id}/events?limit=1000`).expect(200)).body.data,
    async close() {
      await app.destroy();
      await peer.close();
    },
  };
}

/** Makes a bundle that an agent works by. */
export async function createAgentSkill(
  { strapi }: Pick<BootedStrapi, 'strapi'>,
  {
    alias,
    instructions = 'Do what you are asked to.',
    frontmatter = '',
    files = {},
    published = true,
  }: AgentSkillFiles,
): Promise<string> {
  const author = { type: 'command', id: null, name: 'Test' } as const;
  const document = `---\nname: ${alias}\ndescription: A skill of the tests.\n${frontmatter}---\n\n${instructions}\n`;
  const contents = Object.entries({ 'SKILL.md': document, ...files });
  const { skill } = await skillsOf(strapi).createFrom({
    alias,
    name: alias,
    kind: 'bundle',
    visibility: 'org',
    owner: null,
    author,
    files: contents.map(([path, text]) => ({ path, content: Buffer.from(text), executable: false })),
  });
  if (published) {
    const made = await skillsOf(strapi).get(alias, serverViewer);
    await skillsOf(strapi).publish(made, { versionId: made.current.id, note: null, author });
  }
  return skill.id;
}
