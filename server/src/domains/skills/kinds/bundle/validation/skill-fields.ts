import type { FieldPath } from '../frontmatter/edit-field';
import type { Frontmatter } from '../frontmatter/read-frontmatter';
import { findEntry, isEmpty, type YamlEntry } from '../frontmatter/yaml-value';

/** The Agent Skills specification's own fields. Source: https://agentskills.io/specification */
export const specificationFields = [
  'name',
  'description',
  'license',
  'compatibility',
  'metadata',
  'allowed-tools',
] as const;

/** open-skills' fields, which may stand at top level or under `metadata`. */
export const runFields = ['version', 'entrypoint', 'inputs', 'outputs', 'tags', 'allow_network'] as const;

export type RunField = (typeof runFields)[number];

export function isRunField(key: string): key is RunField {
  return (runFields as readonly string[]).includes(key);
}

export function isKnownField(key: string): boolean {
  return isRunField(key) || (specificationFields as readonly string[]).includes(key);
}

/** A field where it was found. `field` is its dotted path, as findings name it. */
export interface FoundField {
  entry: YamlEntry;
  path: FieldPath;
  field: string;
}

/** A field at top level, or, for open-skills' fields, else under `metadata`. One without a value counts as absent. */
export function findField({ fields }: Frontmatter, key: string): FoundField | undefined {
  const top = findEntry(fields, key);
  if (top && !isEmpty(top.value)) return { entry: top, path: [key], field: key };
  if (!isRunField(key)) return undefined;
  const metadata = findEntry(fields, 'metadata')?.value;
  const nested = metadata?.type === 'map' ? findEntry(metadata, key) : undefined;
  if (!nested || isEmpty(nested.value)) return undefined;
  return { entry: nested, path: ['metadata', key], field: `metadata.${key}` };
}
