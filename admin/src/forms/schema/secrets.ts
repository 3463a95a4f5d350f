import type { SecretState } from 'strapi-plugin-skills-shared/contracts';
import type { SchemaField } from './field-model';
import { isRecord } from './json-schema';
import { sameSettings, type FieldPath, type SettingsValue } from './settings-values';

/** An environment variable that a secret may be taken from, and whether the server has it now. */
export interface EnvironmentVariable {
  name: string;
  present: boolean;
}

/** What a form of settings knows of the secrets in them; none of their values. */
export interface SecretsOf {
  /** By field. A field that is missing here has no secret yet. */
  states: Readonly<Record<string, SecretState>>;
  variables: readonly EnvironmentVariable[];
  /** The settings as they are stored, to notice that secrets would be sent elsewhere; absent where nothing is stored. */
  saved?: SettingsValue;
}

/**
 * What stands in a field of a secret: undefined keeps what is stored, null clears it, a text is the secret itself, and an object names
 * an environment variable that it is taken from (`''` while none is chosen).
 */
export type SecretValue = undefined | null | string | { env: string };

export function secretValueOf(value: unknown): SecretValue {
  if (value === null || typeof value === 'string') return value;
  return isRecord(value) && typeof value.env === 'string' ? { env: value.env } : undefined;
}

/** How secrets are named in answers: a field within a group by its path, with dots. */
export const secretName = (path: FieldPath): string => path.join('.');

export function secretStateAt(secrets: SecretsOf | undefined, path: FieldPath): SecretState {
  return secrets?.states[secretName(path)] ?? { source: 'none' };
}

/** Whether a field that says where secrets are sent differs from what is stored: then every secret must be entered anew. */
export function destinationChanged(
  fields: readonly SchemaField[],
  value: SettingsValue,
  saved: SettingsValue | undefined,
): boolean {
  if (!saved) return false;
  return fields.some((field) => {
    const [now, before] = [value[field.name], saved[field.name]];
    if (field.destination) return !sameSettings(now ?? field.default, before ?? field.default);
    if (field.kind !== 'group') return false;
    return destinationChanged(field.fields, isRecord(now) ? now : {}, isRecord(before) ? before : {});
  });
}
