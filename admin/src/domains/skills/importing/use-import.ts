import { useCallback, useRef, useState } from 'react';
import type { ImportConflictChoice, ImportResult } from 'strapi-plugin-skills-shared/contracts';
import { toFailure } from '../../../http/api-failure';
import { useImportBundleMutation } from '../api';
import { formOf, type BundleSource } from './bundle-source';

/** One upload of an import, as the dialog lists it. */
export interface ImportItem {
  key: number;
  source: BundleSource;
  state: 'waiting' | 'sending' | 'done';
  /** 0–1 of the bytes sent. */
  sent: number;
  results: ImportResult[];
  /** Why the request itself failed. */
  failure: string | null;
}

/**
 * Imports skills one after another, so that each has its own progress and its own answer. A skill whose alias exists waits
 * for a choice, and is then sent again with it.
 */
export function useImport() {
  const [items, setItems] = useState<ImportItem[]>([]);
  const [importBundle] = useImportBundleMutation();
  const queue = useRef<Promise<void>>(Promise.resolve());
  const nextKey = useRef(0);

  const change = useCallback((key: number, changes: Partial<ImportItem>) => {
    setItems((all) => all.map((item) => (item.key === key ? { ...item, ...changes } : item)));
  }, []);

  const send = useCallback(
    (key: number, source: BundleSource, conflict: ImportConflictChoice) => {
      queue.current = queue.current.then(async () => {
        change(key, { state: 'sending', sent: 0, failure: null });
        try {
          const form = formOf(source, { conflict });
          const results = await importBundle({ form, onProgress: (sent) => change(key, { sent }) }).unwrap();
          change(key, { state: 'done', results });
        } catch (error) {
          change(key, { state: 'done', failure: toFailure(error).message });
        }
      });
    },
    [change, importBundle],
  );

  const add = useCallback(
    (sources: BundleSource[]) => {
      const added = sources.map((source): ImportItem => {
        nextKey.current += 1;
        return { key: nextKey.current, source, state: 'waiting', sent: 0, results: [], failure: null };
      });
      setItems((all) => [...all, ...added]);
      for (const { key, source } of added) send(key, source, 'ask');
    },
    [send],
  );

  const resolve = useCallback(
    (item: ImportItem, choice: ImportConflictChoice) => {
      change(item.key, { state: 'waiting' });
      send(item.key, item.source, choice);
    },
    [change, send],
  );

  const retry = useCallback((item: ImportItem) => resolve(item, 'ask'), [resolve]);

  return { items, add, resolve, retry, busy: items.some((item) => item.state !== 'done') };
}
