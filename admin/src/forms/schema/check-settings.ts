import type { NumberRules, SchemaField, TextRules } from './field-model';
import { isRecord } from './json-schema';
import { destinationChanged, secretStateAt, secretValueOf, type SecretsOf } from './secrets';
import { Unreadable, type FieldPath, type SettingsValue } from './settings-values';

/** What is wrong with a field, in words of the translations: `schema-form.problem.<name>`. */
export interface SettingsProblem {
  path: FieldPath;
  name:
    | 'array'
    | 'choice'
    | 'email'
    | 'integer'
    | 'json'
    | 'max-items'
    | 'max-length'
    | 'maximum'
    | 'min-items'
    | 'min-length'
    | 'minimum'
    | 'less-than'
    | 'more-than'
    | 'multiple'
    | 'number'
    | 'object'
    | 'pattern'
    | 'required'
    | 'secret-anew'
    | 'secret-variable'
    | 'url';
  values?: Record<string, string | number>;
}

interface Checking {
  secrets?: SecretsOf;
  /** Stored secrets must be entered anew, since they would be sent elsewhere. */
  anew: boolean;
}

type Fault = Omit<SettingsProblem, 'path'>;

/** All that a browser can find wrong with settings, in the order of their fields. The server has the last word. */
export function checkSettings(
  fields: readonly SchemaField[],
  value: SettingsValue,
  secrets?: SecretsOf,
): SettingsProblem[] {
  return checkFields(fields, value, [], { secrets, anew: destinationChanged(fields, value, secrets?.saved) });
}

function checkFields(
  fields: readonly SchemaField[],
  value: SettingsValue,
  at: FieldPath,
  checking: Checking,
): SettingsProblem[] {
  return fields.flatMap((field) => checkField(field, value[field.name], [...at, field.name], checking));
}

function checkField(
  field: SchemaField,
  value: unknown,
  path: FieldPath,
  checking: Checking,
): SettingsProblem[] {
  if (field.kind === 'secret') return placed(secretFault(field.required, value, path, checking), path);
  if (value === undefined || (value === null && !field.nullable)) {
    return field.required ? [{ path, name: 'required' }] : [];
  }
  if (value === null) return [];
  if (field.kind === 'group') return isRecord(value) ? checkFields(field.fields, value, path, checking) : [];
  const items = Array.isArray(value) ? (value as unknown[]) : [];
  if (field.kind === 'list') {
    const inner = items.flatMap((item, index) =>
      checkFields(field.item, isRecord(item) ? item : {}, [...path, index], checking),
    );
    return [...placed(faultOf(field, value), path), ...inner];
  }
  if (field.kind === 'words') {
    const inner = items.flatMap((word, index) => placed(textFault(word, field.each), [...path, index]));
    return [...placed(faultOf(field, value), path), ...inner];
  }
  return placed(faultOf(field, value), path);
}

const placed = (fault: Fault | undefined, path: FieldPath): SettingsProblem[] =>
  fault ? [{ ...fault, path }] : [];

function secretFault(
  required: boolean,
  value: unknown,
  path: FieldPath,
  { secrets, anew }: Checking,
): Fault | undefined {
  const entered = secretValueOf(value);
  if (entered === undefined) {
    const stored = secretStateAt(secrets, path).source !== 'none';
    if (stored) return anew ? { name: 'secret-anew' } : undefined;
    return required ? { name: 'required' } : undefined;
  }
  if (entered === null) return required ? { name: 'required' } : undefined;
  if (typeof entered === 'string') return entered === '' ? { name: 'required' } : undefined;
  return entered.env === '' ? { name: 'secret-variable' } : undefined;
}

function faultOf(field: SchemaField, value: unknown): Fault | undefined {
  switch (field.kind) {
    case 'text':
      return textFault(value, field.rules);
    case 'number':
      return numberFault(value, field.rules);
    case 'choice':
      return field.choices.some((choice) => choice.value === value) ? undefined : { name: 'choice' };
    case 'words':
    case 'choices':
    case 'list':
      return countFault(value, field.rules);
    case 'json':
      return jsonFault(value, field.shape);
    case 'secret':
    case 'switch':
    case 'yes-no':
    case 'fixed':
    case 'group':
      return undefined;
  }
}

/** As JSON Schema counts: by characters, not by UTF-16 units. */
const lengthOf = (text: string): number => [...text].length;

function textFault(value: unknown, { minLength, maxLength, format, pattern }: TextRules): Fault | undefined {
  const text = String(value);
  if (minLength !== undefined && lengthOf(text) < minLength)
    return { name: 'min-length', values: { count: minLength } };
  if (maxLength !== undefined && lengthOf(text) > maxLength)
    return { name: 'max-length', values: { count: maxLength } };
  if (format === 'uri' && !URL.canParse(text)) return { name: 'url' };
  if (format === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return { name: 'email' };
  if (pattern !== undefined && format === undefined && !fits(text, pattern)) return { name: 'pattern' };
  return undefined;
}

/** A pattern that this browser cannot read is left to the server. */
function fits(text: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
}

function numberFault(value: unknown, rules: NumberRules): Fault | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return { name: 'number' };
  const { integer, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = rules;
  if (integer && !Number.isInteger(value)) return { name: 'integer' };
  if (minimum !== undefined && value < minimum) return { name: 'minimum', values: { bound: minimum } };
  if (maximum !== undefined && value > maximum) return { name: 'maximum', values: { bound: maximum } };
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    return { name: 'more-than', values: { bound: exclusiveMinimum } };
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum)
    return { name: 'less-than', values: { bound: exclusiveMaximum } };
  if (multipleOf !== undefined && !isMultiple(value, multipleOf))
    return { name: 'multiple', values: { step: multipleOf } };
  return undefined;
}

/** 0.3 is a multiple of 0.1, whatever floating point makes of it. */
function isMultiple(value: number, step: number): boolean {
  const times = value / step;
  return Math.abs(times - Math.round(times)) < 1e-9;
}

function countFault(
  value: unknown,
  { minItems, maxItems }: { minItems?: number; maxItems?: number },
): Fault | undefined {
  const count = Array.isArray(value) ? value.length : 0;
  if (minItems !== undefined && count < minItems) return { name: 'min-items', values: { count: minItems } };
  if (maxItems !== undefined && count > maxItems) return { name: 'max-items', values: { count: maxItems } };
  return undefined;
}

function jsonFault(value: unknown, shape: 'object' | 'array' | undefined): Fault | undefined {
  if (value instanceof Unreadable) return { name: 'json' };
  if (shape === 'object' && !isRecord(value)) return { name: 'object' };
  if (shape === 'array' && !Array.isArray(value)) return { name: 'array' };
  return undefined;
}
