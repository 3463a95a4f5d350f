import type { ResponseOutputItem, ResponseUsage, Tool } from 'openai/resources/responses/responses';
import type { ChatUsage } from 'strapi-plugin-skills-shared/provider';
import { containerOf } from './containers';

/**
 * What is billed beside tokens, by the names that `prices.ts` has. A container is billed once, by its memory, so those of former turns
 * (`known`) do not count again.
 */
export function billedToolCalls(
  items: readonly ResponseOutputItem[],
  tools: readonly Tool[],
  known: ReadonlySet<string>,
): Record<string, number> {
  const billed: Record<string, number> = {};
  const add = (name: string) => (billed[name] = (billed[name] ?? 0) + 1);
  const containers = new Set(known);
  for (const item of items) {
    // Opening and reading a page are a part of the search that found it.
    if (item.type === 'web_search_call' && item.action?.type === 'search') add('web_search');
    if (item.type === 'file_search_call') add('file_search');
    if (item.type === 'image_generation_call') add('image_generation');
    const container = containerOf(item);
    if (container !== undefined && !containers.has(container)) {
      containers.add(container);
      add(`container_${item.type === 'code_interpreter_call' ? memoryOf(tools) : '1g'}`);
    }
  }
  return billed;
}

function memoryOf(tools: readonly Tool[]): string {
  const tool = tools.find(({ type }) => type === 'code_interpreter') as Tool.CodeInterpreter | undefined;
  return (typeof tool?.container === 'object' && tool.container.memory_limit) || '1g';
}

export function toUsage(usage: ResponseUsage, billed: Record<string, number>): ChatUsage {
  // Not every server that speaks this API counts so finely.
  const { input_tokens_details: input, output_tokens_details: output } = usage as Partial<ResponseUsage>;
  return {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    ...(input?.cached_tokens ? { cachedInputTokens: input.cached_tokens } : {}),
    ...(input?.cache_write_tokens ? { cacheWriteTokens: input.cache_write_tokens } : {}),
    ...(output?.reasoning_tokens ? { reasoningTokens: output.reasoning_tokens } : {}),
    ...(Object.keys(billed).length > 0 ? { billedToolCalls: billed } : {}),
  };
}
