import type { Json } from 'strapi-plugin-skills-shared/provider';

/** What came out of JSON, called by its name; members that are undefined fall away. */
export function plainJson(value: object | string | number | boolean | null): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

/** A tool's input as the model wrote it: read as JSON, and as it is where it is none. */
export function readArguments(text: string): Json {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as Json;
  } catch {
    // Models do write arguments that are cut off or wrong: whoever executes the tool decides.
    return text;
  }
}
