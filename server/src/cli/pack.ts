import path from 'node:path';
import { isUsable } from 'strapi-plugin-skills-shared/contracts';
import { bundleAlias, contentOf, diagnoseBundle, readBundle } from '../domains/skills/kinds/bundle';
import { CommandError } from './command-error';
import type { Terminal } from './terminal';
import { writeArchiveFile } from './archive-file';

/**
 * Packs a skill's folder into an archive: `.tar.gz` or `.tgz` when the file's name ends so, else a zip, which is the same bytes for
 * the same files everywhere. Without `output` it is `<alias>.zip` in the working directory. Answers the archive's path.
 * A skill with errors is refused: nobody could import it.
 */
export async function packFolder(
  { folder, output }: { folder: string; output?: string },
  terminal: Terminal,
): Promise<string> {
  const bundle = await readBundle({ folder });
  const alias = await bundleAlias(bundle);
  const { diagnoses } = await diagnoseBundle(contentOf(bundle, bundle.folder ?? alias));
  const findings = diagnoses.map(({ finding }) => finding);
  if (!isUsable(findings)) {
    const reasons = findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    throw new CommandError(`${folder} cannot be packed: ${reasons.join(' ')}`);
  }
  const file = path.resolve(output ?? `${alias}.zip`);
  const files = bundle.files.map((each) => ({ ...each, content: () => Promise.resolve(each.content) }));
  await writeArchiveFile({ folder: alias, files }, /\.(?:tar\.gz|tgz)$/i.test(file) ? 'tar.gz' : 'zip', file);
  terminal.progress(`${alias}: ${files.length} files.`);
  terminal.result(file);
  return file;
}
