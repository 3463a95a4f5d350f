import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ImportResult } from 'strapi-plugin-skills-shared/contracts';
import { readBundle } from '../../server/src/domains/skills/kinds/bundle';
import { createTestDatabase, type TestDatabase } from '../support/strapi';

// @any-database: The commands use the services that other tests try on every database.
// @own-process: It starts commands of its own, and takes as long as many other files.

const root = path.resolve(__dirname, '../..');
const app = path.join(root, 'tests/support/app');
const starter = `require(${JSON.stringify(path.join(root, 'server/src/cli/index.ts'))}).main(process.argv)`;

// Each command boots an app of its own.
jest.setTimeout(120_000);

describe('strapi-skills on a host app', () => {
  let database: TestDatabase;
  let folder: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    folder = mkdtempSync(path.join(tmpdir(), 'skills-command-'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await database.drop();
  });

  /** Each call is a process of its own, as at a terminal. */
  function run(...parameters: string[]): { code: number | null; stdout: string; stderr: string } {
    const node = ['--require', path.join(root, 'tests/support/register-typescript.cjs')];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...node, '-e', starter, 'strapi-skills', ...parameters, '--app', app],
      {
        cwd: folder,
        encoding: 'utf8',
        env: {
          ...process.env,
          STRAPI_TELEMETRY_DISABLED: 'true',
          SKILLS_TEST_APP: JSON.stringify({ database: database.connection, skills: {}, enabled: true }),
        },
      },
    );
    return { code: status, stdout, stderr };
  }

  const importJson = (...parameters: string[]): { code: number | null; results: ImportResult[] } => {
    const { code, stdout, stderr } = run('import', ...parameters, '--json');
    if (stdout === '') throw new Error(stderr);
    return { code, results: JSON.parse(stdout) as ImportResult[] };
  };

  function writeSkill(name: string, content: string): string {
    const skill = path.join(folder, 'tree', name);
    mkdirSync(skill, { recursive: true });
    writeFileSync(path.join(skill, 'SKILL.md'), content);
    return skill;
  }

  it('imports a tree, tells what became of each skill, and fails when one is refused', () => {
    writeSkill('adds', '---\nname: adds\ndescription: Adds numbers.\n---\n# Adds\n');
    writeSkill('broken', '# No frontmatter\n');
    const { code, stdout, stderr } = run('import', path.join(folder, 'tree'), '--publish', '--json');
    const results = JSON.parse(stdout) as ImportResult[];
    expect(results.map(({ outcome, alias }) => [outcome, alias])).toEqual([
      ['created', 'adds'],
      ['refused', null],
    ]);
    expect(stderr).toContain('[1/2] adds: created');
    expect(stderr).toContain('2 skills: 1 created, 1 refused.');
    expect(code).toBe(1);
  });

  it('writes nothing for the same content, and succeeds', () => {
    expect(importJson(path.join(folder, 'tree/adds'), '--publish')).toMatchObject({
      code: 0,
      results: [{ outcome: 'unchanged', versionNumber: 1 }],
    });
  });

  it('leaves a skill of the same name alone until it is told what to do', () => {
    const skill = writeSkill('adds', '---\nname: adds\ndescription: Adds more numbers.\n---\n# Adds\n');
    expect(importJson(skill)).toMatchObject({ code: 1, results: [{ outcome: 'conflict' }] });
    expect(importJson(skill, '--conflict', 'new-version')).toMatchObject({
      code: 0,
      results: [{ outcome: 'new-version', versionNumber: 2 }],
    });
  });

  it('exports any version, and an archive that imports as unchanged', async () => {
    expect(run('export', 'adds', '--version', '1').code).toBe(0);
    const first = await readBundle({ archive: path.join(folder, 'adds.zip') });
    expect(first.folder).toBe('adds');
    expect(first.files.map(({ content }) => content.toString())).toEqual([
      '---\nname: adds\ndescription: Adds numbers.\n---\n# Adds\n',
    ]);
    const file = path.join(folder, 'current.tar.gz');
    expect(run('export', 'adds', '--format', 'tar.gz', '-o', file)).toMatchObject({
      code: 0,
      stdout: `${file}\n`,
    });
    expect(importJson(file)).toMatchObject({ code: 0, results: [{ outcome: 'unchanged' }] });
  });

  it('says in a sentence what is wrong, without a stack', () => {
    const missing = run('export', 'nobody');
    expect(missing.code).toBe(1);
    expect(missing.stderr.trim().split('\n').pop()).toBe('There is no such skill.');
    const nowhere = run('import', path.join(folder, 'nowhere'));
    expect(nowhere.code).toBe(1);
    expect(nowhere.stderr).toContain('There is nothing at');
    expect(nowhere.stderr).not.toContain('    at ');
  });
});
