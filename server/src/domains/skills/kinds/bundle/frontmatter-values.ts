import { isDeepStrictEqual } from 'node:util';
import { skillMetadataSchema, type SkillMetadata } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { removeField, setField, type FieldPath } from './frontmatter/edit-field';
import { encodeLossless } from './frontmatter/lossless-text';
import { readFrontmatter } from './frontmatter/read-frontmatter';
import { openDocument } from './frontmatter/skill-document';
import { findEntry, type Plain, type YamlValue } from './frontmatter/yaml-value';
import { readFields } from './validation/read-fields';
import { createReport } from './validation/diagnosis';
import { isRunField } from './validation/skill-fields';

const { shape } = skillMetadataSchema;

/** What the frontmatter's form may change: a field left out stays as it is, and null removes it. */
export const frontmatterValuesSchema = z.strictObject({
  name: shape.name.nullable(),
  description: shape.description.nullable(),
  license: shape.license.nullable(),
  compatibility: shape.compatibility.nullable(),
  metadata: shape.metadata.nullable(),
  allowedTools: shape.allowedTools.nullable(),
  version: shape.version.nullable(),
  entrypoint: shape.entrypoint.nullable(),
  inputs: shape.inputs.nullable(),
  outputs: shape.outputs.nullable(),
  tags: shape.tags.nullable(),
  allowNetwork: shape.allowNetwork.nullable(),
});

export type FrontmatterValues = z.infer<typeof frontmatterValuesSchema>;
type FieldName = keyof FrontmatterValues;
type TextMap = Record<string, string>;

const yamlKeys: Record<FieldName, string> = {
  name: 'name',
  description: 'description',
  license: 'license',
  compatibility: 'compatibility',
  metadata: 'metadata',
  allowedTools: 'allowed-tools',
  version: 'version',
  entrypoint: 'entrypoint',
  inputs: 'inputs',
  outputs: 'outputs',
  tags: 'tags',
  allowNetwork: 'allow_network',
};

/**
 * A `SKILL.md` with some fields changed, and every byte of everything else as it was. A value that the file already has changes
 * nothing. Frontmatter is made when there is none. Refuses with `frontmatter-unreadable` what cannot be read at all.
 */
export function editFrontmatter(source: Buffer | string, values: FrontmatterValues): Buffer {
  let { text } = openDocument(source);
  for (const name of Object.keys(yamlKeys) as FieldName[]) {
    const value = values[name];
    if (value !== undefined) text = editField(text, name, value);
  }
  return encodeLossless(text);
}

function editField(text: string, name: FieldName, value: FrontmatterValues[FieldName]): string {
  const current = readMetadataOf(text)[name];
  if (value !== null && isDeepStrictEqual(current, value)) return text;
  if (name === 'metadata') return editMetadata(text, current as TextMap, value as TextMap | null);
  const path = placeOf(text, yamlKeys[name]);
  if (value === null || value === undefined) return removeField(text, path);
  return setField(text, path, yamlValue(name, value as Plain, valueAt(text, path)));
}

function readMetadataOf(text: string): SkillMetadata {
  const frontmatter = readFrontmatter(text);
  return readFields(frontmatter, createReport('SKILL.md', text), { folder: '', paths: [] });
}

/** Where the field stands, or would stand: open-skills' fields may be under `metadata`. */
function placeOf(text: string, key: string): FieldPath {
  const { fields } = readFrontmatter(text);
  const metadata = findEntry(fields, 'metadata')?.value;
  const nested =
    isRunField(key) && !findEntry(fields, key) && metadata?.type === 'map' && findEntry(metadata, key);
  return nested ? ['metadata', key] : [key];
}

function valueAt(text: string, [key, inner]: FieldPath): YamlValue | undefined {
  const value = findEntry(readFrontmatter(text).fields, key)?.value;
  if (inner === undefined) return value;
  return value?.type === 'map' ? findEntry(value, inner)?.value : undefined;
}

/** `allowed-tools` is one text by its specification; a file that has a list keeps its list. */
function yamlValue(name: FieldName, value: Plain, old: YamlValue | undefined): Plain {
  if (name === 'allowedTools' && Array.isArray(value) && old?.type !== 'list') return value.join(' ');
  return value;
}

/** Key by key, so that the comments and the order of the others stay; open-skills' fields in it are not its keys. */
function editMetadata(text: string, current: TextMap | undefined, value: TextMap | null): string {
  const old = valueAt(text, ['metadata']);
  // What is no map says nothing that could be kept.
  let edited = old && old.type !== 'map' ? removeField(text, ['metadata']) : text;
  for (const key of Object.keys(current ?? {})) {
    if (!value || !Object.hasOwn(value, key)) edited = removeField(edited, ['metadata', key]);
  }
  for (const [key, item] of Object.entries(value ?? {})) {
    if (current?.[key] !== item) edited = setField(edited, ['metadata', key], item);
  }
  return edited;
}
