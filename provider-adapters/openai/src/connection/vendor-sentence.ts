import type { Settings } from './settings';

const longest = 300;

/**
 * What the vendor says to people about a request that it refuses, fit to be shown: on one line, at most 300 characters, without
 * anything that is or looks like a credential. Empty for nothing.
 */
export function vendorSentence(text: string | null | undefined, settings: Settings): string {
  if (!text) return '';
  const line = mask(text.replace(/\s+/g, ' ').trim(), settings);
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

function mask(text: string, { apiKey }: Settings): string {
  const withoutKey = apiKey && apiKey.length >= 4 ? text.split(apiKey).join('***') : text;
  // Vendors quote keys with their middle starred out: the ends are still a part of the key.
  return withoutKey
    .replace(/\b(sk|rk|pk|sess|key)[-_][\w*.-]{4,}/gi, '***')
    .replace(/\bBearer\s+\S+/gi, 'Bearer ***')
    .replace(/\S*\*{4,}\S*/g, '***');
}
