import { checkPaths, type PathLimits, type PathProblemCode } from './paths';

/** What a version's content may measure; bytes are counted unpacked. The plugin's `bundle` configuration has this shape. */
export interface ContentLimits extends PathLimits {
  maxBytes: number;
  maxFiles: number;
  maxFileBytes: number;
}

export const defaultContentLimits: ContentLimits = {
  maxBytes: 30 * 1024 * 1024,
  maxFiles: 500,
  maxFileBytes: 25 * 1024 * 1024,
  maxPathBytes: 512,
  maxDepth: 16,
};

export type ContentProblemCode = PathProblemCode | 'too-many-files' | 'file-too-large' | 'content-too-large';

/** Why content is refused as a whole; `path` is the file with which it went too far. */
export interface ContentProblem {
  code: ContentProblemCode;
  path: string;
  message: string;
}

/** The first reason to refuse these files: their paths, their number, or their sizes in bytes. */
export function checkContent(
  files: readonly { path: string; size: number }[],
  limits: ContentLimits = defaultContentLimits,
): ContentProblem | undefined {
  const tally = createTally(limits);
  for (const file of files) {
    const problem = tally.addFile(file.path) ?? tally.addBytes(file.path, file.size, file.size);
    if (problem) return problem;
  }
  return checkPaths(
    files.map((file) => file.path),
    limits,
  );
}

/** Counts files and bytes as they come, so that a reader can stop at the first byte too many. */
export interface Tally {
  addFile(path: string): ContentProblem | undefined;
  /** `bytes` more of a file that measures `fileBytes` so far. */
  addBytes(path: string, bytes: number, fileBytes: number): ContentProblem | undefined;
}

export function createTally(limits: ContentLimits): Tally {
  let files = 0;
  let total = 0;
  return {
    addFile(path) {
      files += 1;
      if (files <= limits.maxFiles) return undefined;
      return { code: 'too-many-files', path, message: `There are more than ${limits.maxFiles} files.` };
    },
    addBytes(path, bytes, fileBytes) {
      total += bytes;
      if (fileBytes > limits.maxFileBytes) {
        const message = `The file ${JSON.stringify(path)} is larger than ${limits.maxFileBytes} bytes.`;
        return { code: 'file-too-large', path, message };
      }
      if (total <= limits.maxBytes) return undefined;
      return {
        code: 'content-too-large',
        path,
        message: `The files are larger than ${limits.maxBytes} bytes together.`,
      };
    },
  };
}
