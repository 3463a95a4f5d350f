import { execFile } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describeWhereBubblewrapIs } from '../conformance/where-bubblewrap-is';
import { createBubblewrap } from './bubblewrap';

const run = promisify(execFile);
const repository = join(__dirname, '../../../../..');
const nobody = 65_534;

const suites = ['bubblewrap.test.ts', 'escapes.test.ts', 'hosts.test.ts'];

/** Runs the conformance suite, and all that tries to get out, in a Jest of its own, as a user without privileges. */
async function runSuiteAsNobody(scratch: string): Promise<string> {
  const jest = [
    require.resolve('jest/bin/jest'),
    '--ci',
    `--cacheDirectory=${scratch}`,
    '--selectProjects=unit',
  ];
  const { stderr } = await run(
    'setpriv',
    [
      ...[`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--inh-caps=-all', '--'],
      ...[process.execPath, ...jest, '--runTestsByPath', ...suites.map((file) => join(__dirname, file))],
      ...['-t', 'with what this host offers|escapes from bubblewrap|by socat'],
    ],
    {
      cwd: repository,
      env: { PATH: process.env.PATH, HOME: scratch, TMPDIR: scratch, CI: 'true' },
      maxBuffer: 2 ** 24,
    },
  );
  return stderr;
}

describeWhereBubblewrapIs('bubblewrap without being root', () => {
  it('passes the same suites', async () => {
    if (process.getuid?.() !== 0) {
      // Then the suite beside this one has been run without being root already.
      const probe = await createBubblewrap().probe();
      expect(probe).toMatchObject({
        isolation: { notes: expect.arrayContaining([expect.stringContaining("server's user id")]) },
      });
      return;
    }
    const scratch = await mkdtemp(join(tmpdir(), 'skills-nobody-'));
    try {
      await chown(scratch, nobody, nobody);
      expect(await runSuiteAsNobody(scratch)).toMatch(/Tests: +(\d+ skipped, )?\d{3} passed/);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }, 480_000);
});
