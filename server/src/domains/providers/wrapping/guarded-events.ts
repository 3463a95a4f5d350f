import {
  ProviderError,
  providerErrorData,
  type ChatEvent,
  type ProviderErrorData,
} from 'strapi-plugin-skills-shared/provider';
import type { AdapterGuard } from './adapter-guard';

export interface GuardedEventsOptions {
  guard: AdapterGuard;
  displayName: string;
  /** Takes the connection's secrets out of a text. */
  mask: (text: string) => string;
}

/** What an event of a type must have; types that nobody knows are let through, for readers skip them. */
const textFields: Readonly<Record<string, readonly string[]>> = {
  'text-delta': ['text'],
  'reasoning-delta': ['text'],
  'tool-call': ['id', 'name', 'by'],
  'tool-result': ['id', 'name'],
  file: ['name', 'mime'],
  'provider-event': ['name'],
  finish: ['reason', 'model'],
};
const objectFields: Readonly<Record<string, readonly string[]>> = {
  citation: ['citation'],
  usage: ['usage'],
  finish: ['message'],
  error: ['error'],
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isEvent(event: unknown): event is ChatEvent {
  if (!isRecord(event) || typeof event.type !== 'string') return false;
  const texts = textFields[event.type] ?? [];
  const objects = objectFields[event.type] ?? [];
  return (
    texts.every((field) => typeof event[field] === 'string') &&
    objects.every((field) => isRecord(event[field]))
  );
}

function masked(value: unknown, mask: GuardedEventsOptions['mask']): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item) => masked(item, mask));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [mask(key), masked(item, mask)]));
}

/** The event as the rest of the plugin may see it: vendors, and what their tools reach, may repeat what they were sent. */
function withoutSecrets(event: ChatEvent, { guard, mask }: GuardedEventsOptions): ChatEvent {
  switch (event.type) {
    case 'text-delta':
    case 'reasoning-delta':
      return { ...event, text: mask(event.text) };
    case 'error':
      return { type: 'error', error: guard.explainData(event.error) };
    case 'finish':
      // The provider's state goes back to where it came from, and is nobody's to read.
      return { ...event, message: { ...event.message, text: mask(String(event.message.text)) } };
    case 'tool-call':
    case 'tool-result':
    case 'citation':
    case 'file':
    case 'usage':
    case 'provider-event':
    default:
      return masked(event, mask) as ChatEvent;
  }
}

/**
 * Exactly one terminal event, and it is the last; the iteration never throws. The terminal event is held back until the adapter has
 * ended: what goes on after its end, or is no event, is an answer that nobody can trust.
 */
export async function* guardedEvents(
  open: () => AsyncIterable<ChatEvent>,
  options: GuardedEventsOptions,
): AsyncGenerator<ChatEvent> {
  const { guard, displayName } = options;
  let terminal: ChatEvent | undefined;
  try {
    for await (const event of open()) {
      if (terminal || !isEvent(event)) {
        yield broken(guard, `The adapter of ${displayName} broke the rules of an answer.`);
        return;
      }
      if (event.type === 'finish' || event.type === 'error') terminal = withoutSecrets(event, options);
      else yield withoutSecrets(event, options);
    }
  } catch (error) {
    yield terminal ?? failed(providerErrorData(guard.explain(error)));
    return;
  }
  yield terminal ?? broken(guard, `The answer of ${displayName} ended before it was finished.`);
}

function failed(error: ProviderErrorData): ChatEvent {
  return { type: 'error', error };
}

function broken(guard: AdapterGuard, message: string): ChatEvent {
  return failed(guard.explainData(providerErrorData(new ProviderError({ code: 'protocol', message }))));
}
