import { lstat, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bundleAlias, readBundles, type Bundle } from '../domains/skills/kinds/bundle';
import { CommandError } from './command-error';
import type { Terminal } from './terminal';

/**
 * Unpacks an archive of one skill into `output`, or into a folder of the skill's name; one of several skills into a folder each, in
 * `output` or the working directory. Writes nothing where something is already, and nothing at all when a part fails. Answers the
 * folders that were made.
 */
export async function unpackArchive(
  { archive, output }: { archive: string; output?: string },
  terminal: Terminal,
): Promise<string[]> {
  if (!(await exists(archive))) throw new CommandError(`There is nothing at ${archive}.`);
  const bundles = await readBundles({ archive });
  const targets = await targetsOf(bundles, output);
  for (const { target } of targets) {
    if (await exists(target)) throw new CommandError(`${target} exists already; it was left as it is.`);
  }
  const made: string[] = [];
  try {
    for (const { bundle, target } of targets) {
      await unpackInto(bundle, target);
      made.push(target);
      terminal.progress(`${path.basename(target)}: ${bundle.files.length} files.`);
    }
  } catch (error) {
    for (const target of made) await rm(target, { recursive: true, force: true });
    throw error;
  }
  for (const target of made) terminal.result(target);
  return made;
}

async function targetsOf(
  bundles: readonly Bundle[],
  output: string | undefined,
): Promise<{ bundle: Bundle; target: string }[]> {
  const [only] = bundles;
  if (only && bundles.length === 1 && output !== undefined)
    return [{ bundle: only, target: path.resolve(output) }];
  const targets: { bundle: Bundle; target: string }[] = [];
  for (const bundle of bundles) {
    const target = path.resolve(output ?? '.', await bundleAlias(bundle));
    if (targets.some((other) => other.target === target)) {
      throw new CommandError(`The archive holds two skills named ${path.basename(target)}.`);
    }
    targets.push({ bundle, target });
  }
  return targets;
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

/** Writes beside the target, and gives it its name when it is whole. The paths were checked when the archive was read. */
async function unpackInto(bundle: Bundle, target: string): Promise<void> {
  const parent = path.dirname(target);
  await mkdir(parent, { recursive: true });
  const draft = await mkdtemp(path.join(parent, '.unpack-'));
  try {
    const content = path.join(draft, 'content');
    for (const file of bundle.files) {
      const place = path.join(content, ...file.path.split('/'));
      await mkdir(path.dirname(place), { recursive: true });
      await writeFile(place, file.content, { flag: 'wx', mode: file.executable ? 0o755 : 0o644 });
    }
    if (await exists(target)) throw new CommandError(`${target} exists already; it was left as it is.`);
    await rename(content, target);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
