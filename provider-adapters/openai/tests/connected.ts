import type {
  ChatClient,
  ChatEvent,
  ChatRequest,
  ConnectionContext,
  Fetch,
} from 'strapi-plugin-skills-shared/provider';
import { settingsSchema, type Settings } from '../src/connection/settings';
import { provider } from '../src/index';

/** A context as the plugin makes it, with settings as a form sends them. */
export function contextOf(
  settings: Record<string, unknown>,
  { signal = new AbortController().signal, fetch = globalThis.fetch as Fetch } = {},
): ConnectionContext<Settings> {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  return { settings: settingsSchema.parse(settings), signal, fetch, log };
}

export function chatOf(
  settings: Record<string, unknown>,
  options?: Parameters<typeof contextOf>[1],
): ChatClient {
  const context = contextOf(settings, options);
  const { chat } = provider.capabilities;
  if (!chat) throw new Error('The provider has no chat.');
  return chat.create(context.settings, context);
}

/** A request that says one thing. */
export const say = (text: string, rest: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'gpt-5.4-mini',
  messages: [{ role: 'user', content: [{ type: 'text', text }] }],
  ...rest,
});

/** All events; each file is read as the contract wants it, after its event and before the next. */
export async function collect(
  events: AsyncIterable<ChatEvent>,
): Promise<{ events: ChatEvent[]; files: { name: string; mime: string; content: Buffer }[] }> {
  const result: Awaited<ReturnType<typeof collect>> = { events: [], files: [] };
  for await (const event of events) {
    result.events.push(event);
    if (event.type === 'file') {
      const content = await readAll(await event.open());
      result.files.push({ name: event.name, mime: event.mime, content });
    }
  }
  return result;
}

async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

export const ofType = <Type extends ChatEvent['type']>(events: readonly ChatEvent[], type: Type) =>
  events.filter((event): event is Extract<ChatEvent, { type: Type }> => event.type === type);

export const textOf = (events: readonly ChatEvent[]): string =>
  ofType(events, 'text-delta')
    .map(({ text }) => text)
    .join('');

/** The last event, which must be the good end. */
export function finishOf(events: readonly ChatEvent[]): Extract<ChatEvent, { type: 'finish' }> {
  const last = events.at(-1);
  if (last?.type !== 'finish') throw new Error(`The chat ended with ${JSON.stringify(last)}`);
  return last;
}
