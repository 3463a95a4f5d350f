import { demand, show } from '../assertions';
import type { Requirement } from '../requirement';

export const embeddingRequirements: readonly Requirement[] = [
  {
    id: 'embedding/lists-models',
    says: 'the embedding models have ids',
    needs: 'embedding',
    async check({ open }) {
      const models = await (await open('answer')).embedding().listModels();
      demand(
        models.every(({ id }) => id !== ''),
        `A model has no id: ${show(models)}.`,
      );
    },
  },
  {
    id: 'embedding/vectors',
    says: 'each text gets one vector, all of one length, in their order',
    needs: 'embedding',
    async check({ open, subject, expect }) {
      const model = subject.models.embedding;
      demand(model !== undefined, 'The subject must name an embedding model.');
      const texts = ['one', 'another', 'one'];
      const client = (await open('answer')).embedding();
      const { vectors, inputTokens } = await client.embed({ model, texts });
      expect(vectors.length).toBe(texts.length);
      const [first, second, third] = vectors;
      demand(first !== undefined && first.length > 0, 'A vector is empty.');
      expect([second?.length, third?.length]).toEqual([first.length, first.length]);
      demand(vectors.flat().every(Number.isFinite), 'A vector holds what is no number.');
      demand(
        inputTokens === null || (Number.isInteger(inputTokens) && inputTokens >= 0),
        `Tokens must be a whole number or null: ${show(inputTokens)}.`,
      );
    },
  },
];
