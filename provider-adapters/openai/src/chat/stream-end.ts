import { ProviderError } from 'strapi-plugin-skills-shared/provider';
import type { FailureContext } from '../connection/provider-failure';
import { serverName } from '../connection/settings';
import { notThisApi } from '../models';

/** How long a server may keep a stream open after the event that ends it. */
const graceMs = 100;

/** A stream that ended before its answer did: cut off, or never one of this API at all. */
export function brokenOff(context: FailureContext, isRecognised: boolean): ProviderError {
  if (context.signal.aborted)
    return new ProviderError({ code: 'cancelled', message: 'The request was cancelled.' });
  if (!isRecognised) return notThisApi(context);
  return new ProviderError({
    code: 'unavailable',
    message: `${serverName(context.settings)} broke off in the middle of its answer.`,
  });
}

/**
 * Lets the connection go. After a whole answer the body is read to its end, so that the next request can use the connection again;
 * otherwise, or when the end does not come at once, the connection is cut.
 */
export async function closeWhenDone(
  events: AsyncIterator<unknown>,
  controller: AbortController,
  isWhole: boolean,
): Promise<void> {
  if (!isWhole) {
    controller.abort();
    return;
  }
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      controller.abort();
      resolve();
    }, graceMs);
  });
  // The answer is there: how its connection ends is nobody's concern.
  const rest = readToEnd(events).catch(() => undefined);
  await Promise.race([rest, late]);
  clearTimeout(timer);
}

async function readToEnd(events: AsyncIterator<unknown>): Promise<void> {
  while (!(await events.next()).done) continue;
}
