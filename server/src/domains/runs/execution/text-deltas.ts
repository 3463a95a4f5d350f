import type { RunEventPayload } from 'strapi-plugin-skills-shared/contracts';

/** UTF-16 units in one stored delta, at most: readers hold hundreds of events in memory. */
export const MAX_DELTA_CHARACTERS = 16 * 1024;

type TextDelta = Extract<RunEventPayload, { type: 'text-delta' }>;

/** Joins a delta to the one before it, when both are of one stream and together are not too long. */
export function mergeText(before: RunEventPayload, next: TextDelta): TextDelta | undefined {
  if (before.type !== 'text-delta' || before.stream !== next.stream) return undefined;
  const text = before.text + next.text;
  return text.length > MAX_DELTA_CHARACTERS ? undefined : { ...before, text };
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** Cuts text into parts that fit a delta, never between the halves of one character. */
export function* splitText(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + MAX_DELTA_CHARACTERS, text.length);
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
    yield text.slice(start, end);
    start = end;
  }
}
