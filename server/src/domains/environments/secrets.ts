import type { EnvironmentSave } from 'strapi-plugin-skills-shared/contracts';
import type { Encryption } from '../../platform/encryption';
import type { SealedSecret } from './environment-record';
import { secretsTable } from './migrations';

/** Where a ciphertext may be read: in this skill's row of this name alone. */
function placeOf(skillId: string, name: string): readonly string[] {
  return [secretsTable, skillId, name];
}

/**
 * What is kept after a save: secrets that are left out stay, null takes them away. What is kept under a former key is encrypted anew.
 * Throws 400 `encryption-key-missing` when there is something to encrypt and no key.
 */
export function sealSecrets(
  skillId: string,
  before: readonly SealedSecret[],
  changes: EnvironmentSave['secrets'],
  { encryption, now }: { encryption: Encryption; now: number },
): SealedSecret[] {
  const sealed = new Map(before.map((secret) => [secret.name, renewed(skillId, secret, encryption)]));
  for (const { name, value } of changes) {
    if (value === null) sealed.delete(name);
    else
      sealed.set(name, {
        name,
        ciphertext: encryption.encrypt(value, placeOf(skillId, name)),
        updatedAt: now,
      });
  }
  return [...sealed.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** One whose key is gone stays as it is: the key may come back. */
function renewed(skillId: string, secret: SealedSecret, encryption: Encryption): SealedSecret {
  if (!encryption.isOutdated(secret.ciphertext)) return secret;
  const place = placeOf(skillId, secret.name);
  let text: string;
  try {
    text = encryption.decrypt(secret.ciphertext, place);
  } catch {
    return secret;
  }
  return { ...secret, ciphertext: encryption.encrypt(text, place) };
}

/** Bytes of a stored secret, told without reading it. */
export function bytesOf({ ciphertext }: SealedSecret): number {
  const [, , , sealed = ''] = ciphertext.split('.');
  return Math.floor((sealed.length * 3) / 4);
}

/** The values, by name. Throws 409 `secret-unreadable`. */
export function revealSecrets(
  skillId: string,
  secrets: readonly SealedSecret[],
  encryption: Encryption,
): Map<string, string> {
  return new Map(
    secrets.map(({ name, ciphertext }) => [name, encryption.decrypt(ciphertext, placeOf(skillId, name))]),
  );
}
