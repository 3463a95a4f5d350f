import type { FileChanges, KeptEntry } from './protocol';

/**
 * A sandbox's files as they were when its last command ended, on the server's side: a worker that has to be ended, or that fails,
 * takes its own with it, and the next one is furnished with these.
 */
export class KeptFiles {
  readonly #entries = new Map<string, KeptEntry>();

  apply({ changed, removed }: FileChanges): void {
    for (const path of removed) this.#entries.delete(path);
    for (const entry of changed) this.#entries.set(entry.path, entry);
  }

  /** Folders before what lies in them. */
  entries(): KeptEntry[] {
    return [...this.#entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}
