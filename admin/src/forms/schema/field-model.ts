import { isRecord, unionMembers, unwrap, type JsonSchema } from './json-schema';

export interface Choice {
  value: string | number | boolean;
  label: string;
}

interface CommonField {
  name: string;
  label: string;
  hint?: string;
  placeholder?: string;
  /** Must be there: the schema's object demands it, and it has no default. */
  required: boolean;
  nullable: boolean;
  default?: unknown;
  /** Says where secrets are sent. */
  destination: boolean;
}

export interface TextRules {
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
}

export interface NumberRules {
  integer: boolean;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
}

interface CountRules {
  minItems?: number;
  maxItems?: number;
}

export type TextField = CommonField & { kind: 'text'; multiline: boolean; rules: TextRules };
export type SecretField = CommonField & { kind: 'secret'; multiline: boolean; rules: TextRules };
export type NumberField = CommonField & { kind: 'number'; rules: NumberRules };
export type SwitchField = CommonField & { kind: 'switch' };
/** Yes, no, or left to the provider: a switch could not tell the last two apart. */
export type YesNoField = CommonField & { kind: 'yes-no' };
export type ChoiceField = CommonField & { kind: 'choice'; choices: Choice[] };
export type FixedField = CommonField & { kind: 'fixed'; value: unknown };
export type WordsField = CommonField & { kind: 'words'; rules: CountRules; each: TextRules };
export type ChoicesField = CommonField & { kind: 'choices'; rules: CountRules; choices: Choice[] };
export type ListField = CommonField & { kind: 'list'; rules: CountRules; item: SchemaField[] };
export type GroupField = CommonField & { kind: 'group'; fields: SchemaField[] };
/** What no other field can ask for: JSON as text. `shape` is what it must be, where the schema says. */
export type JsonField = CommonField & { kind: 'json'; shape?: 'object' | 'array' };

/** How a property of a schema is asked for. */
export type SchemaField =
  | TextField
  | SecretField
  | NumberField
  | SwitchField
  | YesNoField
  | ChoiceField
  | FixedField
  | WordsField
  | ChoicesField
  | ListField
  | GroupField
  | JsonField;

/** Deeper than this, a schema is most likely recursive: its rest is asked for as JSON. */
const maxDepth = 6;

/** The fields that ask for an object of this schema, in its order. */
export function fieldsOf(root: JsonSchema): SchemaField[] {
  return propertiesOf(unwrap(root, root).schema, root, 0);
}

