import type {
  ChatClient,
  ChatEvent,
  ChatRequest,
  Provider,
  ProviderContext,
} from 'strapi-plugin-skills-shared/provider';
import { ProviderError } from 'strapi-plugin-skills-shared/provider';
import { provider as sound, type MemorySettings } from '../support/providers/memory';

export const apiKey = 'sk-memory-0123456789abcdef';

type Create = (settings: MemorySettings, context: ProviderContext) => ChatClient;
const chatOf = sound.capabilities.chat!;

/** The sound provider with another chat client. */
function withChat(create: Create, features = chatOf.features): Provider<MemorySettings> {
  return { ...sound, capabilities: { ...sound.capabilities, chat: { ...chatOf, create, features } } };
}

/** The sound provider whose answers are changed on their way. */
function withStream(
  change: (events: AsyncIterable<ChatEvent>, context: ProviderContext) => AsyncIterable<ChatEvent>,
  rewrite: (request: ChatRequest) => ChatRequest = (request) => request,
) {
  return withChat((settings, context) => {
    const client = chatOf.create(settings, context);
    return { ...client, stream: (request) => change(client.stream(rewrite(request)), context) };
  });
}

async function* mapped(events: AsyncIterable<ChatEvent>, map: (event: ChatEvent) => ChatEvent | ChatEvent[]) {
  for await (const event of events) yield* [map(event)].flat();
}

