import type { VersionDetail } from 'strapi-plugin-skills-shared/contracts';
import { codeOf } from '../../../http/api-failure';

/** The state that a write is made in. */
export interface WriteAt {
  versionId: string;
  revision: number;
}

export interface Write {
  /** The files that the write reads or replaces: it is repeated by itself only while these are as its author saw them. */
  paths: readonly string[];
  send(at: WriteAt): Promise<VersionDetail>;
}

interface WritesOptions {
  /** The newest state that is known. */
  current(): VersionDetail;
  /** Asks the server for its state. */
  refresh(): Promise<VersionDetail>;
  /** Takes over the state that a write, or a refresh after a refused one, has led to. */
  apply(content: VersionDetail): void;
}

/** How often a write is repeated when others keep changing other files. */
const attempts = 3;

function sameFiles(paths: readonly string[], before: VersionDetail, after: VersionDetail): boolean {
  const digest = (content: VersionDetail, path: string) =>
    content.files.find((file) => file.path === path)?.digest;
  return paths.every((path) => digest(before, path) === digest(after, path));
}

/**
 * Makes edits of a version one after another, each in the state that the one before it left. When somebody else has changed
 * the version meanwhile, but not the files that the edit is about, the edit is repeated in the new state. Otherwise it rejects
 * with the server's `stale-revision`, and the state known from then on is the server's.
 */
export function createVersionWrites({ current, refresh, apply }: WritesOptions) {
  let queue: Promise<unknown> = Promise.resolve();

  async function attempt(write: Write): Promise<VersionDetail> {
    let before = current();
    for (let left = attempts; ; left -= 1) {
      try {
        const after = await write.send({ versionId: before.id, revision: before.revision });
        apply(after);
        return after;
      } catch (error) {
        if (codeOf(error) !== 'stale-revision') throw error;
        const after = await refresh();
        apply(after);
        if (left <= 1 || !sameFiles(write.paths, before, after)) throw error;
        before = after;
      }
    }
  }

  return {
    run(write: Write): Promise<VersionDetail> {
      const result = queue.then(() => attempt(write));
      queue = result.catch(() => undefined); // Its caller is told; the next write does not fail with it.
      return result;
    },
  };
}

export type VersionWrites = ReturnType<typeof createVersionWrites>;
