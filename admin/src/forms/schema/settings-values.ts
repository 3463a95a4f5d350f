import type { GroupField, SchemaField } from './field-model';
import { isRecord } from './json-schema';

export type SettingsValue = Record<string, unknown>;

/** Leads from the settings' root to a value in them. */
export type FieldPath = readonly (string | number)[];

/** A text in a field of JSON that is not JSON yet. It never leaves the form: `checkSettings` refuses it. */
export class Unreadable {
  constructor(readonly text: string) {}
}

/** The settings to begin with: what is given, and the defaults of what is not. */
export function withDefaults(fields: readonly SchemaField[], given: SettingsValue = {}): SettingsValue {
  const value: SettingsValue = { ...given };
  for (const field of fields) {
    const filled = filledIn(field, given[field.name]);
    if (filled !== undefined) value[field.name] = filled;
  }
  return value;
}

function filledIn(field: SchemaField, given: unknown): unknown {
  const value = given === undefined ? field.default : given;
  switch (field.kind) {
    case 'fixed':
      return field.value;
    case 'switch':
      return value ?? (field.required ? false : undefined);
    case 'group':
      if (isRecord(value)) return withDefaults(field.fields, value);
      return isAlwaysThere(field) ? withDefaults(field.fields) : value;
    case 'list':
      return Array.isArray(value)
        ? value.map((item: unknown) => (isRecord(item) ? withDefaults(field.item, item) : item))
        : emptyIfRequired(field, value);
    case 'choices':
    case 'words':
      return emptyIfRequired(field, value);
    case 'choice':
    case 'json':
    case 'number':
    case 'secret':
    case 'text':
    case 'yes-no':
      return value;
  }
}

/** A list that must be there is there without anybody touching it: it may be empty, unless the schema says otherwise. */
function emptyIfRequired(field: SchemaField, value: unknown): unknown {
  return value === undefined && field.required ? [] : value;
}

/** Whether a group stands in every settings, so that nobody is asked whether it shall. */
export function isAlwaysThere(field: GroupField): boolean {
  return field.required || field.default !== undefined;
}

/**
 * Whether a group is asked for without a switch before it. One that may be left out, and in which everything may be, is left out when
 * nothing stands in it.
 */
export function isOpenGroup(field: GroupField): boolean {
  return isAlwaysThere(field) || field.fields.every((inner) => !inner.required);
}

/** A group's value after an edit: constants are filled in, and one in which nothing is left that may be left out is gone. */
export function settledGroup(field: GroupField, value: SettingsValue): SettingsValue | undefined {
  const said = field.fields.some(({ kind, name }) => kind !== 'fixed' && value[name] !== undefined);
  if (!said && isOpenGroup(field) && !isAlwaysThere(field)) return undefined;
  const constants = field.fields.flatMap((inner) =>
    inner.kind === 'fixed' ? [[inner.name, inner.value] as const] : [],
  );
  return { ...value, ...Object.fromEntries(constants) };
}

/** The settings with one of them changed; undefined takes it out. */
export function changed(value: SettingsValue, name: string, to: unknown): SettingsValue {
  if (to !== undefined) return { ...value, [name]: to };
  const { [name]: _taken, ...rest } = value;
  return rest;
}

export function valueAt(value: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>(
    (place, key) =>
      isRecord(place) ? place[key] : Array.isArray(place) ? (place as unknown[])[Number(key)] : undefined,
    value,
  );
}

/** Whether two settings say the same, whatever the order of their keys. */
export function sameSettings(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  if (value instanceof Unreadable) return `unreadable:${value.text}`;
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'undefined';
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(',')}}`;
}
