import { Command } from 'commander';
import { packFolder } from './pack';
import type { Terminal } from './terminal';
import { unpackArchive } from './unpack';
import { validatePaths } from './validate';

/** `strapi-skills validate <path…>`: ends with 1 when one of the skills could not be imported. Warnings are no failure. */
export function validateCommand(terminal: Terminal): Command {
  return new Command('validate')
    .description('Checks skills on disk: folders, archives, or trees of folders. Needs no Strapi app.')
    .argument('<paths...>')
    .option('--json', 'print the results as JSON')
    .action(async (paths: string[], { json }: { json?: boolean }) => {
      const results = await validatePaths(paths, terminal);
      if (json) terminal.result(JSON.stringify(results, null, 2));
      process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
    });
}

/** `strapi-skills pack <folder>`: prints the archive's path. */
export function packCommand(terminal: Terminal): Command {
  return new Command('pack')
    .description("Makes an archive of a skill's folder, the same bytes on any machine. Needs no Strapi app.")
    .argument('<folder>')
    .option('-o, --output <file>', '<alias>.zip in this folder when not given; a .tar.gz when it is named so')
    .action(async (folder: string, { output }: { output?: string }) => {
      await packFolder({ folder, output }, terminal);
      process.exitCode = 0;
    });
}

/** `strapi-skills unpack <archive>`: prints the folders that it made. */
export function unpackCommand(terminal: Terminal): Command {
  return new Command('unpack')
    .description("Unpacks an archive with the importer's checks. Needs no Strapi app.")
    .argument('<archive>')
    .option('-o, --output <folder>', "the skill's name in this folder when not given")
    .action(async (archive: string, { output }: { output?: string }) => {
      await unpackArchive({ archive, output }, terminal);
      process.exitCode = 0;
    });
}
