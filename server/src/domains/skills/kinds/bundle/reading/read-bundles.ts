import { stat } from 'node:fs/promises';
import nodePath from 'node:path';
import { defaultContentLimits } from '../../../../versions';
import type { ContentLimits } from '../../../../versions';
import { entryPath } from '../archive/entry-name';
import { readArchive } from '../archive/read-archive';
import type { Bundle, FileTree } from '../bundle';
import { readFolder } from './read-folder';
import { splitBundles, theBundle } from './split-bundles';

/** A file of a folder that was dropped in a browser: its path begins with the dropped folder's name, or does not. */
export interface UploadedFile {
  path: string;
  content: Buffer;
  executable?: boolean;
}

/** Where bundles are read from: an archive or a folder on this machine's disk, or files that were sent one by one. */
export type BundleSource = { archive: string } | { folder: string } | { files: readonly UploadedFile[] };

/**
 * Every skill of a source: one, or each of a tree. Refused as a whole with a 400 that has a stable code (`RefusalCode`) and the
 * offending path. A large tree on disk is better read one of `findSkillFolders` at a time.
 */
export async function readBundles(
  source: BundleSource,
  limits: ContentLimits = defaultContentLimits,
): Promise<Bundle[]> {
  if ('archive' in source) return splitBundles(await readArchive(source.archive, limits), limits);
  if ('files' in source) return splitBundles(fromUpload(source.files, limits), limits);
  const bundles = splitBundles(await readFolder(source.folder, limits), limits);
  const name = nodePath.basename(nodePath.resolve(source.folder));
  return bundles.map((bundle) => ({ ...bundle, folder: bundle.folder ?? name }));
}

/** The one skill of a source; a tree of several is refused with `several-skills`. */
export async function readBundle(
  source: BundleSource,
  limits: ContentLimits = defaultContentLimits,
): Promise<Bundle> {
  return theBundle(await readBundles(source, limits));
}

/** The source that a path on disk is: a folder, or else an archive. Rejects when there is nothing. */
export async function sourceAt(path: string): Promise<BundleSource> {
  return (await stat(path)).isDirectory() ? { folder: path } : { archive: path };
}

function fromUpload(files: readonly UploadedFile[], limits: ContentLimits): FileTree {
  return files.map(({ path, content, executable = false }) => ({
    path: entryPath(path, false, limits),
    content,
    executable,
  }));
}
