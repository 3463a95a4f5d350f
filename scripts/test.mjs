import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureInstalled } from './install.mjs';
import { runLoudly, runScript, ScriptError } from './steps.mjs';

const needNodeOnly = ['unit', 'api'];

/**
 * `npm test [-- --no-skips] [Jest's own parameters]`: everything that needs only Node. It installs what is missing, and ends
 * with the totals on a line of their own. A file that could not even be loaded counts as one failure. With `--no-skips` a
 * skipped test is a failure too: CI has every service that a test could ask for.
 */
runScript(async () => {
  await ensureInstalled();
  const given = process.argv.slice(2);
  const parameters = given.filter((parameter) => parameter !== '--no-skips');
  const projects = parameters.includes('--selectProjects') ? [] : ['--selectProjects', ...needNodeOnly];
  const folder = mkdtempSync(path.join(tmpdir(), 'skills-test-'));
  const report = path.join(folder, 'report.json');
  try {
    const command = ['node_modules/jest/bin/jest.js', ...projects, ...parameters];
    const code = await runLoudly(process.execPath, [...command, '--json', `--outputFile=${report}`], {
      env: parameters.length === 0 ? { TESTS_TOGETHER: '1' } : {},
    });
    if (!existsSync(report)) throw new ScriptError(`Jest ended with exit code ${code} and without a report.`);
    process.exitCode = summarize(
      JSON.parse(readFileSync(report, 'utf8')),
      code,
      given.includes('--no-skips'),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function summarize(report, code, noSkips) {
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  const skipped = report.numPendingTests + report.numTodoTests;
  if (noSkips && skipped > 0)
    console.log('Tests were skipped, where every service that they need should be.');
  if (passed + failed === 0) console.log('No test was found.');
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  return code !== 0 || failed > 0 || passed === 0 || (noSkips && skipped > 0) ? 1 : 0;
}
