import type { Settings } from './settings';

const longest = 300;

/**
 * What the vendor says to people about a request that it refuses, fit to be shown: on one line, at most 300 characters, without
 * anything that is or looks like a credential. Empty for nothing.
 */
export function vendorSentence(
  text: string | null | undefined,
  { apiKey }: Pick<Settings, 'apiKey'>,
): string {
  if (!text) return '';
  const line = text.replace(/\s+/g, ' ').trim();
  const masked = (apiKey.length >= 4 ? line.split(apiKey).join('***') : line)
    .replace(/\bsk-[\w*.-]{4,}/gi, '***')
    .replace(/\bBearer\s+\S+/gi, 'Bearer ***')
    .replace(/\S*\*{4,}\S*/g, '***');
  return masked.length > longest ? `${masked.slice(0, longest - 1)}…` : masked;
}