function propertiesOf(schema: JsonSchema, root: JsonSchema, depth: number): SchemaField[] {
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(properties).flatMap(([name, property]) =>
    isRecord(property) ? [fieldOf(name, property, required.includes(name), root, depth)] : [],
  );
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** A label from a name that nobody titled: `maxTokens`, `max_tokens` → `Max tokens`. */
export function labelFrom(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words === '' ? name : words[0]!.toUpperCase() + words.slice(1);
}

function fieldOf(
  name: string,
  property: JsonSchema,
  demanded: boolean,
  root: JsonSchema,
  depth: number,
): SchemaField {
  const { schema, nullable } = unwrap(property, root);
  const common: CommonField = {
    name,
    label: textOf(schema.title) ?? labelFrom(name),
    required: demanded && schema.default === undefined && !nullable,
    nullable,
    destination: schema.destination === true,
    ...(textOf(schema.description) ? { hint: textOf(schema.description) } : {}),
    ...(textOf(schema.placeholder) ? { placeholder: textOf(schema.placeholder) } : {}),
    ...(schema.default === undefined ? {} : { default: schema.default }),
  };
  return (
    choiceOf(schema, root, common) ??
    scalarOf(schema, common) ??
    nestedOf(schema, root, common, depth) ?? { ...common, kind: 'json', ...shapeOf(schema) }
  );
}

function choiceOf(schema: JsonSchema, root: JsonSchema, common: CommonField): SchemaField | undefined {
  if ('const' in schema) return { ...common, kind: 'fixed', value: schema.const, required: false };
  const choices = choicesOf(schema, root);
  return choices && { ...common, kind: 'choice', choices };
}

const isChoiceValue = (value: unknown): value is Choice['value'] =>
  ['string', 'number', 'boolean'].includes(typeof value);

/** The values of an `enum`, or of a union of constants; undefined for what is neither. */
function choicesOf(schema: JsonSchema, root: JsonSchema): Choice[] | undefined {
  const names: unknown[] = Array.isArray(schema.enumNames) ? schema.enumNames : [];
  const named = (value: Choice['value'], index: number, title?: unknown): Choice => ({
    value,
    label: textOf(names[index]) ?? textOf(title) ?? String(value),
  });
  if (Array.isArray(schema.enum)) {
    const values = schema.enum.filter(isChoiceValue);
    return values.length > 0 ? values.map((value, index) => named(value, index)) : undefined;
  }
  const members = unionMembers(schema, root);
  if (!members?.every((member) => isChoiceValue(member.const))) return undefined;
  return members.map((member, index) => named(member.const as Choice['value'], index, member.title));
}

function textRules(schema: JsonSchema): TextRules {
  const rules: TextRules = {
    minLength: numberOf(schema.minLength),
    maxLength: numberOf(schema.maxLength),
    pattern: textOf(schema.pattern),
    format: textOf(schema.format),
  };
  return Object.fromEntries(Object.entries(rules).filter(([, rule]) => rule !== undefined));
}

/** zod bounds every integer by what JavaScript can hold, which is not worth telling. */
const worthTelling = (bound: number | undefined): number | undefined =>
  bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? undefined : bound;

function numberRules(schema: JsonSchema): NumberRules {
  const bounds = {
    minimum: worthTelling(numberOf(schema.minimum)),
    maximum: worthTelling(numberOf(schema.maximum)),
    exclusiveMinimum: worthTelling(numberOf(schema.exclusiveMinimum)),
    exclusiveMaximum: worthTelling(numberOf(schema.exclusiveMaximum)),
    multipleOf: numberOf(schema.multipleOf),
  };
  const told = Object.fromEntries(Object.entries(bounds).filter(([, bound]) => bound !== undefined));
  return { integer: schema.type === 'integer', ...told };
}

function scalarOf(schema: JsonSchema, common: CommonField): SchemaField | undefined {
  switch (schema.type) {
    case 'string':
      return {
        ...common,
        kind: schema.secret === true ? 'secret' : 'text',
        multiline: schema.multiline === true,
        rules: textRules(schema),
      };
    case 'number':
    case 'integer':
      return { ...common, kind: 'number', rules: numberRules(schema) };
    case 'boolean':
      return {
        ...common,
        kind: common.required || typeof common.default === 'boolean' ? 'switch' : 'yes-no',
      };
    default:
      return undefined;
  }
}

function nestedOf(
  schema: JsonSchema,
  root: JsonSchema,
  common: CommonField,
  depth: number,
): SchemaField | undefined {
  if (depth >= maxDepth) return undefined;
  if (schema.type === 'object' && isRecord(schema.properties)) {
    return { ...common, kind: 'group', fields: propertiesOf(schema, root, depth + 1) };
  }
  if (schema.type !== 'array' || !isRecord(schema.items)) return undefined;
  const { schema: item } = unwrap(schema.items, root);
  const rules = { minItems: numberOf(schema.minItems), maxItems: numberOf(schema.maxItems) };
  const choices = choicesOf(item, root);
  if (choices) return { ...common, kind: 'choices', rules, choices };
  if (item.type === 'string' && item.secret !== true) {
    return { ...common, kind: 'words', rules, each: textRules(item) };
  }
  if (item.type === 'object' && isRecord(item.properties)) {
    return { ...common, kind: 'list', rules, item: propertiesOf(item, root, depth + 1) };
  }
  return undefined;
}

function shapeOf(schema: JsonSchema): { shape?: JsonField['shape'] } {
  return schema.type === 'object' || schema.type === 'array' ? { shape: schema.type } : {};
}
