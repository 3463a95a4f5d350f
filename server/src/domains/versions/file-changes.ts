import { createHash } from 'node:crypto';
import type { VersionFile } from 'strapi-plugin-skills-shared/contracts';
import { ConflictError } from '../../http/errors';
import { fileMissing } from './refusals';
import type { FileChange } from './versions-service';

export interface ChangedFiles {
  files: VersionFile[];
  /** What was put, by digest. */
  contents: Map<string, Buffer>;
  /** Every path that the changes read, wrote or removed. */
  touched: Set<string>;
}

/**
 * Applies changes one after another. `remove` and `rename` take a file or a whole folder.
 * Rejects with 404 `file-not-found`, or 409 `path-exists` when a rename would replace a file.
 */
export function changeFiles(files: readonly VersionFile[], changes: readonly FileChange[]): ChangedFiles {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const contents = new Map<string, Buffer>();
  const touched = new Set<string>();
  for (const change of changes) {
    if (change.type === 'put') put(byPath, contents, touched, change);
    else if (change.type === 'remove') {
      for (const path of pathsUnder(byPath, change.path)) {
        byPath.delete(path);
        touched.add(path);
      }
    } else rename(byPath, touched, change.from, change.to);
  }
  return { files: [...byPath.values()], contents, touched };
}

type Files = Map<string, VersionFile>;

function put(
  files: Files,
  contents: Map<string, Buffer>,
  touched: Set<string>,
  { path, content, executable }: Extract<FileChange, { type: 'put' }>,
): void {
  const digest = createHash('sha256').update(content).digest('hex');
  contents.set(digest, content);
  touched.add(path);
  files.set(path, {
    path,
    digest,
    size: content.length,
    executable: executable ?? files.get(path)?.executable ?? false,
  });
}

function rename(files: Files, touched: Set<string>, from: string, to: string): void {
  const moved = pathsUnder(files, from).map((path) => ({
    file: files.get(path)!,
    path: to + path.slice(from.length),
  }));
  for (const { file } of moved) {
    files.delete(file.path);
    touched.add(file.path);
  }
  for (const { file, path } of moved) {
    if (files.has(path)) {
      throw new ConflictError(`There is a file ${JSON.stringify(path)} already.`, {
        code: 'path-exists',
        path: [path],
      });
    }
    files.set(path, { ...file, path });
    touched.add(path);
  }
}

/** The file of this path, or all files in the folder of this path. */
function pathsUnder(files: Files, path: string): string[] {
  if (files.has(path)) return [path];
  const inside = [...files.keys()].filter((candidate) => candidate.startsWith(`${path}/`));
  if (inside.length === 0) throw fileMissing(path);
  return inside;
}
