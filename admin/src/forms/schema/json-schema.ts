/** A JSON Schema (draft 2020-12), as far as it is looked into: anything may stand in it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** References may go round in circles; nobody nests settings deeper than this. */
const maxHops = 20;

function follow(schema: JsonSchema, root: JsonSchema): JsonSchema {
  let found: JsonSchema = schema;
  for (let hop = 0; hop < maxHops && typeof found.$ref === 'string'; hop += 1) {
    const { $ref, ...siblings } = found;
    const target = pointed(String($ref), root);
    if (!target) return siblings;
    found = { ...target, ...siblings };
  }
  return found;
}

function pointed(reference: string, root: JsonSchema): JsonSchema | undefined {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  let place: unknown = root;
  for (const part of reference.slice(2).split('/')) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    place = isRecord(place) ? place[key] : undefined;
  }
  return isRecord(place) ? place : undefined;
}

function schemasIn(value: unknown): JsonSchema[] | undefined {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord) ? value : undefined;
}

const saysNull = (schema: JsonSchema): boolean => schema.type === 'null' || schema.const === null;

export interface PlainSchema {
  schema: JsonSchema;
  nullable: boolean;
}

/**
 * A schema without its wrappings: references followed, `allOf` of one schema and `anyOf` with `null` unwrapped, the way zod writes
 * `.nullable()` and what is used twice. Annotations around a wrapping win over those within.
 */
export function unwrap(wrapped: JsonSchema, root: JsonSchema): PlainSchema {
  let schema = follow(wrapped, root);
  let nullable = false;
  for (let depth = 0; depth < maxHops; depth += 1) {
    const [only, ...more] = schemasIn(schema.allOf) ?? [];
    if (only && more.length === 0) {
      const { allOf: _allOf, ...outer } = schema;
      schema = { ...follow(only, root), ...outer };
      continue;
    }
    const members = schemasIn(schema.anyOf) ?? schemasIn(schema.oneOf);
    const others = members?.filter((member) => !saysNull(follow(member, root)));
    if (!members || !others || others.length === members.length) break;
    nullable = true;
    const { anyOf: _anyOf, oneOf: _oneOf, ...outer } = schema;
    const [single] = others;
    if (others.length !== 1 || !single) {
      schema = { ...outer, anyOf: others };
      break;
    }
    schema = { ...follow(single, root), ...outer };
  }
  return withoutNullType(schema, nullable);
}

/** `type: ['string', 'null']` says the same as `anyOf` with `null`. */
function withoutNullType(schema: JsonSchema, nullable: boolean): PlainSchema {
  if (!Array.isArray(schema.type)) return { schema, nullable };
  const types: unknown[] = schema.type.filter((type) => type !== 'null');
  const hasNull = types.length < schema.type.length;
  return {
    schema: { ...schema, type: types.length === 1 ? types[0] : types },
    nullable: nullable || hasNull,
  };
}

/** The members of a union, each followed; undefined for what is not a union. */
export function unionMembers(schema: JsonSchema, root: JsonSchema): JsonSchema[] | undefined {
  return (schemasIn(schema.anyOf) ?? schemasIn(schema.oneOf))?.map((member) => follow(member, root));
}
