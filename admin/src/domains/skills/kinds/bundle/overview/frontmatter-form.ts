import type { Port, SkillMetadata } from 'strapi-plugin-skills-shared/contracts';

/** The frontmatter as its form holds it: empty texts and lists stand for fields that are not there. */
export interface FrontmatterForm {
  name: string;
  description: string;
  license: string;
  compatibility: string;
  version: string;
  entrypoint: string;
  tags: string[];
  allowedTools: string[];
  allowNetwork: boolean;
  metadata: { key: string; value: string }[];
  inputs: Port[];
  outputs: Port[];
}

export function formOf(metadata: SkillMetadata): FrontmatterForm {
  return {
    name: metadata.name ?? '',
    description: metadata.description ?? '',
    license: metadata.license ?? '',
    compatibility: metadata.compatibility ?? '',
    version: metadata.version ?? '',
    entrypoint: metadata.entrypoint ?? '',
    tags: metadata.tags ?? [],
    allowedTools: metadata.allowedTools ?? [],
    allowNetwork: metadata.allowNetwork ?? false,
    metadata: Object.entries(metadata.metadata ?? {}).map(([key, value]) => ({ key, value })),
    inputs: metadata.inputs ?? [],
    outputs: metadata.outputs ?? [],
  };
}

/** A field as the server takes it; null removes it from the file. */
function valueOf(form: FrontmatterForm, field: keyof FrontmatterForm): unknown {
  if (field === 'metadata') {
    const entries = form.metadata
      .filter(({ key }) => key.trim() !== '')
      .map(({ key, value }) => [key.trim(), value]);
    return entries.length === 0 ? null : Object.fromEntries(entries);
  }
  const value = form[field];
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
  if (Array.isArray(value)) return value.length === 0 ? null : value;
  return value === false ? null : value;
}

/** The fields that differ, and only those: what is not edited keeps every byte in the file. */
export function changesBetween(before: FrontmatterForm, after: FrontmatterForm): Record<string, unknown> {
  const fields = Object.keys(before) as (keyof FrontmatterForm)[];
  return Object.fromEntries(
    fields
      .filter((field) => JSON.stringify(valueOf(before, field)) !== JSON.stringify(valueOf(after, field)))
      .map((field) => [field, valueOf(after, field)]),
  );
}
