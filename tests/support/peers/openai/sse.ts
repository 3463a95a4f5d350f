import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** Nothing more goes out from the step with this text on, until the promise is kept, or the client goes. */
export interface Hold {
  text: string;
  until: Promise<void>;
}

/** How a stream goes out: `delayMs` before each step, and what is to go wrong. */
export interface StreamPlan {
  delayMs: number;
  /** After this many steps nothing comes any more until the client goes. */
  silentAfter?: number;
  /** After this many steps the connection breaks. */
  brokenAfter?: number;
  heldBefore?: Hold;
  /** Every chunk of the body has this many bytes, whatever characters and events it cuts. */
  chunkBytes?: number;
}

/** Writes steps, each a text of whole events, as server-sent events. Ends early when the client goes. */
export async function writeStream(
  response: ServerResponse,
  steps: Iterable<string>,
  plan: StreamPlan,
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
  });
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const left = new Promise<void>((resolve) => gone.signal.addEventListener('abort', () => resolve()));
  let count = 0;
  for (const step of steps) {
    if (plan.delayMs > 0) await wait(plan.delayMs);
    if (gone.signal.aborted) return;
    if (count === plan.brokenAfter) {
      // What was written is on its way first.
      await wait(20);
      response.destroy();
      return;
    }
    if (count === plan.silentAfter) {
      await left;
      return;
    }
    if (plan.heldBefore && step.includes(plan.heldBefore.text))
      await Promise.race([plan.heldBefore.until, left]);
    await writeChunks(response, step, plan.chunkBytes);
    count += 1;
  }
  response.end();
}

async function writeChunks(response: ServerResponse, step: string, size: number | undefined): Promise<void> {
  if (size === undefined) {
    response.write(step);
    return;
  }
  const bytes = Buffer.from(step);
  for (let start = 0; start < bytes.length; start += size) {
    response.write(bytes.subarray(start, start + size));
    // Otherwise the socket would join them again.
    await wait(1);
  }
}
