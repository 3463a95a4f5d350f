import type { ModelPrice } from 'strapi-plugin-skills-shared/provider';

/**
 * Anthropic's standard prices, US dollars a million tokens; cache writes are those of five minutes.
 *
 * Source: https://platform.claude.com/docs/en/about-claude/pricing and the pages of the single models there, as known on 2026-11-21. Some
 * cache prices, and those of Opus 4.5 to 4.8 and Haiku 4.5, come from what third parties transcribed, or from Anthropic's usual
 * multiples of the input's price: check them before you bill by them. A model of which even the input's price was not known
 * is left out, and so is one that costs more above a number of tokens (Haiku 5.5): its cost is unknown.
 */
const tokens: readonly Omit<ModelPrice, 'toolCalls'>[] = [
  { model: 'claude-fable-5-1', input: 10, output: 50, cachedInput: 0.25, cacheWrite: 12.5 },
  { model: 'claude-fable-5', input: 10, output: 50, cachedInput: 1, cacheWrite: 12.5 },
  { model: 'claude-opus-5-5', input: 4, output: 20, cachedInput: 0.2, cacheWrite: 5 },
  { model: 'claude-opus-5', input: 5, output: 25, cachedInput: 0.5, cacheWrite: 6.25 },
  { model: 'claude-opus-4-8', input: 5, output: 25, cachedInput: 0.5, cacheWrite: 6.25 },
  { model: 'claude-opus-4-7', input: 5, output: 25, cachedInput: 0.5, cacheWrite: 6.25 },
  { model: 'claude-opus-4-6', input: 5, output: 25, cachedInput: 0.5, cacheWrite: 6.25 },
  { model: 'claude-opus-4-5', input: 5, output: 25, cachedInput: 0.5, cacheWrite: 6.25 },
  { model: 'claude-opus-4-1', input: 15, output: 75, cachedInput: 1.5, cacheWrite: 18.75 },
  { model: 'claude-opus-4-0', input: 15, output: 75, cachedInput: 1.5, cacheWrite: 18.75 },
  { model: 'claude-opus-4', input: 15, output: 75, cachedInput: 1.5, cacheWrite: 18.75 },
  { model: 'claude-sonnet-5-5', input: 2, output: 10, cachedInput: 0.1, cacheWrite: 2.5 },
  { model: 'claude-sonnet-5', input: 2, output: 10, cachedInput: 0.2, cacheWrite: 2.5 },
  { model: 'claude-sonnet-4-6', input: 3, output: 15, cachedInput: 0.3, cacheWrite: 3.75 },
  { model: 'claude-sonnet-4-5', input: 3, output: 15, cachedInput: 0.3, cacheWrite: 3.75 },
  { model: 'claude-haiku-4-5', input: 1, output: 5, cachedInput: 0.1, cacheWrite: 1.25 },
];

/**
 * US dollars a call. Code execution is billed by the container's hours beyond those that an account has free each month, which an
 * answer does not tell: it is not in a run's cost.
 */
const toolCalls: Readonly<Record<string, number>> = { web_search: 0.01, web_fetch: 0 };

/** What Anthropic's models and tools cost. */
export const prices: readonly ModelPrice[] = tokens.map((price) => ({
  ...price,
  toolCalls: { ...toolCalls },
}));
