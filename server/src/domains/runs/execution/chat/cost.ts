import type { ChatUsage, ModelPrice } from 'strapi-plugin-skills-shared/provider';

/** What `ModelPrice` is told for. */
const TOKENS = 1_000_000;

/** What the vendor's own tools cost by the call; null when one of them has no price. */
function costOfCalls(calls: Record<string, number>, prices: Record<string, number>): number | null {
  let cost = 0;
  for (const [name, count] of Object.entries(calls)) {
    if (count === 0) continue;
    const price = Object.hasOwn(prices, name) ? prices[name] : undefined;
    if (price === undefined) return null;
    cost += price * count;
  }
  return cost;
}

/** What a request cost, in US dollars. Null is unknown: a price is missing for something that the vendor bills. */
export function costOf(usage: ChatUsage, price: ModelPrice | undefined): number | null {
  if (!price) return null;
  const calls = costOfCalls(usage.billedToolCalls ?? {}, price.toolCalls ?? {});
  if (calls === null) return null;
  const cached = usage.cachedInputTokens ?? 0;
  const written = usage.cacheWriteTokens ?? 0;
  const plain = Math.max(0, usage.inputTokens - cached - written);
  const tokens =
    plain * price.input +
    cached * (price.cachedInput ?? price.input) +
    written * (price.cacheWrite ?? price.input) +
    usage.outputTokens * price.output;
  return tokens / TOKENS + calls;
}
