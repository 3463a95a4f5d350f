import path from 'node:path';
import { Command, Option } from 'commander';
import type { ImportConflictChoice, ImportResult } from 'strapi-plugin-skills-shared/contracts';
import { withHostApp } from './host-app';
import { importTree } from './import-tree';
import type { Terminal } from './terminal';

interface ImportFlags {
  app: string;
  conflict: ImportConflictChoice;
  publish?: boolean;
  note?: string;
  json?: boolean;
}

const failures: readonly ImportResult['outcome'][] = ['refused', 'conflict'];

const words: Record<ImportResult['outcome'], string> = {
  created: 'created',
  'new-version': 'added as a new version',
  unchanged: 'unchanged',
  skipped: 'skipped',
  conflict: 'not imported: there is a skill of that name; say what to do with it by --conflict',
  refused: 'refused',
};

/** `strapi-skills import <path>`: a skill's folder or archive, or every skill of a tree. Ends with 1 when one fails. */
export function importCommand(terminal: Terminal): Command {
  return new Command('import')
    .description('Imports a skill, or every skill of a tree of folders, into the Strapi app.')
    .argument('<path>', "a skill's folder, an archive (.zip, .skill, .tar.gz), or a folder that holds many")
    .addOption(
      new Option('--conflict <choice>', 'what to do with a skill whose name exists')
        .choices(['ask', 'new-version', 'new-skill', 'skip'])
        .default('ask', 'it is not imported, and counts as failed'),
    )
    .option('--publish', 'publish what came in')
    .option('--note <text>', 'a note for the publication')
    .option('--json', 'print the results as JSON')
    .option('--app <folder>', "the Strapi app's folder", process.cwd())
    .action(async (given: string, flags: ImportFlags) => {
      const source = path.resolve(given);
      const results = await withHostApp(path.resolve(flags.app), (strapi) =>
        importTree(strapi, { ...flags, path: source }, (result, position, total) =>
          terminal.progress(`[${position}/${total}] ${describe(result)}`),
        ),
      );
      terminal.progress(summarize(results));
      if (flags.json) terminal.result(JSON.stringify(results, null, 2));
      process.exitCode = results.some(({ outcome }) => failures.includes(outcome)) ? 1 : 0;
    });
}

function describe({ source, alias, outcome, findings, error }: ImportResult): string {
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  const noted = warnings === 0 ? '' : `, with ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
  const reason =
    error === null ? '' : `: ${error.message}${error.path === undefined ? '' : ` (${error.path})`}`;
  return `${alias ?? source}: ${words[outcome]}${noted}${reason}`;
}

function summarize(results: readonly ImportResult[]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const parts = [...counts].map(([outcome, count]) => `${count} ${outcome}`);
  return `${results.length} ${results.length === 1 ? 'skill' : 'skills'}: ${parts.join(', ')}.`;
}
