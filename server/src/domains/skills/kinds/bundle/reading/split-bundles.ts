import { posix } from 'node:path';
import { checkContent, checkPaths } from '../../../../versions';
import type { ContentLimits } from '../../../../versions';
import { isSkillFile, type Bundle, type BundleFile, type FileTree } from '../bundle';
import { quoteName, refusal, refuseProblem } from '../refusal';
import { isJunk } from './junk';

/**
 * Tells the skills in a tree apart: every folder that holds a `SKILL.md`, in any casing, is one, with all that lies under it (so
 * that examples inside a skill stay its own). What lies outside of them, a licence or a read-me of the collection, is
 * left. Without any `SKILL.md` the whole tree is one bundle, which validation will refuse with the reason.
 *
 * Collisions anywhere in the tree, and a bundle beyond the limits, are refused whole.
 */
export function splitBundles(tree: FileTree, limits: ContentLimits): Bundle[] {
  const files = tree.filter((file) => !isJunk(file.path));
  if (files.length === 0) throw refusal('archive-empty', 'There are no files.');
  const paths = files.map((file) => file.path);
  refuseProblem(checkPaths(paths, { maxPathBytes: limits.maxPathBytes * 2, maxDepth: limits.maxDepth * 2 }));
  const bundles = skillFolders(paths).map((folder) => cutOut(folder, files));
  for (const bundle of bundles) checkBundle(bundle, limits);
  return bundles;
}

/** The one skill of a tree; refuses a tree of several with `several-skills`. */
export function theBundle(bundles: readonly Bundle[]): Bundle {
  const [bundle, second] = bundles;
  if (bundle && !second) return bundle;
  const names = bundles.map(({ folder }) => quoteName(folder ?? '.')).slice(0, 5);
  throw refusal('several-skills', `There are ${bundles.length} skills here, not one: ${names.join(', ')}.`);
}

/** The outermost folders with a `SKILL.md`, as paths; `''` is the root. */
function skillFolders(paths: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const path of paths) if (isSkillFile(posix.basename(path))) folders.add(folderOf(path));
  if (folders.size === 0) return [commonFolder(paths)];
  return [...folders].filter((folder) => !ancestors(folder).some((ancestor) => folders.has(ancestor))).sort();
}

function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}

function ancestors(folder: string): string[] {
  const found: string[] = [];
  for (let at = folder; at !== '';) {
    at = folderOf(at);
    found.push(at);
  }
  return found;
}

/** The one folder at the root under which everything lies, or the root itself. */
function commonFolder(paths: readonly string[]): string {
  const tops = new Set(paths.map((path) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '')));
  const [top = ''] = tops;
  return tops.size === 1 ? top : '';
}

function cutOut(folder: string, files: readonly BundleFile[]): Bundle {
  if (folder === '') return { folder: null, files: [...files] };
  const prefix = `${folder}/`;
  const own = files.filter((file) => file.path.startsWith(prefix));
  return {
    folder: posix.basename(folder),
    files: own.map((file) => ({ ...file, path: file.path.slice(prefix.length) })),
  };
}

function checkBundle(bundle: Bundle, limits: ContentLimits): void {
  refuseProblem(
    checkContent(
      bundle.files.map(({ path, content }) => ({ path, size: content.length })),
      limits,
    ),
  );
}
