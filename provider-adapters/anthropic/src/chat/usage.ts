import type { MessageDeltaUsage, Usage } from '@anthropic-ai/sdk/resources/messages';
import type { ChatUsage } from 'strapi-plugin-skills-shared/provider';

/** The vendor's counts, as a message tells them at its start and corrects them later. */
export type VendorUsage = Partial<Usage> | Partial<MessageDeltaUsage>;

/** Later counts replace former ones; what a later one leaves out stays. */
export function correctUsage(former: VendorUsage, later: VendorUsage): VendorUsage {
  const told = Object.entries(later).filter(([, value]) => value !== null && value !== undefined);
  return { ...former, ...Object.fromEntries(told) };
}

/** Anthropic counts tokens from and to its cache apart; the contract counts them as input too. */
export function toUsage(usage: VendorUsage): ChatUsage {
  const cachedInputTokens = usage.cache_read_input_tokens ?? 0;
  const cacheWriteTokens = usage.cache_creation_input_tokens ?? 0;
  const reasoningTokens = usage.output_tokens_details?.thinking_tokens;
  const { web_search_requests: searches = 0, web_fetch_requests: fetches = 0 } = usage.server_tool_use ?? {};
  const billed = {
    ...(searches ? { web_search: searches } : {}),
    ...(fetches ? { web_fetch: fetches } : {}),
  };
  return {
    inputTokens: (usage.input_tokens ?? 0) + cachedInputTokens + cacheWriteTokens,
    outputTokens: usage.output_tokens ?? 0,
    ...(cachedInputTokens ? { cachedInputTokens } : {}),
    ...(cacheWriteTokens ? { cacheWriteTokens } : {}),
    ...(reasoningTokens ? { reasoningTokens } : {}),
    ...(Object.keys(billed).length === 0 ? {} : { billedToolCalls: billed }),
  };
}

/** What several requests used together: a turn that the vendor pauses takes more than one. */
export function addUsage(a: ChatUsage, b: ChatUsage): ChatUsage {
  const sum = (name: 'cachedInputTokens' | 'cacheWriteTokens' | 'reasoningTokens') => {
    const total = (a[name] ?? 0) + (b[name] ?? 0);
    return total ? { [name]: total } : {};
  };
  const billed = { ...a.billedToolCalls };
  for (const [name, count] of Object.entries(b.billedToolCalls ?? {}))
    billed[name] = (billed[name] ?? 0) + count;
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    ...sum('cachedInputTokens'),
    ...sum('cacheWriteTokens'),
    ...sum('reasoningTokens'),
    ...(Object.keys(billed).length === 0 ? {} : { billedToolCalls: billed }),
  };
}

export const noUsage: ChatUsage = { inputTokens: 0, outputTokens: 0 };
