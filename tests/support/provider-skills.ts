import type {
  Connection,
  ProviderSkillSave,
  Skill,
  VersionDetail,
} from 'strapi-plugin-skills-shared/contracts';
import type { Caller } from './callers';
import { createConnection, testProviders } from './connections';
import { startMemoryPeer, type MemoryPeer } from './providers/memory/index';
import { bootStrapi, type BootedStrapi } from './strapi';

/** What the peer wants, and nobody may see. */
export const MEMORY_SECRET = 'memory-secret-Qm4';

/** A booted app with a connection to a memory peer, and what tests of provider skills do over and over. */
export interface ProviderSkillStand {
  app: BootedStrapi;
  peer: MemoryPeer;
  ada: Caller;
  /** May read skills, and nothing else. */
  reader: Caller;
  connection: Connection;
  connect(wanted?: object): Promise<Connection>;
  /** The body that makes a skill of a web search. */
  formOf(wanted?: object): object;
  create(wanted?: object, by?: Caller): Promise<Skill>;
  read(idOrAlias: string): Promise<Skill>;
  /** The current version. */
  versionOf(skill: Skill): Promise<VersionDetail>;
  /** The form as the panel would send it back unchanged. */
  open(skill: Skill): Promise<ProviderSkillSave>;
  save(skill: Skill, form: object, by?: Caller): ReturnType<Caller['agent']['put']>;
  close(): Promise<void>;
}

export async function openProviderSkillStand(): Promise<ProviderSkillStand> {
  const peer = await startMemoryPeer({ apiKey: MEMORY_SECRET });
  const app = await bootStrapi({
    config: {
      providers: testProviders,
      connections: { allowedPrivateHosts: ['127.0.0.1'], askTimeoutMs: 500 },
      toolScopes: [{ id: 'crm', name: 'CRM', description: 'Reads customers.' }],
    },
  });
  const ada = await app.admin();
  const connect: ProviderSkillStand['connect'] = (wanted = {}) =>
    createConnection(app.strapi, { settings: { apiKey: MEMORY_SECRET, baseUrl: peer.url }, ...wanted });
  const connection = await connect();
  return {
    app,
    peer,
    ada,
    reader: await app.admin(['skills.read']),
    connection,
    connect,
    ...createActions(ada, connection),
    async close() {
      await app.destroy();
      await peer.close();
    },
  };
}

type Actions = Pick<ProviderSkillStand, 'formOf' | 'create' | 'read' | 'versionOf' | 'open' | 'save'>;

function createActions(ada: Caller, connection: Connection): Actions {
  let serial = 0;
  const formOf: Actions['formOf'] = (wanted = {}) => {
    serial += 1;
    return {
      kind: 'provider',
      name: `Search ${serial}`,
      description: `Looks up thing ${serial}.`,
      connection: connection.id,
      skillType: 'web-search',
      settings: { contextSize: 'high' },
      ...wanted,
    };
  };
  const versionOf: Actions['versionOf'] = async (skill) =>
    (await ada.agent.get(`/skills/versions/${skill.currentVersion.id}`).expect(200)).body.data;

  return {
    formOf,
    versionOf,
    async create(wanted = {}, by = ada) {
      const response = await by.agent.post('/skills/skills').send(formOf(wanted));
      expect(response.body).toMatchObject({ data: {} });
      expect(response.status).toBe(201);
      return response.body.data;
    },
    read: async (idOrAlias) => (await ada.agent.get(`/skills/skills/${idOrAlias}`).expect(200)).body.data,
    async open(skill) {
      const version = await versionOf(skill);
      return {
        name: skill.name,
        alias: skill.alias,
        description: skill.description,
        connection: version.metadata.provider!.connectionId,
        settings: version.metadata.provider!.settings,
        toolScopes: skill.toolScopes,
        active: skill.active,
        publish: false,
        revision: skill.revision,
        version: { id: version.id, revision: version.revision },
      };
    },
    save: (skill, form, by = ada) => by.agent.put(`/skills/skills/${skill.id}/definition`).send(form),
  };
}
