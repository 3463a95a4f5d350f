import { nothingComposed, type Composing } from './composing';

/**
 * What is being written, for as long as the panel is open: the tester leaves the page with every change to another tab, and comes back
 * to what was there. It is kept in memory, because files can be kept nowhere else.
 */
export interface ComposingStore {
  /** The same object until it is changed. */
  read: (key: string) => Composing;
  change: (key: string, change: (now: Composing) => Composing) => void;
  /** Answers how to stop listening. */
  listen: (listener: () => void) => () => void;
}

export function createComposingStore(): ComposingStore {
  const kept = new Map<string, Composing>();
  const listeners = new Set<() => void>();
  const read = (key: string) => kept.get(key) ?? nothingComposed;
  return {
    read,
    change: (key, change) => {
      const changed = change(read(key));
      if (changed === read(key)) return;
      kept.set(key, changed);
      for (const listener of listeners) listener();
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
