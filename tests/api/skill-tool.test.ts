import type { Connection, Skill } from 'strapi-plugin-skills-shared/contracts';
import type { Caller } from '../support/callers';
import { createConnection, testProviders } from '../support/connections';
import { startMemoryPeer, type MemoryPeer } from '../support/providers/memory/index';
import { createRunnableSkill } from '../support/runnable-skills';
import { bootStrapi, type BootedStrapi } from '../support/strapi';
import { connectionsOf } from '../../server/src/domains/connections';

// @any-database: What a skill is to an agent passes through rows that other tests try on every database.

const SECRET = 'native-secret-Tt7';
const providers = { ...testProviders, 'strapi-provider-skills-native': { resolve: '../providers/native' } };

describe('a skill as a tool of an agent', () => {
  let app: BootedStrapi;
  let ada: Caller;
  let agent: Caller;
  let peer: MemoryPeer;
  let connection: Connection;

  beforeAll(async () => {
    peer = await startMemoryPeer({ apiKey: SECRET });
    app = await bootStrapi({ config: { providers, connections: { allowedPrivateHosts: ['127.0.0.1'] } } });
    ada = await app.admin();
    agent = await app.contentToken([
      'skill.tool',
      'skill.findOne',
      'skill.find',
      'skill.readFile',
      'skill.archive',
    ]);
    connection = await connect();
  });
  afterAll(async () => {
    await app?.destroy();
    await peer?.close();
  });

  const connect = (wanted: object = {}) =>
    createConnection(app.strapi, {
      provider: 'native',
      settings: { apiKey: SECRET, baseUrl: peer.url },
      ...wanted,
    });

  let serial = 0;
  async function create(wanted: object = {}): Promise<Skill> {
    serial += 1;
    const body = {
      kind: 'provider',
      name: `Tool ${serial}`,
      description: `Looks up thing ${serial}.`,
      connection: connection.id,
      skillType: 'web-search',
      settings: { contextSize: 'low' },
      publish: true,
      ...wanted,
    };
    const response = await ada.agent.post('/skills/skills').send(body);
    expect(response.body).toMatchObject({ data: {} });
    return response.body.data;
  }

  const tool = (alias: string, dialect = 'openai', by = agent) =>
    by.agent.get(`/api/skills/${alias}/tool`).query({ dialect });

  it("is the vendor's own entry where the dialect is the vendor's", async () => {
    const { alias } = await create();
    const { body } = await tool(alias).expect(200);
    expect(body.data).toEqual({
      dialect: 'openai',
      execution: 'native',
      tools: [{ type: 'web_search', contextSize: 'low', maxResults: 10, safe: true }],
      request: { container: { type: 'auto' } },
      headers: { 'x-vendor-beta': 'tools-1' },
    });
    expect(JSON.stringify(body)).not.toContain(SECRET);
    expect(JSON.stringify(body)).not.toContain(connection.id);
  });

  it('is what was published, not what is being edited', async () => {
    const skill = await create();
    const version = (await ada.agent.get(`/skills/versions/${skill.currentVersion.id}`).expect(200)).body
      .data;
    await ada.agent
      .put(`/skills/skills/${skill.id}/definition`)
      .send({
        name: skill.name,
        alias: skill.alias,
        connection: connection.id,
        settings: { contextSize: 'high' },
        revision: skill.revision,
        version: { id: version.id, revision: version.revision },
      })
      .expect(200);
    const { body } = await tool(skill.alias).expect(200);
    expect(body.data.tools[0].contextSize).toBe('low');
  });

  it('is a function that the agent calls where the dialect is another', async () => {
    const { alias } = await create({ alias: 'Look_Up' });
    const { body } = await tool(alias.toLowerCase(), 'anthropic').expect(200);
    expect(body.data).toEqual({
      dialect: 'anthropic',
      execution: 'function',
      tools: [
        {
          name: 'Look_Up',
          description: expect.stringContaining('Looks up thing'),
          input_schema: {
            type: 'object',
            properties: { prompt: { type: 'string', description: expect.any(String) } },
            required: ['prompt'],
            additionalProperties: false,
          },
        },
      ],
      request: {},
      headers: {},
    });
  });

  it('is a function for kinds that no vendor runs', async () => {
    await createRunnableSkill(app.strapi, {
      alias: 'adder',
      script: 'true',
      frontmatter: 'inputs:\n  - name: a\n    type: number\n    required: true\n',
    });
    await createRunnableSkill(app.strapi, { alias: 'anything', script: 'true' });
    const openai = await tool('adder').expect(200);
    expect(openai.body.data).toMatchObject({
      execution: 'function',
      tools: [
        {
          type: 'function',
          name: 'adder',
          description: 'A skill of the tests.',
          parameters: { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] },
          strict: false,
        },
      ],
    });
    // Vendors refuse a schema that is not of an object, though the skill takes whatever it is given.
    const anything = await tool('anything', 'anthropic').expect(200);
    expect(anything.body.data.tools[0].input_schema.type).toBe('object');
  });

  it('has a name and a description that vendors accept, however long they are here', async () => {
    const start = 'long-'.repeat(18);
    const memory = await connect({ provider: 'memory' });
    const wanted = { connection: memory.id, description: 'y'.repeat(2000) };
    const first = await create({ ...wanted, alias: `${start}first` });
    const second = await create({ ...wanted, alias: `${start}second` });
    const names = [];
    for (const { alias } of [first, second]) {
      const { body } = await tool(alias).expect(200);
      const [entry] = body.data.tools;
      expect(entry.name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
      expect(entry.description).toHaveLength(1024);
      names.push(entry.name);
    }
    expect(new Set(names).size).toBe(2);
  });

  it('has an ETag that changes with what it says', async () => {
    const { alias } = await create();
    const first = await tool(alias).expect(200);
    const { etag } = first.headers;
    await tool(alias).set('If-None-Match', etag!).expect(304);
    const other = await tool(alias, 'anthropic').set('If-None-Match', etag!).expect(200);
    expect(other.headers.etag).not.toBe(etag);
  });

  it('says why when its connection cannot be used now', async () => {
    const own = await connect();
    const { alias } = await create({ connection: own.id });
    const author = { type: 'command', id: null, name: 'Test' } as const;
    await connectionsOf(app.strapi).update(own.id, { revision: own.revision, active: false }, author);
    const { body } = await tool(alias).expect(409);
    expect(body.error.details.code).toBe('connection-inactive');
  });

  it('is for those who are granted it, of skills that agents are served', async () => {
    const { alias } = await create();
    const draft = await create({ publish: false });
    const stranger = await app.contentToken(['skill.find']);
    await tool(alias, 'openai', stranger).expect(403);
    await app.anonymous.get(`/api/skills/${alias}/tool?dialect=openai`).expect(403);
    expect((await tool(draft.alias).expect(404)).body.error.details.code).toBe('skill-not-found');
    const wrong = await tool(alias, 'klingon').expect(400);
    expect(wrong.body.error.details).toMatchObject({ code: 'invalid-input', path: ['dialect'] });
  });

  it('is told beside what it does and takes, without what is not its callers’ business', async () => {
    const { alias, id } = await create({ description: 'Finds sources.', toolScopes: ['web'] });
    const { body } = await agent.agent.get(`/api/skills/${alias}`).expect(200);
    expect(body.data).toMatchObject({
      kind: 'provider',
      toolScopes: ['web'],
      description: 'Finds sources.',
      instructions: expect.stringContaining('Finds sources.'),
      inputSchema: { required: ['prompt'] },
      files: [],
      metadata: {
        provider: {
          providerId: 'native',
          skillTypeId: 'web-search',
          skillTypeName: 'Web search',
          settings: { contextSize: 'low', maxResults: 10, safe: true },
        },
      },
    });
    expect(JSON.stringify(body)).not.toContain(connection.id);
    const file = await agent.agent.get(`/api/skills/${alias}/files/skill.json`).expect(404);
    expect(file.body.error.details.code).toBe('file-not-found');
    await agent.agent.get(`/api/skills/${alias}/archive`).expect(404);
    const list = await agent.agent.get('/api/skills').query({ kind: 'provider', q: 'sources' }).expect(200);
    expect(list.body.data).toHaveLength(1);
    expect(JSON.stringify(list.body)).not.toContain(id);
  });
});
