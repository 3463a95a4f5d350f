import {
  providerErrorData,
  type ChatCapability,
  type ChatClient,
  type ChatEvent,
  type ChatRequest,
  type ProviderContext,
} from 'strapi-plugin-skills-shared/provider';
import { openClient } from '../connection/open-client';
import { providerFailure } from '../connection/provider-failure';
import { defaultModelOf, hasOpenAITools, isOpenAI, type Settings } from '../connection/settings';
import { hostedSkills } from '../hosted-skills';
import { listChatModels } from '../models';
import { prices } from '../prices';
import { noToolsThere, skills, skillTypeName } from '../skills/skill-types';
import { streamCompletion } from './completions/stream';
import type { FileSource } from './responses/made-files';
import { streamResponse } from './responses/stream';

type Api = Exclude<Settings['api'], 'auto'>;

export const chat: ChatCapability<Settings> = {
  create: createChat,
  defaultModel: defaultModelOf,
  prices,
  features: { skills, 'hosted-skills': hostedSkills },
};

function createChat(settings: Settings, context: ProviderContext): ChatClient {
  const client = openClient(settings, context);
  // Which API another server speaks is found out once for each client.
  const known: { api: Api | undefined } = { api: knownApi(settings) };
  return {
    listModels: () => listChatModels(client, { settings, signal: context.signal }),
    stream: (request) =>
      endable(
        (signal) =>
          tellFailures(answer(request, { client, settings, signal, fetch: context.fetch }, known), {
            settings,
            signal,
          }),
        context.signal,
      ),
  };
}

function knownApi(settings: Settings): Api | undefined {
  if (settings.api !== 'auto') return settings.api;
  return isOpenAI(settings) ? 'responses' : undefined;
}

/** An iteration whose early end aborts the request at once, even while an event is awaited. */
function endable(
  start: (signal: AbortSignal) => AsyncGenerator<ChatEvent, void, void>,
  outer: AbortSignal,
): AsyncIterable<ChatEvent> {
  return {
    [Symbol.asyncIterator]() {
      const end = new AbortController();
      const events = start(AbortSignal.any([outer, end.signal]));
      return {
        next: () => events.next(),
        return() {
          end.abort();
          return events.return();
        },
      };
    },
  };
}

async function* tellFailures(
  events: AsyncGenerator<ChatEvent, void, void>,
  context: Pick<FileSource, 'settings' | 'signal'>,
): AsyncGenerator<ChatEvent, void, void> {
  try {
    yield* events;
  } catch (error) {
    yield { type: 'error', error: providerErrorData(providerFailure(error, context)) };
  }
}

async function* answer(
  request: ChatRequest,
  source: FileSource,
  known: { api: Api | undefined },
): AsyncGenerator<ChatEvent, void, void> {
  assertCanServe(request, source.settings);
  if (known.api === 'chat-completions') return yield* streamCompletion(request, source);
  if (known.api === 'responses') return yield* streamResponse(request, source);
  try {
    return yield* streamResponse(request, source, () => (known.api = 'responses'));
  } catch (error) {
    if (known.api !== undefined || !lacksResponses(error)) throw error;
  }
  yield* streamCompletion(request, source, () => (known.api = 'chat-completions'));
}

/** OpenAI's tools and containers are asked for only where they are. */
function assertCanServe(
  { skills: asked = [], hostedSkills: hosted = [] }: ChatRequest,
  settings: Settings,
): void {
  if (hasOpenAITools(settings)) return;
  const names = asked.map(({ skillTypeId }) => skillTypeName(skillTypeId));
  if (hosted.length > 0) names.push('hosted skills');
  if (names.length > 0) throw noToolsThere(settings, names);
}

/** A server without this API knows no such path; one that has it says of a missing model that it is the model. */
function lacksResponses(error: unknown): boolean {
  const { status, code } = error as { status?: unknown; code?: unknown };
  return status === 405 || status === 501 || (status === 404 && code !== 'model_not_found');
}
