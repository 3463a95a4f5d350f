import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** What is read of a package.json; whatever else stands in it is nobody's business here. */
const manifestSchema = z.looseObject({
  version: z.string().catch('').default(''),
  main: z.string().optional().catch(undefined),
  exports: z.unknown().optional(),
  strapi: z.looseObject({ kind: z.unknown().optional() }).optional().catch(undefined),
});

export type PackageManifest = z.output<typeof manifestSchema>;

export interface PackageFolder {
  name: string;
  folder: string;
  manifest: PackageManifest;
}

/** The folder that Node would find a package in from `root`: links are followed, so that it finds its own dependencies. */
export async function findInstalled(name: string, root: string): Promise<PackageFolder | undefined> {
  for (let at = path.resolve(root); ; at = path.dirname(at)) {
    const found = await readPackage(name, path.join(at, 'node_modules', name));
    if (found) return found;
    if (at === path.dirname(at)) return undefined;
  }
}

/** Undefined when there is no readable package.json. */
export async function readPackage(name: string, folder: string): Promise<PackageFolder | undefined> {
  try {
    const text = await readFile(path.join(folder, 'package.json'), 'utf8');
    const manifest = manifestSchema.parse(JSON.parse(text));
    return { name, folder: await realpath(folder), manifest };
  } catch (error) {
    const isExpected = error instanceof SyntaxError || error instanceof z.ZodError || isMissing(error);
    if (isExpected) return undefined;
    throw error;
  }
}

/** Known by its shape: Node's own errors may come from another realm's `Error`. */
function isMissing(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    ['ENOENT', 'ENOTDIR'].includes(String(error.code))
  );
}
