import { useCallback, useState } from 'react';

/** What a person has chosen among a run's changes: held where it outlives a look at another part of the run. */
export interface ChangeChoice {
  /** Paths that are not to be taken. */
  left: ReadonlySet<string>;
  /** Paths that were changed meanwhile, as the last try to take them told. */
  conflicts: ReadonlySet<string>;
  choose: (path: string, chosen: boolean) => void;
  setConflicts: (paths: readonly string[]) => void;
}

export function useChangeChoice(): ChangeChoice {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [conflicts, setConflictSet] = useState<ReadonlySet<string>>(new Set());
  const choose = useCallback(
    (path: string, chosen: boolean) =>
      setLeft((paths) => {
        const others = new Set(paths);
        if (chosen) others.delete(path);
        else others.add(path);
        return others;
      }),
    [],
  );
  const setConflicts = useCallback((paths: readonly string[]) => setConflictSet(new Set(paths)), []);
  return { left, conflicts, choose, setConflicts };
}
