import type { ChatEvent, ProviderErrorData } from 'strapi-plugin-skills-shared/provider';
import { ProviderError } from 'strapi-plugin-skills-shared/provider';
import { boundedWait } from './bounded-wait';

export interface AttendedStreamOptions {
  /** The provider, as people call it. */
  displayName: string;
  /** The run's. */
  signal: AbortSignal;
  /** Milliseconds that the vendor may say nothing. */
  idleTimeoutMs: number;
  /** Ends what is still under way at the vendor: called unless the answer came to its end. */
  abandon(): void;
}

function silent({ displayName, idleTimeoutMs }: AttendedStreamOptions): ProviderErrorData {
  const message = `${displayName} said nothing for ${Math.round(idleTimeoutMs / 1000)} seconds.`;
  return { code: 'timeout', message };
}

function givenUp(reason: 'silent' | 'aborted', options: AttendedStreamOptions): ProviderErrorData {
  if (reason === 'silent') return silent(options);
  return { code: 'cancelled', message: 'The run was stopped while the model answered.' };
}

/** A file's bytes, waited for as long as for events. Throws a `ProviderError`. */
async function* attendedBytes(
  open: () => Promise<AsyncIterable<Uint8Array>>,
  options: AttendedStreamOptions,
): AsyncGenerator<Uint8Array> {
  const wait = { ms: options.idleTimeoutMs, signal: options.signal };
  const expect = async <Value>(work: Promise<Value>): Promise<Value> => {
    const waited = await boundedWait(work, wait);
    if ('value' in waited) return waited.value;
    options.abandon();
    throw new ProviderError(givenUp(waited.gaveUp, options));
  };
  try {
    const bytes = await expect(open());
    const iterator = bytes[Symbol.asyncIterator]();
    for (;;) {
      const next = await expect(iterator.next());
      if (next.done === true) return;
      yield next.value;
    }
  } catch (error) {
    if (ProviderError.is(error)) throw error;
    const message = `A file that ${options.displayName} made could not be read.`;
    throw new ProviderError({ code: 'unavailable', message }, { cause: error });
  }
}

function attendFile(event: ChatEvent, options: AttendedStreamOptions): ChatEvent {
  if (event.type !== 'file') return event;
  return { ...event, open: () => Promise.resolve(attendedBytes(() => event.open(), options)) };
}

/**
 * The events of an answer, never waited for longer than the vendor may be silent, nor after the run was stopped: then the last event
 * is an `error`, whether the adapter heeds its signal or not.
 */
export async function* attendedStream(
  events: AsyncIterable<ChatEvent>,
  options: AttendedStreamOptions,
): AsyncGenerator<ChatEvent, void, void> {
  const { signal, idleTimeoutMs } = options;
  const iterator = events[Symbol.asyncIterator]();
  let ended = false;
  try {
    while (!ended) {
      const waited = await boundedWait(iterator.next(), { ms: idleTimeoutMs, signal });
      if ('gaveUp' in waited) {
        yield { type: 'error', error: givenUp(waited.gaveUp, options) };
        return;
      }
      if (waited.value.done === true) return;
      const event = waited.value.value;
      ended = event.type === 'finish' || event.type === 'error';
      yield attendFile(event, options);
    }
  } finally {
    if (!ended) options.abandon();
    // It may be waiting for something that never comes; nobody waits with it.
    void iterator.return?.()?.catch(() => undefined);
  }
}
