import type { CommandFiles } from './command-files';
import { isKept } from './kept-folders';
import type { FileChanges, KeptEntry } from './protocol';

export interface ChangeTracker {
  /** What has changed since the last call. Contents are copies, which may be handed over. */
  take(): Promise<FileChanges>;
}

/**
 * Finds what has changed in files by looking at all of them: an entry that was written has another identity, and all but contents is
 * compared. The interpreter has many ways to write, and none of them could be forgotten here.
 */
export function createChangeTracker(files: CommandFiles): ChangeTracker {
  const known = new Map<string, string>();
  let last: Promise<unknown> = Promise.resolve();

  async function take(): Promise<FileChanges> {
    const changes: FileChanges = { changed: [], removed: [] };
    const found = new Set<string>();
    for (const path of files.getAllPaths().filter(isKept)) {
      const looked = await lookAt(files, path);
      if (!looked) continue;
      found.add(path);
      if (known.get(path) === looked.fingerprint) continue;
      known.set(path, looked.fingerprint);
      changes.changed.push(await looked.read());
    }
    for (const path of known.keys()) {
      if (found.has(path)) continue;
      known.delete(path);
      changes.removed.push(path);
    }
    return changes;
  }

  return {
    take() {
      const taken = last.then(take);
      last = taken.catch(() => undefined);
      return taken;
    },
  };
}

interface Looked {
  /** Another when anything about the entry is another. */
  fingerprint: string;
  read(): Promise<KeptEntry>;
}

/** Undefined for what a command that is running has just removed. */
async function lookAt(files: CommandFiles, path: string): Promise<Looked | undefined> {
  const stat = await files.lstat(path).catch(() => undefined);
  if (!stat) return undefined;
  const entry = { path, mode: stat.mode, mtimeMs: stat.mtime.getTime() };
  const fingerprint = (fact: string) => `${entry.mode} ${entry.mtimeMs} ${fact}`;
  if (stat.isSymbolicLink) {
    const target = await files.readlink(path);
    return {
      fingerprint: fingerprint(`to ${target}`),
      read: async () => ({ ...entry, type: 'symlink', target }),
    };
  }
  if (stat.isDirectory) {
    return { fingerprint: fingerprint('folder'), read: async () => ({ ...entry, type: 'directory' }) };
  }
  const content = await files.readFileBuffer(path).catch(() => undefined);
  if (!content) return undefined;
  // A copy: the files' own content may be a part of something larger.
  const read = async (): Promise<KeptEntry> => ({ ...entry, type: 'file', content: content.slice() });
  return { fingerprint: fingerprint(stat.identity ?? String(stat.size)), read };
}
