import path from 'node:path';
import type { PackageFolder, PackageManifest } from './package-folder';

/** What `import()` asks for, in no order of its own: the package's order counts. `require` is for packages that have only that. */
const importing = new Set(['node', 'import', 'default']);
const requiring = new Set(['node', 'require', 'default']);

/**
 * The file that `import(name)` would load from the app's root. Written here, because `require.resolve` refuses packages that are
 * ES modules alone, and `import.meta.resolve` knows no other root than its own file.
 * Source: https://nodejs.org/api/packages.html#conditional-exports
 */
export function entryOf({ folder, manifest }: PackageFolder): string | undefined {
  if (manifest.exports === undefined || manifest.exports === null)
    return path.join(folder, manifest.main ?? 'index.js');
  const main = subpath(manifest.exports, '.');
  const target = targetOf(main, importing) ?? targetOf(main, requiring);
  return target === undefined ? undefined : path.join(folder, target);
}

/** Whether others may read a package's package.json: Strapi's own tools would not find the package otherwise. */
export function exportsManifest({ exports }: PackageManifest): boolean {
  if (exports === undefined || exports === null) return true;
  return targetOf(subpath(exports, './package.json'), importing) !== undefined;
}

/** `exports` is one target, conditions for the main one, or targets by subpath. */
function subpath(exports: unknown, wanted: string): unknown {
  const isBySubpath =
    typeof exports === 'object' &&
    exports !== null &&
    !Array.isArray(exports) &&
    Object.keys(exports).some((key) => key.startsWith('.'));
  if (!isBySubpath) return wanted === '.' ? exports : undefined;
  const bySubpath = exports as Record<string, unknown>;
  return bySubpath[wanted] ?? (wanted === '.' ? undefined : bySubpath['./*'] === './*' ? wanted : undefined);
}

function targetOf(target: unknown, conditions: ReadonlySet<string>): string | undefined {
  if (typeof target === 'string') return target.startsWith('./') ? target : undefined;
  if (Array.isArray(target)) {
    for (const one of target) {
      const found = targetOf(one, conditions);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (typeof target !== 'object' || target === null) return undefined;
  for (const [condition, inner] of Object.entries(target)) {
    if (!conditions.has(condition)) continue;
    const found = targetOf(inner, conditions);
    if (found !== undefined) return found;
  }
  return undefined;
}
