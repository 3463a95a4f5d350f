import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { answerWithEvents, resumeAfter, wantsEventStream, type EventStreamOptions } from './event-stream';

interface Event {
  seq: number;
  text: string;
}

describe('an event stream', () => {
  let server: Server;
  const errors: unknown[] = [];

  /** Serves the events; answers its address. */
  async function serve(
    options: Partial<EventStreamOptions<Event>> & Pick<EventStreamOptions<Event>, 'follow'>,
  ) {
    const app = new Koa();
    app.use((ctx) => {
      if (!wantsEventStream(ctx)) {
        ctx.body = { after: resumeAfter(ctx, 7) };
        return;
      }
      answerWithEvents(ctx, {
        stillAllowed: () => Promise.resolve(true),
        onError: (error) => errors.push(error),
        ...options,
      });
    });
    const handle = app.callback();
    server = createServer((request, response) => void handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  const get = (url: string, headers: Record<string, string> = {}, signal?: AbortSignal) =>
    fetch(url, { headers: { Accept: 'text/event-stream', ...headers }, signal });

  beforeEach(() => {
    errors.length = 0;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  async function* batches(...all: Event[][]): AsyncGenerator<Event[]> {
    for (const batch of all) yield await Promise.resolve(batch);
  }

  /** Nothing comes until the reader is gone. */
  async function* silence(signal: AbortSignal): AsyncGenerator<Event[]> {
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    yield [];
  }

  it('carries each event with its number, and ends with the events', async () => {
    const url = await serve({ follow: () => batches([{ seq: 1, text: 'a\nb' }], [{ seq: 2, text: 'c' }]) });
    const response = await get(url);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(response.headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(await response.text()).toBe(
      ': connected\n\nid: 1\ndata: {"seq":1,"text":"a\\nb"}\n\nid: 2\ndata: {"seq":2,"text":"c"}\n\n',
    );
  });

  it('writes events as its format says, and says when there are no more', async () => {
    const url = await serve({
      follow: () =>
        batches([{ seq: 1, text: 'a' }], [{ seq: 2, text: 'unheard of' }], [{ seq: 3, text: 'c' }]),
      format: {
        headers: { 'X-Format': 'letters' },
        write: (events) => events.map(({ text }) => (text.length === 1 ? `data: ${text}\n\n` : '')).join(''),
        end: () => 'data: no more\n\n',
      },
    });
    const response = await get(url);
    expect(response.headers.get('x-format')).toBe('letters');
    expect(await response.text()).toBe(': connected\n\ndata: a\n\ndata: c\n\ndata: no more\n\n');
  });

  it('asks for nothing more when the reader does not read', async () => {
    let asked = 0;
    async function* endless(): AsyncGenerator<Event[]> {
      for (;;) {
        asked += 1;
        yield await Promise.resolve([{ seq: asked, text: 'x'.repeat(100_000) }]);
      }
    }
    const url = await serve({ follow: () => endless() });
    const response = await get(url);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = asked;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(asked).toBe(before);
    expect(asked).toBeLessThan(500);
    await response.body?.cancel();
  });

  it('lets go of the events when the reader leaves', async () => {
    let left: AbortSignal | undefined;
    const url = await serve({
      follow: (signal) => {
        left = signal;
        return silence(signal);
      },
    });
    const leaving = new AbortController();
    await get(url, {}, leaving.signal);
    expect(left?.aborted).toBe(false);
    leaving.abort();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(left?.aborted).toBe(true);
    expect(errors).toEqual([]);
  });

  it('ends as soon as the permission is gone', async () => {
    let allowed = true;
    const url = await serve({ follow: silence, stillAllowed: () => Promise.resolve(allowed), recheckMs: 10 });
    const response = await get(url);
    setTimeout(() => (allowed = false), 50);
    expect(await response.text()).toBe(': connected\n\n');
  });

  it('ends when the permission cannot be asked for, and says why', async () => {
    const url = await serve({
      follow: silence,
      stillAllowed: () => Promise.reject(new Error('gone')),
      recheckMs: 10,
    });
    await (await get(url)).text();
    expect(errors).toEqual([expect.objectContaining({ message: 'gone' })]);
  });

  it('keeps a silent stream alive with comments', async () => {
    const url = await serve({ follow: silence, heartbeatMs: 10 });
    const response = await get(url);
    const reader = response.body?.getReader();
    let text = '';
    while (!text.includes(': still here\n\n'))
      text += new TextDecoder().decode((await reader?.read())?.value);
    await reader?.cancel();
  });

  it.each([
    ['12', 12],
    ['', 7],
    ['-1', 7],
    ['abc', 7],
  ])('resumes after Last-Event-ID %j at %d', async (header, after) => {
    const url = await serve({ follow: silence });
    const response = await get(url, { Accept: '*/*', ...(header ? { 'Last-Event-ID': header } : {}) });
    expect(await response.json()).toEqual({ after });
  });
});
