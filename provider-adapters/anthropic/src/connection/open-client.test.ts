import { contextOf, model, readAll, says } from '../../fixtures/connect';
import { chat } from '../chat/chat';

const environment = {
  ANTHROPIC_API_KEY: 'sk-ant-environment',
  ANTHROPIC_AUTH_TOKEN: 'token-environment',
  ANTHROPIC_BASE_URL: 'http://environment.invalid',
  ANTHROPIC_CUSTOM_HEADERS: 'x-environment: yes',
  ANTHROPIC_WEBHOOK_SIGNING_KEY: 'whsec-environment',
  ANTHROPIC_PROFILE: 'environment',
  ANTHROPIC_LOG: 'debug',
  ANTHROPIC_OPEN_TELEMETRY: 'true',
};

interface Sent {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** A `fetch` that notes what it is asked for, and answers nothing of use. */
function recorder() {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    const headers = Object.fromEntries(new Headers(init?.headers).entries());
    sent.push({ url: String(input), headers, body: typeof init?.body === 'string' ? init.body : '' });
    return Promise.resolve(new Response('{}', { headers: { 'content-type': 'application/json' } }));
  };
  return { sent, fetch };
}

describe('a client of the vendor’s SDK', () => {
  const before = { ...process.env };
  const written: unknown[] = [];
  const spies: jest.SpyInstance[] = [];

  beforeEach(() => {
    Object.assign(process.env, environment);
    written.length = 0;
    for (const level of ['debug', 'info', 'log', 'warn', 'error'] as const)
      spies.push(jest.spyOn(console, level).mockImplementation((...words) => void written.push(words)));
  });

  afterEach(() => {
    process.env = { ...before };
    for (const spy of spies.splice(0)) spy.mockRestore();
  });

  it('takes nothing from the environment', async () => {
    const { sent, fetch } = recorder();
    const context = contextOf({}, { fetch });
    await readAll(chat.create(context.settings, context).stream({ model, messages: says('Hello') }));
    expect(sent).toHaveLength(1);
    expect(sent[0]?.url).toBe('https://api.anthropic.com/v1/messages');
    expect(sent[0]?.headers['authorization'] ?? sent[0]?.headers['x-api-key']).toContain(
      context.settings.apiKey,
    );
    expect(JSON.stringify(sent)).not.toContain('environment');
  });

  it('writes nothing to the console, not even of a deprecated model or an answer that it cannot read', async () => {
    const { fetch } = recorder();
    const context = contextOf({}, { fetch });
    await readAll(
      chat.create(context.settings, context).stream({ model: 'claude-sonnet-4-5', messages: says('Hello') }),
    );
    const unreadable = () => new Response('event: message_start\ndata: {"secret\n\n');
    const odd = contextOf({}, { fetch: () => Promise.resolve(unreadable()) });
    await readAll(chat.create(odd.settings, odd).stream({ model, messages: says('Hello') }));
    expect(written).toEqual([]);
  });

  it('sends no beta header: with those of the former betas the vendor answers in its former shapes', async () => {
    const { sent, fetch } = recorder();
    const context = contextOf({}, { fetch });
    const skills = [{ skillTypeId: 'pptx', settings: {} }];
    await readAll(chat.create(context.settings, context).stream({ model, messages: says('Hello'), skills }));
    expect(sent[0]?.headers).not.toHaveProperty('anthropic-beta');
    expect(sent[0]?.body).toContain('pptx');
  });
});
