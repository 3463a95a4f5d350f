import { useMemo, useRef, useState } from 'react';
import { toFailure } from '../../http/api-failure';
import { useT } from '../../ui/use-t';
import { checkSettings } from './check-settings';
import { fieldsOf } from './field-model';
import type { JsonSchema } from './json-schema';
import type { SecretsOf } from './secrets';
import { fieldKey, type FieldErrors } from './field-errors';
import { sameSettings, valueAt, withDefaults, type FieldPath, type SettingsValue } from './settings-values';

interface SettingsFormOptions {
  schema: JsonSchema;
  value: SettingsValue;
  secrets?: SecretsOf;
  /** What the server refused last; shown at its field until the field is changed. */
  failure?: unknown;
  /** Where the settings stand in the request: what the server's path of a field begins with. `['settings']` unless told. */
  at?: FieldPath;
}

const settingsPath: FieldPath = ['settings'];

/**
 * What a form of settings has to say. `errors` are for `<SchemaForm>`: the browser's from the first attempt on, the server's at once.
 * Call `attempt()` before a request: it tells whether the browser finds nothing wrong, and shows what it finds.
 */
export function useSettingsForm({ schema, value, secrets, failure, at = settingsPath }: SettingsFormOptions) {
  const t = useT();
  const [attempted, setAttempted] = useState(false);
  const refused = useRef<{ failure: unknown; value: SettingsValue }>({ failure: undefined, value });
  if (refused.current.failure !== failure) refused.current = { failure, value };

  const problems = useMemo(() => checkSettings(fieldsOf(schema), value, secrets), [schema, value, secrets]);
  const errors: FieldErrors = {};
  const refusal = failure ? refusedField(failure, at) : undefined;
  if (refusal && sameSettings(valueAt(value, refusal.path), valueAt(refused.current.value, refusal.path))) {
    errors[fieldKey(refusal.path)] = refusal.message;
  }
  if (attempted) {
    for (const { path, name, values } of problems) {
      errors[fieldKey(path)] = t(`schema-form.problem.${name}`, values);
    }
  }
  return {
    errors,
    isValid: problems.length === 0,
    attempt(): boolean {
      setAttempted(true);
      return problems.length === 0;
    },
    /** Forgets the attempt: for another schema, or after saving. */
    reset: () => setAttempted(false),
  };
}

/** The field that a failure is about; undefined when it is not about the settings. */
function refusedField(failure: unknown, at: FieldPath): { path: FieldPath; message: string } | undefined {
  const { message, details } = toFailure(failure);
  const path = details?.path;
  if (!path || !at.every((key, index) => path[index] === key)) return undefined;
  const field = path.slice(at.length);
  // The sentence names the field, for whoever has no form; at the field itself that is one name too many.
  const naming = `${fieldKey(field)}: `;
  return { path: field, message: message.startsWith(naming) ? message.slice(naming.length) : message };
}

/** The settings that a form of this schema begins with: those given, and the schema's defaults. */
export function initialSettings(schema: JsonSchema, given?: SettingsValue): SettingsValue {
  return withDefaults(fieldsOf(schema), given);
}
