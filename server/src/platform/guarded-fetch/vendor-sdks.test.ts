import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Anthropic, { toFile as toAnthropicFile } from '@anthropic-ai/sdk';
import OpenAI, { toFile as toOpenAIFile } from 'openai';
import { ProviderError } from 'strapi-plugin-skills-shared/provider';
import { createGuardedFetch, type GuardedFetch } from './guarded-fetch';

/** The vendors' own clients, as adapters use them, over the guarded fetch and a server of this machine. */
describe("the vendors' SDKs over the guarded fetch", () => {
  let server: Server;
  let guarded: GuardedFetch;
  let baseURL: string;
  const uploads: { type: string; body: string }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const type = request.headers['content-type'] ?? '';
        const body = Buffer.concat(chunks).toString();
        if (request.url?.startsWith('/redirecting')) {
          response.writeHead(307, { location: 'http://localhost:8081/elsewhere' }).end();
        } else if (type.startsWith('multipart/')) {
          uploads.push({ type, body });
          response.setHeader('content-type', 'application/json').end(JSON.stringify({ id: 'file-1' }));
        } else if (request.url?.endsWith('/content')) {
          response.setHeader('content-type', 'application/octet-stream').end(Buffer.from([1, 2, 3]));
        } else {
          response.setHeader('content-type', 'text/event-stream');
          const parts = request.url?.includes('messages') ? anthropicStream : openAIStream;
          parts.forEach((part, at) => setTimeout(() => response.write(part), at * 20));
          setTimeout(() => response.end(), parts.length * 20);
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    baseURL = `http://127.0.0.1:${port}`;
    guarded = createGuardedFetch({ allowedPrivateHosts: [`127.0.0.1:${port}`], idleTimeoutMs: 5_000 });
  });
  afterAll(async () => {
    await guarded.close();
    server.closeAllConnections();
    server.close();
  });

  const openAI = (at = `${baseURL}/v1`) =>
    new OpenAI({ apiKey: 'key', baseURL: at, fetch: guarded.fetch, maxRetries: 0 });
  const anthropic = (at = baseURL) =>
    new Anthropic({ apiKey: 'key', baseURL: at, fetch: guarded.fetch, maxRetries: 0 });

  it('stream answers', async () => {
    const texts: string[] = [];
    const stream = await openAI().responses.create({ model: 'm', input: 'hi', stream: true });
    for await (const event of stream)
      if (event.type === 'response.output_text.delta') texts.push(event.delta);
    const request = { model: 'm', max_tokens: 9, messages: [{ role: 'user' as const, content: 'hi' }] };
    const messages = await anthropic().messages.create({ ...request, stream: true });
    for await (const event of messages)
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta')
        texts.push(event.delta.text);
    expect(texts).toEqual(['Hel', 'lo', 'Bon', 'jour']);
  });

  it('upload files', async () => {
    await openAI().files.create({
      file: await toOpenAIFile(Buffer.from('ünï'), 'a.txt', { type: 'text/plain' }),
      purpose: 'user_data',
    });
    await anthropic().beta.files.upload({
      file: await toAnthropicFile(Buffer.from('deux'), 'b.txt', { type: 'text/plain' }),
    });
    expect(uploads.map(({ type }) => type)).toEqual([
      expect.stringMatching(/^multipart\/form-data; boundary=/),
      expect.stringMatching(/^multipart\/form-data; boundary=/),
    ]);
    expect(uploads[0]?.body).toMatch(/filename="a\.txt"[^]*ünï/);
    expect(uploads[1]?.body).toMatch(/filename="b\.txt"[^]*deux/);
  });

  it('download files', async () => {
    const response = await openAI().files.content('file-1');
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([1, 2, 3]);
  });

  it.each([
    ['openai', () => openAI('http://169.254.169.254/v1').models.list()],
    ['anthropic', () => anthropic('http://169.254.169.254').models.list()],
    ['openai, redirected', () => openAI(`${baseURL}/redirecting`).models.list()],
    ['anthropic, redirected', () => anthropic(`${baseURL}/redirecting`).models.list()],
  ])('tell of a refusal as the cause of their own error: %s', async (_name, ask) => {
    const error: unknown = await ask().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ cause: { code: 'invalid-request' } });
    expect(ProviderError.is((error as Error).cause)).toBe(true);
  });

  it('are ended by their signal', async () => {
    const controller = new AbortController();
    const stream = await openAI().responses.create(
      { model: 'm', input: 'hi', stream: true },
      { signal: controller.signal },
    );
    const seen: string[] = [];
    for await (const event of stream) {
      seen.push(event.type);
      controller.abort();
    }
    expect(seen.length).toBeLessThan(openAIStream.length);
  });
});

const sse = (event: { type: string }) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
const openAIStream = ['Hel', 'lo'].map((delta, at) =>
  sse({
    type: 'response.output_text.delta',
    delta,
    item_id: 'i',
    output_index: 0,
    sequence_number: at,
  } as never),
);
openAIStream.push(sse({ type: 'response.completed' }));
const anthropicStream = [
  sse({ type: 'message_start', message: { id: 'm', content: [] } } as never),
  ...['Bon', 'jour'].map((text) =>
    sse({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } } as never),
  ),
  sse({ type: 'message_stop' }),
];
