import type { ModelPrice } from 'strapi-plugin-skills-shared/provider';

/** A price that the plugin's config tells. `provider` is a provider's id. */
export interface ConfiguredPrice extends ModelPrice {
  provider: string;
}

/** What vendors append to a model's id for one dated release of it: `-2025-04-14`, `-20250514`, `@20250514`. */
const SNAPSHOT = /^[-@](?:\d{4}-\d{2}-\d{2}|\d{8})$/;

function priceAmong(prices: readonly ModelPrice[], model: string): ModelPrice | undefined {
  const own = prices.find((price) => price.model === model);
  if (own) return own;
  return prices.find(
    (price) => model.startsWith(price.model) && SNAPSHOT.test(model.slice(price.model.length)),
  );
}

/**
 * What a model costs: by the config first, then by what the adapter knows. A model's own entry goes before the entry that stands for
 * its dated snapshots. Undefined is unknown.
 */
export function findPrice(
  {
    configured,
    provider,
  }: {
    configured: readonly ConfiguredPrice[];
    provider: { id: string; prices: readonly ModelPrice[] };
  },
  model: string,
): ModelPrice | undefined {
  const ours = configured.filter((price) => price.provider === provider.id);
  return priceAmong(ours, model) ?? priceAmong(provider.prices, model);
}
