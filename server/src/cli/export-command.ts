import path from 'node:path';
import type { Core } from '@strapi/types';
import { Command, InvalidArgumentError, Option } from 'commander';
import { serverViewer, skillsOf } from '../domains/skills';
import type { ArchiveFormat, OutgoingBundle } from '../domains/skills/kinds/bundle';
import { versionsOf, type VersionRecord } from '../domains/versions';
import { withHostApp } from './host-app';
import type { Terminal } from './terminal';
import { archiveFormats, writeArchiveFile } from './archive-file';

interface ExportFlags {
  app: string;
  output?: string;
  format: ArchiveFormat;
  version?: number;
}

/** `strapi-skills export <alias>`: writes a skill as an archive, the same bytes for the same version on any machine. */
export function exportCommand(terminal: Terminal): Command {
  return new Command('export')
    .description(
      'Writes a skill of the Strapi app as an archive: its current version, or another by its number.',
    )
    .argument('<alias>', "the skill's alias")
    .option('-o, --output <file>', 'where to write it; <alias>.<format> in this folder when not given')
    .addOption(new Option('--format <format>', 'the archive').choices(archiveFormats).default('zip'))
    .option('--version <number>', "a version's number", parseNumber)
    .option('--app <folder>', "the Strapi app's folder", process.cwd())
    .action(async (alias: string, flags: ExportFlags) => {
      const file = path.resolve(flags.output ?? `${alias}.${flags.format}`);
      await withHostApp(path.resolve(flags.app), async (strapi) => {
        const { version, bundle } = await outgoingBundle(strapi, alias, flags.version);
        await writeArchiveFile(bundle, flags.format, file);
        terminal.result(file);
        terminal.progress(`${bundle.folder}, version ${version.number}: ${bundle.files.length} files.`);
      });
      process.exitCode = 0;
    });
}

function parseNumber(given: string): number {
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('It must be a whole number from 1.');
  return number;
}

async function outgoingBundle(
  strapi: Core.Strapi,
  alias: string,
  number: number | undefined,
): Promise<{ version: VersionRecord; bundle: OutgoingBundle }> {
  const versions = versionsOf(strapi);
  const skill = await skillsOf(strapi).get(alias, serverViewer);
  const version =
    number === undefined
      ? await versions.get(skill.current.id)
      : await versions.getByNumber(skill.id, number);
  const files = await versions.files(version);
  const bundle = {
    folder: skill.alias,
    files: files.map((file) => ({
      path: file.path,
      executable: file.executable,
      content: async () => Buffer.concat(await (await versions.open(version, file.path)).content.toArray()),
    })),
  };
  return { version, bundle };
}
