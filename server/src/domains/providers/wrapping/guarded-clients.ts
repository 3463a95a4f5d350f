import type { ChatClient, EmbeddingClient } from 'strapi-plugin-skills-shared/provider';
import type { AdapterGuard } from './adapter-guard';
import { guardedEvents, type GuardedEventsOptions } from './guarded-events';

/** A chat client that keeps the contract even where its adapter does not. */
export function guardChat(client: ChatClient, options: GuardedEventsOptions): ChatClient {
  return {
    listModels: () => options.guard.call(() => client.listModels()),
    stream: (request) => guardedEvents(() => client.stream(request), options),
  };
}

export function guardEmbedding(client: EmbeddingClient, guard: AdapterGuard): EmbeddingClient {
  return {
    listModels: () => guard.call(() => client.listModels()),
    embed: (request) => guard.call(() => client.embed(request)),
  };
}
