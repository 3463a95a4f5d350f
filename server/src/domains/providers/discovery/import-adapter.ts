import { pathToFileURL } from 'node:url';
import { entryOf } from './package-entry';
import type { PackageFolder } from './package-folder';

/** How long a package's own code may take to load: one that waits for something must not hold the server up. */
const LOAD_LIMIT_MS = 15_000;

/**
 * Loads an adapter and answers its definition, whatever its module system made of it; undefined when it exports none. Rejects when
 * the package's code throws, or takes too long.
 */
export async function importAdapter(adapter: PackageFolder, limitMs = LOAD_LIMIT_MS): Promise<unknown> {
  const entry = entryOf(adapter);
  if (entry === undefined) throw new Error('Its "exports" name no file to import.');
  const module: unknown = await inTime(import(pathToFileURL(entry).href), limitMs);
  return definitionIn(module);
}

/**
 * `export const provider`, or a default export. What was CommonJS comes with all its exports as `default`, and if it was compiled
 * from an ES module, with the true default within that.
 */
function definitionIn(module: unknown): unknown {
  const first = member(module, 'default');
  return (
    member(module, 'provider') ??
    member(first, 'provider') ??
    member(first, 'default') ??
    (isEmpty(first) ? undefined : first)
  );
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** A CommonJS module that exports nothing. */
function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Reflect.ownKeys(value).length === 0;
}

async function inTime<Value>(work: Promise<Value>, limitMs: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`It took longer than ${limitMs / 1000} seconds to load.`)),
      limitMs,
    );
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
