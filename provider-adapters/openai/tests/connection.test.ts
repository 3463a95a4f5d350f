import {
  startOpenAIPeer,
  type OpenAIPeer,
  type OpenAIPeerOptions,
} from '../../../tests/support/peers/openai';
import { settingsSchema } from '../src/connection/settings';
import { provider } from '../src/index';
import { chatOf, collect, contextOf, say } from './connected';

let peer: OpenAIPeer | undefined;

const open = async (options: OpenAIPeerOptions = {}) => (peer = await startOpenAIPeer(options));

afterEach(async () => {
  await peer?.close();
  peer = undefined;
});

const issuesOf = (settings: object) =>
  settingsSchema.safeParse(settings).error?.issues.map(({ path }) => path.join('.')) ?? [];

it.each([
  [{ apiKey: 'sk-1' }, []],
  [{ baseUrl: 'http://localhost:11434/v1' }, []],
  [{}, ['apiKey']],
  [{ apiKey: '', baseUrl: '' }, ['apiKey']],
  [{ apiKey: 'sk-1\nHost: x' }, ['apiKey']],
  [{ apiKey: 'sk-1', baseUrl: 'localhost:11434' }, ['baseUrl']],
  [{ apiKey: 'sk-1', baseUrl: 'https://user:pass@host/v1' }, ['baseUrl']],
  [{ apiKey: 'sk-1', api: 'grpc' }, ['api']],
])('takes settings %j with faults at %j', (settings, faults) => {
  expect(issuesOf(settings)).toEqual(faults);
});

it('marks the key as a secret and the base URL as where it is sent', () => {
  const schema = settingsSchema['~standard'].jsonSchema.input({ target: 'draft-2020-12' }) as {
    properties: Record<string, Record<string, unknown>>;
  };
  expect(schema.properties.apiKey).toMatchObject({ secret: true, title: 'API key' });
  expect(schema.properties.baseUrl).toMatchObject({ destination: true });
});

it('reads nothing of the environment', async () => {
  const { settings } = await open();
  const names = {
    OPENAI_API_KEY: 'sk-env',
    OPENAI_ADMIN_KEY: 'sk-admin-env',
    OPENAI_ORG_ID: 'org-env',
    OPENAI_PROJECT_ID: 'proj-env',
    OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
    OPENAI_WEBHOOK_SECRET: 'whsec-env',
    OPENAI_CUSTOM_HEADERS: 'X-From-Env: yes',
    OPENAI_LOG: 'debug',
  };
  const before = { ...process.env };
  const written: unknown[] = [];
  const methods = ['debug', 'info', 'warn', 'error', 'log'] as const;
  const spies = methods.map((method) =>
    jest.spyOn(console, method).mockImplementation((...parts) => void written.push(parts)),
  );
  Object.assign(process.env, names);
  try {
    await collect(chatOf(settings).stream(say('Hi')));
    await provider.testConnection(contextOf({ ...settings, apiKey: 'sk-own', organization: 'org-own' }));
  } finally {
    spies.forEach((spy) => spy.mockRestore());
    for (const name of Object.keys(names)) delete process.env[name];
    Object.assign(process.env, before);
  }
  expect(written).toEqual([]);
  const [chat, test] = peer?.requests ?? [];
  expect(JSON.stringify(peer?.requests)).not.toMatch(/env/i);
  expect(chat?.headers).not.toHaveProperty('authorization');
  expect(test?.headers).toMatchObject({ authorization: 'Bearer sk-own', 'openai-organization': 'org-own' });
  expect(test?.headers).not.toHaveProperty('openai-project');
});

