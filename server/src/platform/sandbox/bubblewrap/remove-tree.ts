import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Removes a folder that a hostile program has written. Node's own `rm` is fast, but stops at folders without permissions and
 * at trees deeper than a path may be long; `chmod` and `rm` of the system walk those. Never follows links.
 */
export async function removeTree(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 });
  } catch {
    // `chmod -R` complains about what it may not change, and `rm` is the one whose verdict counts.
    await run('chmod', ['-R', 'u+rwX', '--', folder]).catch(() => undefined);
    await run('rm', ['-rf', '--', folder]);
  }
}
