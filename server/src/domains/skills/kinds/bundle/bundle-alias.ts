import type { ContentToValidate } from '../kind';
import type { Bundle } from './bundle';
import { isAlias, toAlias } from './validation/name-rule';
import { diagnoseBundle } from './validation/validate-bundle';

/** A bundle in memory as validation reads it, as if it lay in a folder of this name. */
export function contentOf({ files }: Bundle, folder: string): ContentToValidate {
  const contents = new Map(files.map((file) => [file.path, file.content]));
  return {
    folder,
    paths: [...contents.keys()],
    read(path) {
      const content = contents.get(path);
      return content ? Promise.resolve(content) : Promise.reject(new Error(`There is no file "${path}".`));
    },
  };
}

/**
 * The name that a bundle's folder should have: its own, else what its frontmatter says, else the nearest to either that the
 * specification allows, else `fallback`.
 */
export async function bundleAlias(bundle: Bundle, fallback = 'skill'): Promise<string> {
  const { folder } = bundle;
  if (folder !== null && isAlias(folder)) return folder;
  const { metadata } = await diagnoseBundle(contentOf(bundle, folder ?? ''));
  return toAlias(metadata.name ?? '') ?? toAlias(folder ?? '') ?? toAlias(fallback) ?? 'skill';
}
