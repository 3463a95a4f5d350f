import { existsSync } from 'node:fs';

const installed = ['/usr/bin/bwrap', '/usr/local/bin/bwrap', '/bin/bwrap'].some((path) => existsSync(path));

/** Skips a suite, and says so, where bubblewrap is not installed; in CI nothing may be skipped, so there it fails. */
export function describeWhereBubblewrapIs(name: string, suite: () => void): void {
  if (installed || process.env.CI === 'true') return describe(name, suite);
  process.stderr.write(`Skipped: ${name}, because bubblewrap is not installed on this host.\n`);
  describe.skip(name, suite);
}
