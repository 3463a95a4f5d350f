import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';

/** What an empty file or a folder costs the host, in bytes: without it, a million empty files would be free. */
const entryBytes = 1024;

/**
 * Bytes that a folder's entries take on the disk, links not followed. Stops counting above `enough`, since what it is for is
 * to compare with a limit. Entries that vanish meanwhile count nothing.
 */
export async function readDiskUse(folder: string, enough: number): Promise<number> {
  let bytes = 0;
  const open = [folder];
  for (let path = open.pop(); path !== undefined && bytes <= enough; path = open.pop()) {
    const entries = await opendir(path).catch(() => []);
    for await (const entry of entries) {
      const child = join(path, entry.name);
      if (entry.isDirectory()) open.push(child);
      const stat = await lstat(child).catch(() => undefined);
      bytes += Math.max(entryBytes, (stat?.blocks ?? 0) * 512);
      if (bytes > enough) break;
    }
  }
  return bytes;
}
