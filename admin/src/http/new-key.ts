/**
 * A key that nobody else has: 128 random bits as hex. `crypto.randomUUID` is there in secure contexts only, and the panel is also opened
 * over plain http, by a name or an address in the office's network.
 */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
