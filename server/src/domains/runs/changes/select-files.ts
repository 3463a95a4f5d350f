import type { VersionFile } from 'strapi-plugin-skills-shared/contracts';
import type { SandboxEntry } from '../../../platform/sandbox';
import type { SecretMask } from '../../../platform/secret-mask';
import { checkPath, checkPaths, type ContentLimits } from '../../versions';
import { isByProduct } from './by-products';
import type { RefusedChange } from './change';

export interface SelectedFiles {
  /** Files to look into: what a version may hold, those of the run's version first. */
  files: SandboxEntry[];
  /** Files that are there, but that no version may hold. */
  refused: RefusedChange[];
  /** Files of the version that are gone. */
  removed: VersionFile[];
}

/** Names that are one name on some system are looked for so often; what is left after that is refused as a whole. */
const COLLISION_ROUNDS = 20;

export interface SelectOptions {
  /** The files that the run began with. */
  version: readonly VersionFile[];
  limits: ContentLimits;
  mask: Pick<SecretMask, 'text'>;
}

/**
 * Chooses from what lies in the skill's folder after a run what can be looked into as changed files: no by-products, only paths that a
 * version may have and that tell no secret, and no more files and bytes than fit into one.
 */
export function selectFiles(
  listed: readonly SandboxEntry[],
  { version, limits, mask }: SelectOptions,
): SelectedFiles {
  const known = new Map(version.map((file) => [file.path, file]));
  const there = listed.filter(({ path }) => known.has(path) || !isByProduct(path));
  const refused: RefusedChange[] = [];
  const refuse = (path: string, reason: string): false => {
    refused.push({ path, reason });
    return false;
  };
  const allowed = there.filter(({ path }) => {
    if (known.has(path)) return true;
    // Masked, two of them could be one; and the reasons below quote what they refuse.
    if (mask.text(path) !== path) return refuse(path, 'A path holds the value of a secret.');
    const problem = checkPath(path, limits);
    return problem ? refuse(path, problem.message) : true;
  });
  const distinct = withoutCollisions(
    inOrder(allowed, (path) => known.has(path)),
    limits,
    refuse,
  );
  const paths = new Set(listed.map(({ path }) => path));
  return {
    files: withinLimits(distinct, limits, refuse),
    refused,
    removed: version.filter(({ path }) => !paths.has(path)),
  };
}

function inOrder(files: readonly SandboxEntry[], isKnown: (path: string) => boolean): SandboxEntry[] {
  const byPath = [...files].sort((left, right) => (left.path < right.path ? -1 : 1));
  return [...byPath.filter(({ path }) => isKnown(path)), ...byPath.filter(({ path }) => !isKnown(path))];
}

type Refuse = (path: string, reason: string) => false;

/** The files of the version come first, so that it is the added one of two that is refused. */
function withoutCollisions(
  files: readonly SandboxEntry[],
  limits: ContentLimits,
  refuse: Refuse,
): SandboxEntry[] {
  let left = [...files];
  for (let round = 0; round < COLLISION_ROUNDS; round += 1) {
    const problem = checkPaths(
      left.map(({ path }) => path),
      limits,
    );
    if (!problem) return left;
    refuse(problem.path, problem.message);
    left = left.filter(({ path }) => path !== problem.path);
  }
  for (const { path } of left) refuse(path, 'Too many names here are one name on some systems.');
  return [];
}

function withinLimits(
  files: readonly SandboxEntry[],
  { maxFiles, maxFileBytes, maxBytes }: ContentLimits,
  refuse: Refuse,
): SandboxEntry[] {
  let count = 0;
  let bytes = 0;
  return files.filter(({ path, size }) => {
    const name = JSON.stringify(path);
    if (size > maxFileBytes) return refuse(path, `${name} is larger than ${maxFileBytes} bytes.`);
    if (count + 1 > maxFiles) return refuse(path, `${name} is more than the ${maxFiles}th file.`);
    if (bytes + size > maxBytes)
      return refuse(path, `With ${name}, the files are larger than ${maxBytes} bytes together.`);
    count += 1;
    bytes += size;
    return true;
  });
}
