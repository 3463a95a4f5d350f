import type { SettingsIssue, SettingsResult, SettingsSchema } from 'strapi-plugin-skills-shared/provider';
import { InvalidError } from '../../../http/errors';
import type { SettingsForm } from '../providers-service';

type JsonSchema = Record<string, unknown>;

/** Reads what a settings' schema says of itself. Throws an `Error` whose message says what an adapter's author must mend. */
export function readSettingsForm(schema: SettingsSchema): SettingsForm {
  const jsonSchema = renderSchema(schema);
  const properties = objectOf(jsonSchema.properties);
  const marked = (mark: string) => fieldsMarked(properties, mark);
  const secretFields = marked('secret');
  for (const field of secretFields) refuseUnlessText(field, properties[field]);

  const inspect = async (settings: Record<string, unknown>): Promise<SettingsResult<unknown>> =>
    schema['~standard'].validate(settings);

  return {
    jsonSchema,
    secretFields,
    destinationFields: marked('destination'),
    inspect,
    async validate(settings, at) {
      const result = await inspect(settings);
      if (result.issues === undefined) return result.value;
      throw settingsInvalid(result.issues, at);
    },
  };
}

/** 400 `settings-invalid` with the first fault as message and `path`, and all in `issues`. */
export function settingsInvalid(issues: readonly SettingsIssue[], at: readonly string[]): InvalidError {
  const told = issues.map(({ message, path = [] }) => ({
    path: [...at, ...path.map(keyOf)],
    message: message.replace(/\.$/, ''),
  }));
  const [first] = told;
  const field = first?.path.slice(at.length).join('.');
  const sentence = field ? `${field}: ${first?.message}.` : `The settings are not valid: ${first?.message}.`;
  return new InvalidError(sentence, { code: 'settings-invalid', path: first?.path ?? [...at], issues: told });
}

function keyOf(segment: PropertyKey | { readonly key: PropertyKey }): string | number {
  const key = typeof segment === 'object' ? segment.key : segment;
  return typeof key === 'symbol' ? String(key) : key;
}

/** The schema of what people enter, as JSON: what cannot be said in it could not be drawn as a form. */
function renderSchema(schema: SettingsSchema): JsonSchema {
  const rendered: unknown = JSON.parse(
    JSON.stringify(schema['~standard'].jsonSchema.input({ target: 'draft-2020-12' })),
  );
  if (objectOf(rendered).type !== 'object') throw new Error('settingsSchema does not describe an object');
  return objectOf(rendered);
}

/** Fields with a mark. A mark deeper down would be overlooked where it matters, so it is refused. */
function fieldsMarked(properties: JsonSchema, mark: string): string[] {
  const fields = Object.keys(properties).filter((field) => isMarked(properties[field], mark));
  const hidden = Object.keys(properties).find(
    (field) => !fields.includes(field) && holdsMark(properties[field], mark),
  );
  if (hidden !== undefined)
    throw new Error(`settingsSchema marks something within '${hidden}' as ${mark}; only whole fields can be`);
  return fields;
}

/** Optional and nullable fields are rendered as choices, of which one has the mark. */
function isMarked(schema: unknown, mark: string): boolean {
  const { [mark]: value, anyOf, oneOf, allOf } = objectOf(schema);
  return value === true || [anyOf, oneOf, allOf].flatMap(listOf).some((choice) => isMarked(choice, mark));
}

function holdsMark(schema: unknown, mark: string): boolean {
  if (Array.isArray(schema)) return schema.some((item) => holdsMark(item, mark));
  if (typeof schema !== 'object' || schema === null) return false;
  return objectOf(schema)[mark] === true || Object.values(schema).some((inner) => holdsMark(inner, mark));
}

function refuseUnlessText(field: string, schema: unknown): void {
  const { type, anyOf, oneOf, allOf } = objectOf(schema);
  const choices = [anyOf, oneOf, allOf].flatMap(listOf).map((choice) => objectOf(choice).type);
  const types = [type, ...choices].flat().filter((one) => one !== undefined && one !== 'null');
  if (types.length > 0 && types.every((one) => one === 'string')) return;
  throw new Error(`settingsSchema marks '${field}' as secret, which is not a text`);
}

function objectOf(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonSchema) : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
