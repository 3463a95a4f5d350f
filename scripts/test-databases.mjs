import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { apiTestsFor } from '../tests/api/together/api-tests.cjs';
import { root, runLoudly, runScript, ScriptError } from './steps.mjs';

/** By the name on the command line: what the tests' own settings call it, and what Strapi's configuration calls it. */
const databases = {
  sqlite: { TEST_DATABASES: 'sqlite', DATABASE_CLIENT: 'sqlite' },
  postgres: { TEST_DATABASES: 'postgres', DATABASE_CLIENT: 'postgres' },
  mariadb: { TEST_DATABASES: 'mariadb', DATABASE_CLIENT: 'mysql' },
};

function testsUnder(folder) {
  return readdirSync(path.join(root, folder), { recursive: true })
    .map((file) => path.posix.join(folder, file.split(path.sep).join('/')))
    .filter((file) => file.endsWith('.test.ts'));
}

/** The tests that speak to a database: those that boot Strapi, many of them together, and the units that ask for one. */
function testsOfDatabases(client) {
  const asksForOne = (file) =>
    /support\/(database|describe-runs)/.test(readFileSync(path.join(root, file), 'utf8'));
  return [
    ...testsUnder('tests/api/together'),
    ...apiTestsFor(client).flatMap(({ name, apart }) => (apart ? [`tests/api/${name}`] : [])),
    ...testsUnder('server/src').filter(asksForOne),
  ];
}

/** `npm run test:databases -- postgres mariadb`: the tests that speak to a database again, on each that is named. */
runScript(async () => {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !Object.hasOwn(databases, name));
  if (names.length === 0 || unknown.length > 0) {
    throw new ScriptError(`Name at least one of: ${Object.keys(databases).join(', ')}.`);
  }
  for (const name of names) {
    console.log(`\n=== ${name}`);
    const parameters = [
      'scripts/test.mjs',
      '--no-skips',
      '--selectProjects',
      'unit',
      'api',
      '--runTestsByPath',
    ];
    const code = await runLoudly(
      process.execPath,
      [...parameters, ...testsOfDatabases(databases[name].DATABASE_CLIENT)],
      {
        env: { ...databases[name], TESTS_TOGETHER: '1' },
      },
    );
    process.exitCode = process.exitCode || code;
  }
});
