import type { ContentBlock, RawContentBlockDelta, TextCitation } from '@anthropic-ai/sdk/resources/messages';
import type { Json } from 'strapi-plugin-skills-shared/provider';

/** A block of an answer that is still being written. */
export interface OpenBlock {
  readonly block: ContentBlock;
  /** The input of a tool, as far as it is here, as text. */
  json: string;
}

export const openBlock = (block: ContentBlock): OpenBlock => ({ block, json: '' });

/** Writes on. What a block of that type cannot take is passed over: the vendor may add kinds of deltas. */
export function appendDelta(open: OpenBlock, delta: RawContentBlockDelta): void {
  const { block } = open;
  if (delta.type === 'input_json_delta') open.json += delta.partial_json;
  else if (delta.type === 'text_delta' && block.type === 'text') block.text += delta.text;
  else if (delta.type === 'citations_delta' && block.type === 'text') addCitation(block, delta.citation);
  else if (delta.type === 'thinking_delta' && block.type === 'thinking') block.thinking += delta.thinking;
  else if (delta.type === 'signature_delta' && block.type === 'thinking') block.signature = delta.signature;
}

function addCitation(block: { citations: TextCitation[] | null }, citation: TextCitation): void {
  block.citations = [...(block.citations ?? []), citation];
}

/** A tool's input: read as JSON, or the text as it is (`isWhole` false) where an answer was cut off within it. */
export function readInput({ block, json }: OpenBlock): { input: Json; isWhole: boolean } {
  if (json.trim() === '')
    return { input: ((block as { input?: unknown }).input ?? {}) as Json, isWhole: true };
  try {
    return { input: JSON.parse(json) as Json, isWhole: true };
  } catch {
    // The contract says that such a text stays a text.
    return { input: json, isWhole: false };
  }
}