describe('testing a connection', () => {
  const test = (settings: Record<string, unknown>) => provider.testConnection(contextOf(settings));

  it('says what was reached, how many models there are, and whether the default is among them', async () => {
    const { url } = await open({ models: ['llama3.2:latest', 'qwen3'] });
    const { host } = new URL(url);
    const reached = `Reached ${host}, which speaks OpenAI’s API; 2 models are available`;
    expect(await test({ baseUrl: url })).toEqual({ message: `${reached}.` });
    expect(await test({ baseUrl: url, defaultModel: 'llama3.2' })).toEqual({ message: `${reached}.` });
    expect(await test({ baseUrl: url, defaultModel: 'gpt-4.1' })).toEqual({
      message: `${reached}, but the default model gpt-4.1 is not among them.`,
    });
  });

  it('tells a wrong key from none, without a piece of it', async () => {
    const { url } = await open({ apiKey: 'sk-right' });
    const apiKey = 'sk-proj-wrong-0123456789';
    const failure: unknown = await test({ baseUrl: url, apiKey }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'authentication',
      status: 401,
      message: `${new URL(url).host} does not know this API key.`,
    });
    await expect(test({ baseUrl: url })).rejects.toMatchObject({
      code: 'authentication',
      message: expect.stringContaining('this connection has none') as string,
    });
  });

  it('tells a server that cannot be reached', async () => {
    const { url } = await open({ scenario: 'unreachable' });
    await expect(test({ baseUrl: url })).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
      message: expect.stringContaining('nothing listens at its address') as string,
    });
  });

  it.each(['malformed' as const, 'answer' as const])(
    'tells a server of another kind (%s)',
    async (scenario) => {
      const { url } = await open({ scenario });
      const baseUrl = scenario === 'answer' ? url.replace('/v1', '/elsewhere') : url;
      await expect(test({ baseUrl })).rejects.toMatchObject({
        code: 'protocol',
        message: expect.stringContaining('Check the base URL') as string,
      });
    },
  );
});

it('lists at OpenAI what chats, with the size of a conversation, and what embeds', async () => {
  const ids = [
    'gpt-5.4-mini',
    'gpt-4.1',
    'gpt-4.1-2025-04-14',
    'text-embedding-3-small',
    'whisper-1',
    'tts-1',
    'gpt-image-1',
  ];
  const data = ids.map((id) => ({ id, object: 'model', created: 0, owned_by: 'openai' }));
  const fetch = () => Promise.resolve(Response.json({ object: 'list', data }));
  const context = contextOf({ apiKey: 'k' }, { fetch });
  expect(await chatOf({ apiKey: 'k' }, { fetch }).listModels()).toEqual([
    { id: 'gpt-4.1', contextTokens: 1_047_576 },
    { id: 'gpt-4.1-2025-04-14', contextTokens: 1_047_576 },
    { id: 'gpt-5.4-mini', contextTokens: 400_000 },
  ]);
  expect(await provider.capabilities.embedding?.create(context.settings, context).listModels()).toEqual([
    { id: 'text-embedding-3-small' },
  ]);
});

it('takes the size of a conversation from a server that tells it', async () => {
  const data = [{ id: 'qwen', max_model_len: 32_768 }, { id: 'nomic-embed-text' }];
  const fetch = () => Promise.resolve(Response.json({ object: 'list', data }));
  expect(await chatOf({ baseUrl: 'http://vllm/v1' }, { fetch }).listModels()).toEqual([
    { id: 'qwen', contextTokens: 32_768 },
  ]);
});

describe('embedding', () => {
  const embed = (texts: string[]) => {
    const context = contextOf(peer?.settings ?? {});
    const client = provider.capabilities.embedding?.create(context.settings, context);
    return client?.embed({ model: 'text-embedding-3-small', texts });
  };

  it('gives one vector for each text, in their order', async () => {
    await open();
    expect(await embed(['a', 'bbb'])).toEqual({
      vectors: [
        [1, 97, 1],
        [3, 98, 1],
      ],
      inputTokens: 2,
    });
  });

  it('asks in several requests for more texts than one may have', async () => {
    await open();
    const texts = Array.from({ length: 2_500 }, (_, index) => 'x'.repeat((index % 9) + 1));
    const result = await embed(texts);
    expect(result?.vectors.map(([length]) => length)).toEqual(texts.map(({ length }) => length));
    expect(peer?.requests).toHaveLength(2);
    expect(peer?.failures).toEqual([]);
  });

  it('refuses an answer that is not one vector for each text', async () => {
    await open({ scenario: 'malformed' });
    await expect(embed(['a'])).rejects.toMatchObject({ code: 'protocol' });
  });
});
