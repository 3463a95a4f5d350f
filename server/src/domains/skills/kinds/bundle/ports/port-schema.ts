import type { Port } from 'strapi-plugin-skills-shared/contracts';
import { valuePorts } from './check-values';

export type JsonSchema = Record<string, unknown>;

const schemaTypes: Record<Port['type'], JsonSchema> = {
  string: { type: 'string' },
  text: { type: 'string' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  object: { type: 'object' },
  array: { type: 'array' },
  json: {},
  file: {},
};

/**
 * The JSON Schema of a bundle's input JSON, for run forms and for agents. Files are not in it: they travel beside the JSON. Without
 * declarations it admits every value.
 */
export function inputSchema(ports: readonly Port[] = []): JsonSchema {
  const named = valuePorts(ports);
  const whole = ports.find((port) => port.type !== 'file' && port.name === undefined);
  if (named.length === 0) return whole ? portSchema(whole) : ports.length === 0 ? {} : closed({}, []);
  const properties = Object.fromEntries(named.map((port) => [port.name, portSchema(port)]));
  const required = named.filter((port) => port.required === true && port.default === undefined);
  return closed(
    properties,
    required.map((port) => port.name),
  );
}

function closed(properties: Record<string, JsonSchema>, required: string[]): JsonSchema {
  return {
    type: 'object',
    properties,
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

function portSchema(port: Port): JsonSchema {
  return {
    ...schemaTypes[port.type],
    ...(port.description !== undefined && { description: port.description }),
    ...(port.default !== undefined && { default: port.default }),
    ...(port.enum && { enum: port.enum }),
  };
}

/** The input with the declared defaults for what it leaves out. */
export function withDefaults(ports: readonly Port[] = [], input: unknown): unknown {
  const defaults = valuePorts(ports).filter((port) => port.default !== undefined);
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
  if (defaults.length === 0 || (!isObject && input !== undefined && input !== null)) return input;
  return {
    ...Object.fromEntries(defaults.map((port) => [port.name, port.default])),
    ...(isObject ? input : {}),
  };
}
