import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Context } from 'koa';

/** Anything that is streamed has a number, by which a reader resumes. */
export interface Numbered {
  seq: number;
}

/** How events are written, where that is not as they are. */
export interface EventFormat<Event extends Numbered> {
  headers: Readonly<Record<string, string>>;
  /** The messages of a batch, each with the blank line at its end. */
  write(events: readonly Event[]): string;
  /** What comes after the last event; not written to a reader who is sent away before. */
  end(): string;
}

export interface EventStreamOptions<Event extends Numbered> {
  /** Batches in order, from the first that the reader lacks. It is asked for the next one when the last one is written. */
  follow(signal: AbortSignal): AsyncIterable<readonly Event[]>;
  /** Asked again and again while the stream lives; it ends when the answer is false. */
  stillAllowed(): Promise<boolean>;
  onError(error: unknown): void;
  /** `id: <seq>` and the event as JSON unless told. */
  format?: EventFormat<Event>;
  /** Milliseconds between two comments that keep proxies from closing a silent stream; 15 s unless told. */
  heartbeatMs?: number;
  /** Milliseconds between two checks of permission; 10 s unless told. */
  recheckMs?: number;
}

/** True when the client would rather have server-sent events than JSON. */
export function wantsEventStream(ctx: Context): boolean {
  return ctx.accepts('application/json', 'text/event-stream') === 'text/event-stream';
}

/** The number after which to go on: of `Last-Event-ID` when it is one, else what the query said. */
export function resumeAfter(ctx: Context, fallback: number): number {
  const header = ctx.get('Last-Event-ID');
  return /^\d{1,15}$/.test(header) ? Number(header) : fallback;
}

function messageOf(event: Numbered): string {
  return `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
}

const asTheyAre: EventFormat<Numbered> = {
  headers: {},
  write: (events) => events.map(messageOf).join(''),
  end: () => '',
};

/**
 * Answers with server-sent events, written as `format` says. It ends when `follow` ends, when the client leaves, and
 * when the permission is gone; a reader then resumes with `Last-Event-ID`. A client that reads slowly slows `follow`.
 */
export function answerWithEvents<Event extends Numbered>(
  ctx: Context,
  options: EventStreamOptions<Event>,
): void {
  const abort = new AbortController();
  const body = new PassThrough();
  const leave = (): void => abort.abort();
  body.once('close', leave);
  ctx.res.once('close', leave);
  ctx.req.socket.setTimeout(0);
  ctx.status = 200;
  ctx.type = 'text/event-stream';
  // `no-transform`: a compressing middleware would hold events back to fill its buffer.
  ctx.set('Cache-Control', 'no-cache, no-transform');
  ctx.set('X-Accel-Buffering', 'no');
  ctx.set(options.format?.headers ?? {});
  ctx.body = body;
  // Sends the headers at once, so that the client knows it is connected before the first event.
  body.write(': connected\n\n');
  void pump(body, abort, options);
}

async function pump<Event extends Numbered>(
  body: PassThrough,
  abort: AbortController,
  options: EventStreamOptions<Event>,
): Promise<void> {
  const { signal } = abort;
  const format: EventFormat<Event> = options.format ?? asTheyAre;
  const heartbeat = setInterval(() => {
    if (!body.writableNeedDrain) body.write(': still here\n\n');
  }, options.heartbeatMs ?? 15_000);
  const recheck = setInterval(() => void check(abort, options), options.recheckMs ?? 10_000);
  try {
    for await (const batch of options.follow(signal)) {
      if (signal.aborted) break;
      const text = format.write(batch);
      // An empty write would not be drained.
      if (text !== '' && !body.write(text)) await once(body, 'drain', { signal });
    }
    if (!signal.aborted) body.write(format.end());
  } catch (error) {
    if (!signal.aborted) options.onError(error);
  } finally {
    clearInterval(heartbeat);
    clearInterval(recheck);
    body.end();
  }
}

async function check(
  abort: AbortController,
  options: Pick<EventStreamOptions<Numbered>, 'stillAllowed' | 'onError'>,
): Promise<void> {
  try {
    if (!(await options.stillAllowed())) abort.abort();
  } catch (error) {
    // Who cannot be asked cannot be told to go on.
    abort.abort();
    options.onError(error);
  }
}
