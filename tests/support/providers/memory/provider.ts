import type { ModelPrice } from 'strapi-plugin-skills-shared/provider';
import { defineProvider, specificationVersion } from 'strapi-plugin-skills-shared/provider';
import { createChat } from './chat';
import { createEmbedding } from './embedding';
import { hostedSkills } from './hosted-skills';
import { askFor } from './requests';
import { settingsSchema } from './settings';
import { skills } from './skills';
import { modelsSchema } from './wire';

/** Of two models one has a price, so that what costs "unknown" can be tested. */
export const memoryPrices: readonly ModelPrice[] = [
  { model: 'memory-large', input: 2, output: 10, cachedInput: 0.5, toolCalls: { 'web-search': 0.01 } },
];

/** Everything that the contract knows, over a peer that `startMemoryPeer` starts. */
export const provider = defineProvider({
  specificationVersion,
  id: 'memory',
  displayName: 'Memory',
  description: 'Answers from this process, for tests.',
  icon: "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Cpath d='M1 1h6v6H1z'/%3E%3C/svg%3E",
  settingsSchema,
  capabilities: {
    chat: {
      create: (settings, context) => createChat({ ...context, settings }),
      defaultModel: (settings) => settings.defaultModel,
      prices: memoryPrices,
      features: { skills, 'hosted-skills': hostedSkills },
    },
    embedding: { create: (settings, context) => createEmbedding({ ...context, settings }) },
  },
  async testConnection(context) {
    const { models } = await askFor(context, modelsSchema, '/models');
    return { message: `Reached the memory peer; ${models.length} models are available.` };
  },
});
