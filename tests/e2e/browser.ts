import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where Debian puts it; `CHROMIUM` names another. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export function hasBrowser(): boolean {
  return existsSync(executablePath);
}

export function launchBrowser(): Promise<Browser> {
  if (!hasBrowser())
    throw new Error(`There is no Chromium at ${executablePath}: install it, or set CHROMIUM.`);
  // Chromium's own sandbox refuses to start as root, which is what CI containers are.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args });
}