/** Providers with one flaw each, and the requirement that finds it. */
export const wrongProviders: [requirement: string, flaw: string, provider: Provider<MemorySettings>][] = [
  ['definition/specification-version', 'speaks another version', { ...sound, specificationVersion: 2 as 1 }],
  ['definition/identity', 'has an id with spaces', { ...sound, id: 'My Provider' }],
  [
    'definition/create-asks-nobody',
    'asks while it is bound',
    withChat((settings, context) => {
      void context.fetch(`${settings.baseUrl}/models`).catch(() => undefined);
      return chatOf.create(settings, context);
    }),
  ],
  [
    'connection/test-calls-the-vendor',
    'says that all is well without asking',
    { ...sound, testConnection: () => Promise.resolve({ message: 'All is well.' }) },
  ],
  [
    'connection/abort',
    'cannot be stopped while it tests',
    {
      ...sound,
      testConnection: (context) => sound.testConnection({ ...context, signal: new AbortController().signal }),
    },
  ],
  [
    'chat/starts-with-first-next',
    'asks before it is read',
    withChat((settings, context) => ({
      ...chatOf.create(settings, context),
      stream(request) {
        void context.fetch(`${settings.baseUrl}/models`).catch(() => undefined);
        return chatOf.create(settings, context).stream(request);
      },
    })),
  ],
  [
    'chat/one-terminal-event',
    'ends twice',
    withStream((events) => mapped(events, (event) => (event.type === 'finish' ? [event, event] : event))),
  ],
  [
    'chat/one-terminal-event',
    'throws instead of ending with an error',
    withStream((events) =>
      mapped(events, (event) => {
        if (event.type === 'error') throw new ProviderError(event.error);
        return event;
      }),
    ),
  ],
  [
    'chat/text',
    'loses text',
    withStream((events) => mapped(events, (event) => (event.type === 'text-delta' ? [] : event))),
  ],
  [
    'chat/usage',
    'does not count',
    withStream((events) => mapped(events, (event) => (event.type === 'usage' ? [] : event))),
  ],
  [
    'chat/request-is-carried',
    'forgets the instructions',
    withStream(
      (events) => events,
      ({ instructions: _forgotten, ...request }) => request,
    ),
  ],
  [
    'chat/events-are-json',
    'tells what JSON does not hold',
    withStream((events) =>
      mapped(events, (event) =>
        event.type === 'provider-event' ? { ...event, data: new Date(0) as unknown as string } : event,
      ),
    ),
  ],
  [
    'chat/tool-calls',
    'tells a call twice',
    withStream((events) => mapped(events, (event) => (event.type === 'tool-call' ? [event, event] : event))),
  ],
  [
    'chat/tool-results-go-back',
    'drops results',
    withStream(
      (events) => events,
      (request) => ({
        ...request,
        messages: request.messages.map((message) =>
          message.role === 'tool' ? { ...message, content: '' } : message,
        ),
      }),
    ),
  ],
  [
    'chat/foreign-messages',
    "takes another's state for its own",
    withStream(
      (events) => events,
      (request) => ({
        ...request,
        messages: request.messages.map((message) =>
          message.role === 'assistant' && message.providerState
            ? { ...message, providerState: { ...message.providerState, providerId: 'memory' } }
            : message,
        ),
      }),
    ),
  ],
  [
    'chat/abort-during',
    'ignores the signal',
    withChat((settings, context) =>
      chatOf.create(settings, { ...context, signal: new AbortController().signal }),
    ),
  ],
  [
    'chat/abort-before',
    'ignores the signal',
    withChat((settings, context) =>
      chatOf.create(settings, { ...context, signal: new AbortController().signal }),
    ),
  ],
  [
    'chat/early-end',
    'reads on when nobody listens',
    withStream((events) => {
      const iterator = events[Symbol.asyncIterator]();
      const deaf = {
        next: () => iterator.next(),
        return: () => Promise.resolve({ done: true, value: undefined }),
      };
      return { [Symbol.asyncIterator]: () => deaf as AsyncIterator<ChatEvent> };
    }),
  ],
  [
    'errors/rate-limited',
    'forgets how long to wait',
    withStream((events) =>
      mapped(events, (event) =>
        event.type === 'error' ? { ...event, error: { code: event.error.code, message: 'Wait.' } } : event,
      ),
    ),
  ],
  [
    'errors/unauthorized',
    'takes a wrong key for a wrong request',
    withStream((events) =>
      mapped(events, (event) =>
        event.type === 'error' ? { ...event, error: { ...event.error, code: 'invalid-request' } } : event,
      ),
    ),
  ],
  [
    'errors/broken-stream',
    'lets what was answered be asked again',
    withStream((events) =>
      mapped(events, (event) =>
        event.type === 'error' ? { ...event, error: { ...event.error, retryable: true } } : event,
      ),
    ),
  ],
  [
    'errors/asked-once',
    'asks twice',
    withChat((settings, context) =>
      chatOf.create(settings, {
        ...context,
        fetch: async (input, init) => {
          const response = await context.fetch(input, init);
          return response.ok ? response : context.fetch(input, init);
        },
      }),
    ),
  ],
  [
    'skills/tool-is-sent',
    'sends another tool than it says',
    withChat(chatOf.create, {
      ...chatOf.features,
      skills: {
        ...chatOf.features!.skills!,
        toTool: () => ({ dialect: 'memory', tools: [{ type: 'other' }] }),
      },
    }),
  ],
  [
    'skills/tool-fits',
    'makes nothing of settings',
    withChat(chatOf.create, {
      ...chatOf.features,
      skills: { ...chatOf.features!.skills!, toTool: () => ({ dialect: 'memory', tools: [] }) },
    }),
  ],
  [
    'hosted/withdraw',
    'leaves there what was withdrawn',
    withChat(chatOf.create, {
      ...chatOf.features,
      'hosted-skills': { ...chatOf.features!['hosted-skills']!, withdraw: () => Promise.resolve() },
    }),
  ],
  [
    'hosted/errors',
    'takes a server that is down for a skill that is gone',
    withChat(chatOf.create, {
      ...chatOf.features,
      'hosted-skills': { ...chatOf.features!['hosted-skills']!, exists: () => Promise.resolve(false) },
    }),
  ],
  [
    'secrets/never-shown',
    'logs its key',
    withChat((settings, context) => {
      context.log.debug(`with ${settings.apiKey}`);
      return chatOf.create(settings, context);
    }),
  ],
  [
    'secrets/never-shown',
    'repeats its key in an error',
    withStream((events) =>
      mapped(events, (event) =>
        event.type === 'error'
          ? { ...event, error: { ...event.error, message: `Unknown key ${apiKey}.` } }
          : event,
      ),
    ),
  ],
  [
    'secrets/not-in-addresses',
    'puts its key into the address',
    withChat((settings, context) =>
      chatOf.create(settings, {
        ...context,
        fetch: (input, init) => context.fetch(`${String(input)}?key=${settings.apiKey}`, init),
      }),
    ),
  ],
  [
    'log/no-prompt',
    'logs what it is asked',
    withChat((settings, context) => ({
      ...chatOf.create(settings, context),
      stream(request) {
        context.log.debug(JSON.stringify(request.messages));
        return chatOf.create(settings, context).stream(request);
      },
    })),
  ],
  [
    'network/only-context-fetch',
    'uses the global fetch',
    withChat((settings, context) =>
      chatOf.create(settings, { ...context, fetch: (input, init) => globalThis.fetch(input, init) }),
    ),
  ],
  [
    'environment/not-used',
    'reads the environment',
    withChat((settings, context) => {
      const headers = { 'x-organization': process.env.MEMORY_ORG_ID ?? '' };
      return chatOf.create(settings, {
        ...context,
        fetch: (input, init) => context.fetch(input, { ...init, headers: { ...init?.headers, ...headers } }),
      });
    }),
  ],
];
