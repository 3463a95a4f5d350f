import { ProviderError, type ChatEvent, type ProviderErrorCode } from '../provider';

/** Fails with a sentence that says what the adapter owes. */
export function demand(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(sentence);
}

/** Whether it is an error, of this realm or another: runners give tests a realm of their own. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}

export function show(value: unknown): string {
  if (isError(value)) return `${value.name}: ${value.message}`;
  return JSON.stringify(value) ?? String(value);
}

/** Fails unless the promise settles within so many milliseconds. */
export async function within<Result>(
  ms: number,
  what: string,
  promise: PromiseLike<Result>,
): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

export async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<number> {
  let length = 0;
  for await (const chunk of bytes) length += chunk.byteLength;
  return length;
}

/** All events of an answer, its files read, as a run reads it. Fails when the iteration throws. */
export async function drain(events: AsyncIterable<ChatEvent>): Promise<ChatEvent[]> {
  const seen: ChatEvent[] = [];
  try {
    for await (const event of events) {
      seen.push(event);
      if (event.type === 'file') await readAll(await event.open());
    }
  } catch (error) {
    throw new Error(`The iteration threw (${show(error)}) after ${show(seen.map(({ type }) => type))}.`);
  }
  return seen;
}

type EventOf<Type extends ChatEvent['type']> = Extract<ChatEvent, { type: Type }>;

export function eventsOf<Type extends ChatEvent['type']>(events: readonly ChatEvent[], type: Type) {
  return events.filter((event): event is EventOf<Type> => event.type === type);
}

export function isTerminal({ type }: ChatEvent): boolean {
  return type === 'finish' || type === 'error';
}

/** The `finish` of an answer that went well. */
export function finishOf(events: readonly ChatEvent[]): EventOf<'finish'> {
  const last = events.at(-1);
  demand(last?.type === 'finish', `The answer must end with "finish"; it ended with ${show(last)}.`);
  return last;
}

export function textOf(events: readonly ChatEvent[]): string {
  return eventsOf(events, 'text-delta')
    .map(({ text }) => text)
    .join('');
}

/** The error that a promise rejects with, which must be a `ProviderError` of one of these codes. */
export async function rejection(
  what: string,
  promise: Promise<unknown>,
  codes: readonly ProviderErrorCode[],
): Promise<ProviderError> {
  const error = await promise.then(
    (value) => {
      throw new Error(`${what} must reject with ${codes.join(' or ')}; it answered ${show(value)}.`);
    },
    (reason: unknown) => reason,
  );
  demand(ProviderError.is(error), `${what} must reject with a ProviderError; it was ${show(error)}.`);
  demand(
    codes.includes(error.code),
    `${what} must reject with ${codes.join(' or ')}; it was ${error.code}: ${error.message}`,
  );
  return error;
}
