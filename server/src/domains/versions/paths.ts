/** Bytes of UTF-8 and segments that a path inside a version may have. */
export interface PathLimits {
  maxPathBytes: number;
  maxDepth: number;
}

export const defaultPathLimits: PathLimits = { maxPathBytes: 512, maxDepth: 16 };

export type PathProblemCode =
  | 'path-empty'
  | 'path-not-unicode'
  | 'path-control-character'
  | 'path-backslash'
  | 'path-absolute'
  | 'path-empty-segment'
  | 'path-traversal'
  | 'path-too-long'
  | 'path-too-deep'
  | 'path-duplicate'
  | 'path-collision'
  | 'path-file-and-folder';

/** Why a path is refused; `message` is one sentence for a person, `path` the offender. */
export interface PathProblem {
  code: PathProblemCode;
  path: string;
  message: string;
}

// C0, DEL and C1: none can be typed, all can deceive a terminal or end a C string.

const controlCharacter = /[\u0000-\u001f\u007f-\u009f]/;
const loneSurrogate = /\p{Surrogate}/u;
const driveLetter = /^[a-z]:/i;

function shapeProblem(path: string): [PathProblemCode, string] | undefined {
  if (path === '') return ['path-empty', 'is empty'];
  if (loneSurrogate.test(path)) return ['path-not-unicode', 'is not valid Unicode'];
  if (controlCharacter.test(path)) return ['path-control-character', 'contains a control character'];
  if (path.includes('\\')) return ['path-backslash', 'contains a backslash'];
  if (path.startsWith('/') || driveLetter.test(path)) return ['path-absolute', 'is absolute'];
  const segments = path.split('/');
  if (segments.includes('')) return ['path-empty-segment', 'contains an empty segment'];
  if (segments.some((segment) => segment === '.' || segment === '..')) {
    return ['path-traversal', 'contains a "." or ".." segment'];
  }
  return undefined;
}

/**
 * Whether `path` may name a file of a version: relative, with `/`, without anything that would reach outside its folder
 * or mean something else on another system.
 */
export function checkPath(path: string, limits: PathLimits = defaultPathLimits): PathProblem | undefined {
  const problem = shapeProblem(path) ?? sizeProblem(path, limits);
  if (!problem) return undefined;
  return { code: problem[0], path, message: `The path ${JSON.stringify(shorten(path))} ${problem[1]}.` };
}

function sizeProblem(path: string, limits: PathLimits): [PathProblemCode, string] | undefined {
  if (Buffer.byteLength(path) > limits.maxPathBytes) {
    return ['path-too-long', `is longer than ${limits.maxPathBytes} bytes`];
  }
  if (path.split('/').length > limits.maxDepth) {
    return ['path-too-deep', `is deeper than ${limits.maxDepth} folders`];
  }
  return undefined;
}

function shorten(path: string): string {
  return path.length <= 120 ? path : `${path.slice(0, 117)}…`;
}

/**
 * What case-insensitive, normalising file systems compare names by: Unicode's canonical caseless matching, with upper- then
 * lower-casing standing in for full case folding, which JavaScript lacks.
 */
export function foldPath(path: string): string {
  return path.normalize('NFD').toUpperCase().toLowerCase().normalize('NFD');
}

interface Seen {
  spelling: string;
  isFile: boolean;
}

/**
 * The first problem of a whole set of files: each path by itself, then every two that one folder on some file system could not hold
 * side by side. Folders count too: `Docs/a` beside `docs/b` would be one folder there and two here.
 */
export function checkPaths(
  paths: readonly string[],
  limits: PathLimits = defaultPathLimits,
): PathProblem | undefined {
  const seen = new Map<string, Seen>();
  for (const path of paths) {
    const problem = checkPath(path, limits) ?? collision(path, seen);
    if (problem) return problem;
  }
  return undefined;
}

function collision(path: string, seen: Map<string, Seen>): PathProblem | undefined {
  const segments = path.split('/');
  for (let depth = 1; depth <= segments.length; depth += 1) {
    const spelling = segments.slice(0, depth).join('/');
    const isFile = depth === segments.length;
    const key = foldPath(spelling);
    const other = seen.get(key);
    if (!other) seen.set(key, { spelling, isFile });
    else if (other.spelling !== spelling || other.isFile || isFile)
      return clash(path, spelling, other, isFile);
  }
  return undefined;
}

function clash(path: string, spelling: string, other: Seen, isFile: boolean): PathProblem {
  const [mine, theirs] = [JSON.stringify(shorten(spelling)), JSON.stringify(shorten(other.spelling))];
  if (other.spelling !== spelling) {
    const message = `The paths ${theirs} and ${mine} are one name on systems that ignore case or normalise Unicode.`;
    return { code: 'path-collision', path, message };
  }
  if (other.isFile && isFile) {
    return { code: 'path-duplicate', path, message: `The path ${mine} occurs twice.` };
  }
  return { code: 'path-file-and-folder', path, message: `The path ${mine} is both a file and a folder.` };
}
