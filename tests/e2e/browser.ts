import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where Debian puts it; `CHROMIUM` names another. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export function hasBrowser(): boolean {
  return existsSync(executablePath);
}

/** `names`: hosts that are this machine to the browser, and to it alone. */
export function launchBrowser(names: readonly string[] = []): Promise<Browser> {
  if (!hasBrowser())
    throw new Error(`There is no Chromium at ${executablePath}: install it, or set CHROMIUM.`);
  // Chromium's own sandbox refuses to start as root, which is what CI containers are.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const rules = names.map((name) => `MAP ${name} 127.0.0.1`);
  if (rules.length > 0) args.push(`--host-resolver-rules=${rules.join(',')}`);
  return chromium.launch({ executablePath, args });
}
