import type { ModelPrice } from 'strapi-plugin-skills-shared/provider';

/**
 * OpenAI's standard prices for requests below 272,000 input tokens, US dollars a million tokens.
 *
 * Source: https://developers.openai.com/api/docs/pricing and the pages of the single models there, and what third parties
 * transcribed from them, as known on 2026-11-21. Check
 * them before you bill by them. A model whose sources disagreed is left out: its cost is unknown.
 */
const tokens: readonly Omit<ModelPrice, 'toolCalls'>[] = [
  { model: 'gpt-6-sol', input: 2, cachedInput: 0.2, cacheWrite: 2.5, output: 10 },
  { model: 'gpt-6-luna', input: 0.1, cachedInput: 0.01, cacheWrite: 0.125, output: 0.5 },
  { model: 'gpt-5.6-terra', input: 2, cachedInput: 0.2, cacheWrite: 2.5, output: 12 },
  { model: 'gpt-5.6-luna', input: 0.2, cachedInput: 0.02, cacheWrite: 0.25, output: 1.2 },
  { model: 'gpt-5.5', input: 5, cachedInput: 0.5, output: 30 },
  { model: 'gpt-5.5-pro', input: 30, output: 180 },
  { model: 'gpt-5.4', input: 2.5, cachedInput: 0.25, output: 15 },
  { model: 'gpt-5.4-mini', input: 0.75, cachedInput: 0.075, output: 4.5 },
  { model: 'gpt-5.4-nano', input: 0.2, cachedInput: 0.02, output: 1.25 },
  { model: 'gpt-5.4-pro', input: 30, output: 180 },
  { model: 'gpt-5.2', input: 1.75, cachedInput: 0.175, output: 14 },
  { model: 'gpt-5.2-chat-latest', input: 1.75, cachedInput: 0.175, output: 14 },
  { model: 'gpt-5.2-pro', input: 21, output: 168 },
  { model: 'gpt-5.1', input: 1.25, cachedInput: 0.125, output: 10 },
  { model: 'gpt-5.1-chat-latest', input: 1.25, cachedInput: 0.125, output: 10 },
  { model: 'gpt-5.1-codex', input: 1.25, cachedInput: 0.125, output: 10 },
  { model: 'gpt-5', input: 1.25, cachedInput: 0.125, output: 10 },
  { model: 'gpt-5-chat-latest', input: 1.25, cachedInput: 0.125, output: 10 },
  { model: 'gpt-5-codex', input: 1.25, cachedInput: 0.125, output: 10 },
  { model: 'gpt-5-mini', input: 0.25, cachedInput: 0.025, output: 2 },
  { model: 'gpt-5-nano', input: 0.05, cachedInput: 0.005, output: 0.4 },
  { model: 'gpt-5-pro', input: 15, output: 120 },
  { model: 'gpt-4.1', input: 2, cachedInput: 0.5, output: 8 },
  { model: 'gpt-4.1-mini', input: 0.4, cachedInput: 0.1, output: 1.6 },
  { model: 'gpt-4.1-nano', input: 0.1, cachedInput: 0.025, output: 0.4 },
  { model: 'gpt-4o', input: 2.5, cachedInput: 1.25, output: 10 },
  // The first snapshot kept its higher price.
  { model: 'gpt-4o-2024-05-13', input: 5, output: 15 },
  { model: 'gpt-4o-mini', input: 0.15, cachedInput: 0.075, output: 0.6 },
  { model: 'o1', input: 15, cachedInput: 7.5, output: 60 },
  { model: 'o1-pro', input: 150, output: 600 },
  { model: 'o3', input: 2, cachedInput: 0.5, output: 8 },
  { model: 'o3-pro', input: 20, output: 80 },
  { model: 'o3-mini', input: 1.1, cachedInput: 0.55, output: 4.4 },
  { model: 'o4-mini', input: 1.1, cachedInput: 0.275, output: 4.4 },
];

/**
 * US dollars a call. Code interpreter and shell are billed by the container (20 minutes, by its memory), not by the call; images by
 * the tokens of the image model, which an answer does not tell, so they have no price here and make a run's cost unknown.
 */
const toolCalls: Readonly<Record<string, number>> = {
  web_search: 0.01,
  file_search: 0.0025,
  container_1g: 0.03,
  container_4g: 0.12,
  container_16g: 0.48,
  container_64g: 1.92,
};

/** What OpenAI's models and tools cost. At another server these mean nothing, but its models rarely have such names. */
export const prices: readonly ModelPrice[] = tokens.map((price) => ({
  ...price,
  toolCalls: { ...toolCalls },
}));
