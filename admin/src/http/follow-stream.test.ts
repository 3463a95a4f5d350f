import { RequestError } from './api-failure';
import { followStream } from './follow-stream';

const stream = (text: string) => new Response(text, { headers: { 'Content-Type': 'text/event-stream' } });

function follow(
  answers: (() => Response)[],
  lastId = '',
  silenceMs?: number,
  delay = (_attempt: number) => 0,
) {
  const asked: (string | null)[] = [];
  const seen: string[] = [];
  const fetch = async (_path: string, init?: RequestInit) => {
    asked.push(new Headers(init?.headers).get('Last-Event-ID'));
    const answer = answers.shift();
    if (!answer) throw new Error('asked too often');
    return answer();
  };
  const done = followStream({
    fetch,
    path: '/events',
    lastId,
    onMessages: (messages) => seen.push(...messages.map((message) => message.data)),
    signal: new AbortController().signal,
    delay,
    silenceMs,
  });
  return { done, asked, seen };
}

describe('following a stream', () => {
  it('resumes after the last id and ends at 204', async () => {
    const { done, asked, seen } = follow([
      () => stream('id: 1\ndata: a\n\nid: 2\ndata: b\n\n'),
      () => stream('id: 3\ndata: c\n\n'),
      () => new Response(null, { status: 204 }),
    ]);
    await done;
    expect(seen).toEqual(['a', 'b', 'c']);
    expect(asked).toEqual([null, '2', '3']);
  });

  it('begins after what the reader already has', async () => {
    const { done, asked } = follow([() => new Response(null, { status: 204 })], '41');
    await done;
    expect(asked).toEqual(['41']);
  });

  it('goes on after a lost connection and a server that is restarting', async () => {
    const { done, seen } = follow([
      () => {
        throw new TypeError('network');
      },
      () => new Response('bad gateway', { status: 502 }),
      () => stream('id: 1\ndata: a\n\n'),
      () => new Response(null, { status: 204 }),
    ]);
    await done;
    expect(seen).toEqual(['a']);
  });

  it('takes a connection up again that has fallen silent', async () => {
    const silent = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('id: 7\ndata: a\n\n')),
    });
    const { done, asked, seen } = follow(
      [() => new Response(silent), () => new Response(null, { status: 204 })],
      '',
      20,
    );
    await done;
    expect(seen).toEqual(['a']);
    expect(asked).toEqual([null, '7']);
  });

  it('goes on when a computer wakes whose session cannot be renewed before its network is back', async () => {
    const { done, asked, seen } = follow([
      () => stream('id: 1\ndata: a\n\n'),
      () => new Response(null, { status: 401 }),
      () => {
        throw new TypeError('network');
      },
      () => new Response(null, { status: 401 }),
      () => stream('id: 2\ndata: b\n\n'),
      () => new Response(null, { status: 204 }),
    ]);
    await done;
    expect(seen).toEqual(['a', 'b']);
    expect(asked).toEqual([null, '1', '1', '1', '1', '2']);
  });

  it('rejects when the session is over', async () => {
    const { done, asked } = follow(
      Array.from({ length: 9 }, () => () => new Response(null, { status: 401 })),
    );
    await expect(done).rejects.toMatchObject({ failure: { status: 401 } });
    expect(asked).toHaveLength(6);
  });

  it('begins its waiting anew when a connection gave a sign of life, though nothing was told', async () => {
    const attempts: number[] = [];
    const refused = () => new Response(null, { status: 503 });
    const { done } = follow(
      [refused, refused, () => stream(': alive\n\n'), refused, () => new Response(null, { status: 204 })],
      '',
      undefined,
      (attempt) => {
        attempts.push(attempt);
        return 0;
      },
    );
    await done;
    expect(attempts).toEqual([1, 2, 1, 2]);
  });

  it('rejects when it is refused', async () => {
    const body = {
      data: null,
      error: { status: 403, name: 'ForbiddenError', message: 'No.', details: { code: 'forbidden' } },
    };
    const { done } = follow([() => Response.json(body, { status: 403 })]);
    await expect(done).rejects.toThrow(RequestError);
  });

  it('stops when the reader leaves', async () => {
    const controller = new AbortController();
    const done = followStream({
      fetch: async () => {
        controller.abort();
        throw new DOMException('left', 'AbortError');
      },
      path: '/events',
      lastId: '',
      onMessages: () => undefined,
      signal: controller.signal,
    });
    await expect(done).resolves.toBeUndefined();
  });
});
