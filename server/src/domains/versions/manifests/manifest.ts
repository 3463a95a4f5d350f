import { createHash } from 'node:crypto';
import type { VersionFile } from 'strapi-plugin-skills-shared/contracts';

/** A snapshot's files, sorted by the bytes of their paths, and its identity. */
export interface Manifest {
  digest: string;
  files: readonly VersionFile[];
  /** Of all files, in bytes. */
  size: number;
}

/**
 * The manifest of these files. Its digest is SHA-256 over JSON that is the same for the same content, whoever writes it and
 * in whatever order: an array sorted by path, with the keys `path`, `sha256`, `size` and `mode` in this order.
 */
export function manifestOf(files: Iterable<VersionFile>): Manifest {
  const sorted = [...files].sort(byPath);
  const canonical = sorted.map(({ path, digest, size, executable }) => ({
    path,
    sha256: digest,
    size,
    mode: executable ? '755' : '644',
  }));
  return {
    digest: createHash('sha256').update(JSON.stringify(canonical)).digest('hex'),
    files: sorted,
    size: sorted.reduce((sum, file) => sum + file.size, 0),
  };
}

/** By the bytes of UTF-8: JavaScript's own order goes by UTF-16, and locales differ. */
function byPath(a: VersionFile, b: VersionFile): number {
  return Buffer.compare(Buffer.from(a.path), Buffer.from(b.path));
}

/** The digest that a manifest of these contents would have. */
export function digestOfFiles(
  files: readonly { path: string; content: Buffer; executable: boolean }[],
): string {
  const described = files.map(({ path, content, executable }) => ({
    path,
    executable,
    size: content.length,
    digest: createHash('sha256').update(content).digest('hex'),
  }));
  return manifestOf(described).digest;
}
