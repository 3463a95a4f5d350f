import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { ConflictError, InvalidError } from '../../http/errors';

export interface EncryptionKeys {
  /** What is encrypted from now on; undefined when the server has none. */
  current: string | undefined;
  /** What was used before, and is read only. */
  previous: readonly string[];
}

/**
 * Encrypts short secrets for the database: AES-256-GCM, under a key that the ciphertext names. `place` says where the ciphertext
 * belongs (table, row, field); it can be read there alone, so that nobody moves one to where it would be sent elsewhere.
 */
export interface Encryption {
  /** Throws 400 `encryption-key-missing`, saying what to set, when the server has no key. */
  encrypt(secret: string, place: readonly string[]): string;
  /** Throws 409 `secret-unreadable` when the key is gone, or the ciphertext was changed or moved. */
  decrypt(ciphertext: string, place: readonly string[]): string;
  /** Whether a ciphertext is under a former key: it should be encrypted anew when it is written next. */
  isOutdated(ciphertext: string): boolean;
}

const FORMAT = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

interface Key {
  id: string;
  bytes: Buffer;
}

export function createEncryption({ current, previous }: EncryptionKeys): Encryption {
  const writing = current === undefined ? undefined : keyOf(current);
  const keys = new Map(
    [...previous.map(keyOf), ...(writing ? [writing] : [])].map((key) => [key.id, key.bytes]),
  );

  return {
    encrypt(secret, place) {
      if (!writing) throw keyMissing();
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', writing.bytes, iv);
      cipher.setAAD(placeBytes(place));
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return [FORMAT, writing.id, iv.toString('base64url'), sealed.toString('base64url')].join('.');
    },

    decrypt(ciphertext, place) {
      const [format, id = '', iv = '', sealed = '', ...rest] = ciphertext.split('.');
      const bytes = keys.get(id);
      if (format !== FORMAT || rest.length > 0 || !bytes) throw unreadable();
      const sealedBytes = Buffer.from(sealed, 'base64url');
      const ivBytes = Buffer.from(iv, 'base64url');
      if (ivBytes.length !== IV_BYTES || sealedBytes.length < TAG_BYTES) throw unreadable();
      const decipher = createDecipheriv('aes-256-gcm', bytes, ivBytes, { authTagLength: TAG_BYTES });
      decipher.setAAD(placeBytes(place));
      decipher.setAuthTag(sealedBytes.subarray(-TAG_BYTES));
      try {
        return (
          decipher.update(sealedBytes.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
        );
      } catch {
        // Node tells only that the tag does not fit; which of key, bytes and place is wrong cannot be known.
        throw unreadable();
      }
    },

    isOutdated: (ciphertext) => writing !== undefined && ciphertext.split('.')[1] !== writing.id,
  };
}

/** Two keys come from what the operator set: one that encrypts, and one that names it and tells nothing of it. */
function keyOf(material: string): Key {
  const derive = (purpose: string, length: number) =>
    Buffer.from(hkdfSync('sha256', material, '', `strapi-plugin-skills ${FORMAT} ${purpose}`, length));
  return { id: derive('key id', 8).toString('hex'), bytes: derive('encryption', 32) };
}

/** JSON, because joined parts could be cut elsewhere. */
function placeBytes(place: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(place), 'utf8');
}

function keyMissing(): InvalidError {
  return new InvalidError(
    'A secret cannot be stored without an encryption key: set admin.secrets.encryptionKey in config/admin (usually from the ' +
      'environment variable ENCRYPTION_KEY), or encryption.key in the configuration of the skills plugin.',
    { code: 'encryption-key-missing' },
  );
}

function unreadable(): ConflictError {
  return new ConflictError(
    'A stored secret cannot be read: the encryption key has changed, or the stored text has. Enter the secret again, or list ' +
      'the former key under encryption.previousKeys in the configuration of the skills plugin.',
    { code: 'secret-unreadable' },
  );
}
