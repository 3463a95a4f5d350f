import type { SettingsSchema } from '../provider';
import { demand, show } from './assertions';

type JsonSchema = Record<string, unknown>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema's fields, once it is one that draws a form. */
export function fieldsOf(schema: SettingsSchema, what: string): Record<string, JsonSchema> {
  demand(isObject(schema) && '~standard' in schema, `${what} must be a Standard Schema.`);
  const standard = schema['~standard'];
  demand(standard.version === 1, `${what} must speak version 1 of Standard Schema.`);
  demand(
    typeof standard.jsonSchema?.input === 'function',
    `${what} must render to JSON Schema: "~standard.jsonSchema.input" is missing.`,
  );
  const json: unknown = JSON.parse(JSON.stringify(standard.jsonSchema.input({ target: 'draft-2020-12' })));
  demand(isObject(json) && json.type === 'object', `${what} must describe an object: ${show(json)}.`);
  const properties = json.properties ?? {};
  demand(isObject(properties), `${what} must name its fields in "properties".`);
  return properties as Record<string, JsonSchema>;
}

/** Each field of a form needs a label, and only texts can be kept secret. */
export function checkFields(fields: Record<string, JsonSchema>, what: string): void {
  for (const [name, field] of Object.entries(fields)) {
    const label = `The field "${name}" of ${what}`;
    demand(typeof field.title === 'string' && field.title !== '', `${label} must have a "title".`);
    if (field.secret !== undefined) {
      demand(field.secret === true, `${label} must be "secret: true", or leave it out.`);
      demand(field.type === 'string', `${label} is secret, so it must be a string.`);
    }
    if (field.enumNames !== undefined)
      demand(
        Array.isArray(field.enumNames) &&
          Array.isArray(field.enum) &&
          field.enumNames.length === field.enum.length,
        `${label} must have a name for each value of its enum.`,
      );
    if (isObject(field.properties))
      checkFields(field.properties as Record<string, JsonSchema>, `${what}.${name}`);
  }
}

/** The issues that a schema finds in a value. It answers them; it never throws. */
export async function issuesOf(schema: SettingsSchema, value: unknown, what: string) {
  try {
    const result = await schema['~standard'].validate(value);
    return result.issues ?? [];
  } catch (error) {
    throw new Error(`${what} must answer issues, and threw ${show(error)}.`);
  }
}
