import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, runQuietly, ScriptError, step } from './steps.mjs';

const oldestNode = [20, 18, 1];

/** Refuses a Node that Strapi does not run on, before anything else fails for that reason. */
export function checkNode() {
  const running = process.versions.node.split('.').map(Number);
  const [major, minor, patch] = oldestNode;
  const old =
    running[0] < major ||
    (running[0] === major && (running[1] < minor || (running[1] === minor && running[2] < patch)));
  if (old)
    throw new ScriptError(`Node ${oldestNode.join('.')} or newer is needed; this is ${process.version}.`);
}

const readPackages = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages;

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes its own record there last, so an interrupted
 * installation has none; what is optional may be missing (it is for another platform).
 */
function isInstalled() {
  if (!existsSync(path.join(root, 'node_modules/.package-lock.json'))) return false;
  const installed = readPackages('node_modules/.package-lock.json');
  return Object.entries(readPackages('package-lock.json')).every(([folder, wanted]) => {
    if (!folder.includes('node_modules/') || wanted.link || wanted.optional || wanted.devOptional)
      return true;
    return installed[folder]?.version === wanted.version;
  });
}

/** Installs the locked dependencies when they are missing or others. */
export async function ensureInstalled() {
  checkNode();
  if (isInstalled()) return;
  await step('Installing dependencies (a minute or two, the first time)', () =>
    runQuietly('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline']),
  );
}
