/** Shorter ones would blot out words of an honest sentence. */
const MIN_LENGTH = 4;

export const MASK = '•••';

/** Takes secrets out of a text that an adapter or a vendor wrote: a vendor's complaint may quote the key it was given. */
export function createMask(secrets: readonly unknown[]): (text: string) => string {
  const forms = secrets
    .filter((secret): secret is string => typeof secret === 'string' && secret.length >= MIN_LENGTH)
    .flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]);
  // A longer secret first: it may hold a shorter one.
  const ordered = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((masked, form) => masked.replaceAll(form, MASK), text);
}
