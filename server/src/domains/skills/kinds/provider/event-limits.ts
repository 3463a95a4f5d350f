import type { RunCitation } from 'strapi-plugin-skills-shared/contracts';
import type { Citation } from 'strapi-plugin-skills-shared/provider';

/** UTF-16 units of a payload as JSON; a larger one is stored as its beginning. */
export const MAX_PAYLOAD_CHARACTERS = 64 * 1024;
const MAX_QUOTE = 2_000;
const MAX_TITLE = 500;
const MAX_URL = 2_000;

/** What is stored of a payload: `cut` is true when it is only its beginning, as `{ truncated, characters, start }`. */
export function capped(payload: unknown): { value: unknown; cut: boolean } {
  const text = JSON.stringify(payload) ?? 'null';
  if (text.length <= MAX_PAYLOAD_CHARACTERS) return { value: payload ?? null, cut: false };
  const start = text.slice(0, MAX_PAYLOAD_CHARACTERS);
  return { value: { truncated: true, characters: text.length, start }, cut: true };
}

/** Names of tools and events, and ids of calls: short text that vendors choose. */
export function shortText(text: string): string {
  return text.slice(0, 200);
}

/** A web address that a reader may follow: not one that would run something. */
function safeUrl(url: unknown): string | undefined {
  if (typeof url !== 'string' || url.length > MAX_URL || !URL.canParse(url)) return undefined;
  return /^https?:$/.test(new URL(url).protocol) ? url : undefined;
}

/** A citation as it is stored; undefined when nothing of it can be. */
export function safeCitation({ url, title, quote }: Citation): RunCitation | undefined {
  const safe: RunCitation = {
    url: safeUrl(url),
    title: typeof title === 'string' ? title.slice(0, MAX_TITLE) : undefined,
    quote: typeof quote === 'string' ? quote.slice(0, MAX_QUOTE) : undefined,
  };
  const told = Object.entries(safe).filter(([, value]) => value !== undefined && value !== '');
  return told.length === 0 ? undefined : Object.fromEntries(told);
}
