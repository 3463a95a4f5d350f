import {
  ProviderError,
  providerErrorData,
  type ChatClient,
  type ChatEvent,
  type EmbeddingClient,
} from 'strapi-plugin-skills-shared/provider';
import type { AdapterGuard } from './adapter-guard';

/** A chat client that keeps the contract even where its adapter does not. */
export function guardChat(client: ChatClient, guard: AdapterGuard, displayName: string): ChatClient {
  return {
    listModels: () => guard.call(() => client.listModels()),
    stream: (request) => guardedEvents(() => client.stream(request), guard, displayName),
  };
}

export function guardEmbedding(client: EmbeddingClient, guard: AdapterGuard): EmbeddingClient {
  return {
    listModels: () => guard.call(() => client.listModels()),
    embed: (request) => guard.call(() => client.embed(request)),
  };
}

/** Exactly one terminal event, and it is the last; the iteration never throws. */
async function* guardedEvents(
  open: () => AsyncIterable<ChatEvent>,
  guard: AdapterGuard,
  displayName: string,
): AsyncGenerator<ChatEvent> {
  try {
    for await (const event of open()) {
      if (event.type === 'error') {
        yield { type: 'error', error: guard.explainData(event.error) };
        return;
      }
      yield event;
      if (event.type === 'finish') return;
    }
  } catch (error) {
    yield { type: 'error', error: providerErrorData(guard.explain(error)) };
    return;
  }
  const unfinished = new ProviderError({
    code: 'protocol',
    message: `The answer of ${displayName} ended before it was finished.`,
  });
  yield { type: 'error', error: guard.explainData(providerErrorData(unfinished)) };
}
