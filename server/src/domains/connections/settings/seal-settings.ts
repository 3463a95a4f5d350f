import type { Encryption } from '../../../platform/encryption';
import type { EnteredSettings } from './enter-settings';
import { placeOf, type SecretReader, type StoredSecret, type StoredSettings } from './stored-settings';

interface Sealing {
  encryption: Encryption;
  reader: SecretReader;
}

/**
 * Encrypts what was entered, and anew what is kept under a former key. Throws 400 `encryption-key-missing` when there is something
 * to encrypt and no key.
 */
export function sealSettings(
  connectionId: string,
  { values, secrets }: EnteredSettings,
  { encryption, reader }: Sealing,
): StoredSettings {
  const sealed = Object.entries(secrets).map(([field, secret]): [string, StoredSecret] => {
    const place = placeOf(connectionId, field);
    if ('text' in secret) return [field, { stored: encryption.encrypt(secret.text, place) }];
    if ('env' in secret) return [field, secret];
    const { kept } = secret;
    if (!('stored' in kept) || !encryption.isOutdated(kept.stored)) return [field, kept];
    return [field, renewed(connectionId, field, kept, { encryption, reader })];
  });
  return { values, secrets: Object.fromEntries(sealed) };
}

/** One whose key is gone stays as it is: the key may come back. */
function renewed(
  connectionId: string,
  field: string,
  kept: StoredSecret,
  { encryption, reader }: Sealing,
): StoredSecret {
  let text: string;
  try {
    text = reader.read(connectionId, field, kept);
  } catch {
    return kept;
  }
  return { stored: encryption.encrypt(text, placeOf(connectionId, field)) };
}
