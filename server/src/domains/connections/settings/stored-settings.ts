import type { Encryption } from '../../../platform/encryption';
import { connectionsTable } from '../content-type';
import { variableGone } from '../refusals';
import type { AllowedEnvironment } from './allowed-environment';

/** A secret as it is kept: encrypted, or as the name of the environment variable that has it. */
export type StoredSecret = { stored: string } | { env: string };

/** A connection's settings as its row has them. Which of them are secret is told by where they stand, since an adapter may be gone. */
export interface StoredSettings {
  values: Record<string, unknown>;
  secrets: Record<string, StoredSecret>;
}

/** Where the ciphertext of a field may be read: in this row and field alone. */
export function placeOf(connectionId: string, field: string): readonly string[] {
  return [connectionsTable, connectionId, 'settings', field];
}

export interface SecretReader {
  /** Rejects with 409 `secret-unreadable`. */
  read(connectionId: string, field: string, secret: StoredSecret): string;
}

export function createSecretReader(encryption: Encryption, environment: AllowedEnvironment): SecretReader {
  return {
    read(connectionId, field, secret) {
      if ('stored' in secret) return encryption.decrypt(secret.stored, placeOf(connectionId, field));
      const value = environment.read(secret.env);
      if (value === undefined) throw variableGone(secret.env);
      return value;
    },
  };
}

/** The settings with all their secrets, as the provider's schema wants them. 409 `secret-unreadable`. */
export function revealed(
  connectionId: string,
  { values, secrets }: StoredSettings,
  reader: SecretReader,
): Record<string, unknown> {
  const read = Object.entries(secrets).map(([field, secret]) => [
    field,
    reader.read(connectionId, field, secret),
  ]);
  return { ...values, ...Object.fromEntries(read) };
}
