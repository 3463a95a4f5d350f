import type { EmbeddingClient } from 'strapi-plugin-skills-shared/provider';
import { askFor, type MemoryContext } from './requests';
import { embeddingsSchema } from './wire';

export function createEmbedding(context: MemoryContext): EmbeddingClient {
  return {
    listModels: () => Promise.resolve([{ id: 'memory-embedding', name: 'Embedding' }]),
    embed: (request) =>
      askFor(context, embeddingsSchema, '/embeddings', { method: 'POST', body: JSON.stringify(request) }),
  };
}
