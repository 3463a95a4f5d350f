import { Command } from 'commander';
import { describeError } from './command-error';
import { exportCommand } from './export-command';
import { importCommand } from './import-command';
import { packCommand, unpackCommand, validateCommand } from './offline-commands';
import { takeTerminal } from './terminal';

function createProgram(): Command {
  const terminal = takeTerminal();
  return new Command('strapi-skills')
    .description('Moves skills between folders, archives and a Strapi app.')
    .configureOutput({ writeOut: (text) => terminal.result(text.trimEnd()) })
    .showHelpAfterError('(strapi-skills --help lists what there is)')
    .addCommand(importCommand(terminal))
    .addCommand(exportCommand(terminal))
    .addCommand(validateCommand(terminal))
    .addCommand(packCommand(terminal))
    .addCommand(unpackCommand(terminal));
}

/**
 * Runs the command line and ends the process: 0 when all of it was done, 1 when something was not. Until a command has
 * finished the exit code is 1, so that an app which shuts the process down half-way never looks like success.
 */
export async function main(argv: readonly string[]): Promise<void> {
  process.exitCode = 1;
  try {
    await createProgram().parseAsync([...argv]);
  } catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    process.exit(1);
  }
  process.exit();
}
