import { isDeepStrictEqual } from 'node:util';
import type { SettingsIssue } from 'strapi-plugin-skills-shared/provider';
import { settingsInvalid, type SettingsForm } from '../../providers';
import { secretRequired, variableForbidden } from '../refusals';
import type { AllowedEnvironment } from './allowed-environment';
import type { SecretReader, StoredSecret, StoredSettings } from './stored-settings';

/** What was there before the settings were entered. */
export interface Before {
  connectionId: string;
  settings: StoredSettings;
}

/** A secret that was entered just now, or one that stays. */
export type EnteredSecret = { text: string } | { env: string } | { kept: StoredSecret };

export interface EnteredSettings {
  values: Record<string, unknown>;
  secrets: Record<string, EnteredSecret>;
}

interface EnterRequest {
  form: SettingsForm;
  entered: Record<string, unknown>;
  before: Before | undefined;
  environment: AllowedEnvironment;
}

/**
 * Takes a form's settings apart. A secret that was left out is kept, null and an empty text clear it. Throws 400
 * `secret-variable-forbidden`, `secret-required` when a destination changes and a secret is kept, `settings-invalid` for a secret
 * that is neither text nor variable. Fields that the provider's schema does not know are left behind.
 */
export function enterSettings({ form, entered, before, environment }: EnterRequest): EnteredSettings {
  const secretFields = new Set(form.secretFields);
  const values = Object.fromEntries(
    Object.entries(entered).filter(([field]) => !secretFields.has(field) && isKnown(form, field)),
  );
  const kept = before ? storedSecrets(before.settings, secretFields) : {};
  const secrets: Record<string, EnteredSecret> = {};
  const moved = before !== undefined && destinationChanged(form, before.settings.values, values);
  for (const field of new Set([...secretFields, ...Object.keys(kept)])) {
    const path = ['settings', field];
    const value = Object.hasOwn(entered, field) ? entered[field] : undefined;
    if (value === undefined) {
      const stays = Object.hasOwn(kept, field) ? kept[field] : undefined;
      if (stays === undefined) continue;
      if (moved) throw secretRequired(labelOf(form, field), path);
      if (secretFields.has(field)) secrets[field] = stays;
    } else if (value !== null && value !== '') {
      secrets[field] = readSecret(value, path, environment);
    }
  }
  return { values, secrets };
}

function readSecret(value: unknown, path: string[], environment: AllowedEnvironment): EnteredSecret {
  if (typeof value === 'string') return { text: value };
  const variable: unknown =
    typeof value === 'object' && value !== null && 'env' in value ? value.env : undefined;
  if (typeof variable !== 'string') {
    const message = 'A secret is a text, or { "env": "NAME" } for an environment variable';
    throw settingsInvalid([{ message, path: path.slice(1) }], ['settings']);
  }
  if (!environment.allows(variable)) throw variableForbidden(variable, path);
  return { env: variable };
}

/** What is stored as secret, and what was stored openly before the adapter's author called it a secret. */
function storedSecrets(
  { values, secrets }: StoredSettings,
  secretFields: ReadonlySet<string>,
): Record<string, EnteredSecret> {
  const open = Object.entries(values).filter(
    ([field, value]) => secretFields.has(field) && typeof value === 'string',
  );
  return {
    ...Object.fromEntries(open.map(([field, value]) => [field, { text: String(value) }])),
    ...Object.fromEntries(Object.entries(secrets).map(([field, kept]) => [field, { kept }])),
  };
}

function destinationChanged(
  form: SettingsForm,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): boolean {
  return form.destinationFields.some((field) => {
    const { default: preset } = propertyOf(form, field);
    return !isDeepStrictEqual(before[field] ?? preset, after[field] ?? preset);
  });
}

/** An entered setting whose secret cannot be read now is checked without it: a variable may be set later. */
export async function checkEntered(
  form: SettingsForm,
  { values, secrets }: EnteredSettings,
  connectionId: string,
  reader: SecretReader,
): Promise<{ settings: unknown; unreadable: unknown }> {
  const complete = { ...values };
  const unread = new Set<string>();
  let unreadable: unknown;
  for (const [field, secret] of Object.entries(secrets)) {
    try {
      complete[field] =
        'text' in secret
          ? secret.text
          : reader.read(connectionId, field, 'kept' in secret ? secret.kept : secret);
    } catch (error) {
      unreadable = error;
      unread.add(field);
      complete[field] = 'unreadable';
    }
  }
  const result = await form.inspect(complete);
  if (result.issues === undefined) return { settings: result.value, unreadable };
  const issues = result.issues.filter((issue) => !unread.has(firstKey(issue)));
  if (issues.length > 0) throw settingsInvalid(issues, ['settings']);
  return { settings: undefined, unreadable };
}

function firstKey({ path: [first] = [] }: SettingsIssue): string {
  return String(typeof first === 'object' ? first.key : first);
}

function isKnown({ jsonSchema }: SettingsForm, field: string): boolean {
  const { properties, additionalProperties } = jsonSchema;
  if (Object.hasOwn((properties ?? {}) as object, field)) return true;
  return (
    additionalProperties === true ||
    (typeof additionalProperties === 'object' && additionalProperties !== null)
  );
}

function labelOf(form: SettingsForm, field: string): string {
  const { title } = propertyOf(form, field);
  return typeof title === 'string' ? title : field;
}

function propertyOf({ jsonSchema }: SettingsForm, field: string): Record<string, unknown> {
  return ((jsonSchema.properties ?? {}) as Record<string, Record<string, unknown>>)[field] ?? {};
}
