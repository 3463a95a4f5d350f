import type { JsonObject } from 'strapi-plugin-skills-shared/provider';

/** A tool's entry without what is not set, as plain JSON. An object that has nothing set is left out too. */
export function toolEntry<Tool extends object>(tool: Tool): JsonObject {
  return JSON.parse(
    JSON.stringify(tool, (_key, value: unknown) => (isUnset(value) ? undefined : value)),
  ) as JsonObject;
}

const isUnset = (value: unknown): boolean =>
  value === '' ||
  value === null ||
  (typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((member) => member === undefined || isUnset(member)));
