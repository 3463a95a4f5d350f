import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildTarGz } from '../../../../../../../tests/support/archives/hostile-tar';
import { buildZip } from '../../../../../../../tests/support/archives/hostile-zip';
import { defaultContentLimits } from '../../../../versions';
import type { Bundle } from '../bundle';
import { readBundle, readBundles } from './read-bundles';
import { findSkillFolders } from './read-folder';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'read-bundles-'));
});
afterEach(() => rm(folder, { recursive: true }));

const shape = (bundles: Bundle[]) =>
  bundles.map(({ folder: name, files }) => [name, files.map((file) => file.path)]);
const upload = (...paths: string[]) => ({
  files: paths.map((each) => ({ path: each, content: Buffer.from(each) })),
});
const codeOf = async (work: Promise<unknown>): Promise<unknown> => {
  const error = (await work.then(
    () => ({}),
    (reason: unknown) => reason,
  )) as { details?: { code: string; path?: string[] } };
  return error.details && [error.details.code, ...(error.details.path ?? [])];
};

async function lay(...paths: string[]): Promise<void> {
  for (const each of paths) {
    await mkdir(path.dirname(path.join(folder, each)), { recursive: true });
    await writeFile(path.join(folder, each), each);
  }
}

describe('where a skill begins', () => {
  it.each([
    ['at the root', ['SKILL.md', 'a/b.txt'], [[null, ['SKILL.md', 'a/b.txt']]]],
    ['under one folder', ['sums/SKILL.md', 'sums/b.txt'], [['sums', ['SKILL.md', 'b.txt']]]],
    ['deep inside', ['x/y/sums/SKILL.md'], [['sums', ['SKILL.md']]]],
    ['in any casing', ['sums/Skill.MD'], [['sums', ['Skill.MD']]]],
    ['beside what is none', ['LICENSE', 'sums/SKILL.md'], [['sums', ['SKILL.md']]]],
    [
      'several times',
      ['x/a/SKILL.md', 'x/b/SKILL.md', 'x/b/c.txt'],
      [
        ['a', ['SKILL.md']],
        ['b', ['SKILL.md', 'c.txt']],
      ],
    ],
    [
      'with an example in it',
      ['a/SKILL.md', 'a/examples/b/SKILL.md'],
      [['a', ['SKILL.md', 'examples/b/SKILL.md']]],
    ],
    ['at the root with others in it', ['SKILL.md', 'a/SKILL.md'], [[null, ['SKILL.md', 'a/SKILL.md']]]],
    ['nowhere, in one folder', ['a/x.md', 'a/y.md'], [['a', ['x.md', 'y.md']]]],
    ['nowhere at all', ['x.md', 'a/y.md'], [[null, ['x.md', 'a/y.md']]]],
  ])('%s', async (_, paths, expected) => {
    expect(shape(await readBundles(upload(...paths)))).toEqual(expected);
  });

  it('is not hidden by what macOS adds', async () => {
    const paths = [
      '__MACOSX/sums/._SKILL.md',
      '__MACOSX/._x',
      '.DS_Store',
      'sums/.DS_Store',
      'sums/SKILL.md',
      'sums/.git/config',
    ];
    const parts = paths.map((name) => ({ name, content: name }));
    for (const bytes of [buildZip(parts), buildTarGz(parts)]) {
      await writeFile(path.join(folder, 'archive'), bytes);
      expect(shape(await readBundles({ archive: path.join(folder, 'archive') }))).toEqual([
        ['sums', ['SKILL.md']],
      ]);
    }
  });

  it('is asked for once where one skill is wanted', async () => {
    expect(await codeOf(readBundle(upload('a/SKILL.md', 'b/SKILL.md')))).toEqual(['several-skills']);
  });
});

describe('an upload of single files', () => {
  it.each([
    [
      ['a/SKILL.md', 'a/../../x'],
      ['path-traversal', 'a/../../x'],
    ],
    [
      ['a/SKILL.md', '/x'],
      ['path-absolute', '/x'],
    ],
    [
      ['a/SKILL.md', 'a/X', 'a/x'],
      ['path-collision', 'a/x'],
    ],
    [[], ['archive-empty']],
    [['.DS_Store'], ['archive-empty']],
  ])('%j is refused', async (paths, expected) => {
    expect(await codeOf(readBundles(upload(...paths)))).toEqual(expected);
  });

  it('is limited skill by skill', async () => {
    const limits = { ...defaultContentLimits, maxFiles: 2 };
    expect(await readBundles(upload('a/SKILL.md', 'a/x', 'b/SKILL.md', 'b/x'), limits)).toHaveLength(2);
    expect(await codeOf(readBundles(upload('a/SKILL.md', 'a/x', 'a/y'), limits))).toEqual([
      'too-many-files',
      'y',
    ]);
  });

  it('may have 16 folders and 512 bytes below the skill, whatever is above it', async () => {
    const deep = `${'d/'.repeat(15)}${'x'.repeat(482)}`;
    expect(Buffer.byteLength(deep)).toBe(512);
    const above = 'a/b/sums';
    expect(shape(await readBundles(upload(`${above}/SKILL.md`, `${above}/${deep}`)))).toEqual([
      ['sums', ['SKILL.md', deep]],
    ]);
    expect(await codeOf(readBundles(upload('s/SKILL.md', `s/d/${deep.slice(0, -2)}`)))).toEqual([
      'path-too-deep',
      expect.any(String),
    ]);
    expect(await codeOf(readBundles(upload('s/SKILL.md', `s/${deep}x`)))).toEqual([
      'path-too-long',
      expect.any(String),
    ]);
  });
});

describe('a folder on disk', () => {
  it('is read with its executable bits, under its own name', async () => {
    await lay('sums/SKILL.md', 'sums/scripts/run.sh', 'sums/.git/config');
    await chmod(path.join(folder, 'sums/scripts/run.sh'), 0o755);
    const bundle = await readBundle({ folder: path.join(folder, 'sums') });
    expect(bundle.folder).toBe('sums');
    expect(bundle.files.map((file) => [file.path, file.executable])).toEqual([
      ['SKILL.md', false],
      ['scripts/run.sh', true],
    ]);
  });

  it('is refused with a link in it, to a file, a folder or nothing', async () => {
    for (const target of ['/etc/passwd', '/etc', 'nowhere']) {
      await lay('sums/SKILL.md');
      await symlink(target, path.join(folder, 'sums/link'));
      expect(await codeOf(readBundle({ folder: path.join(folder, 'sums') }))).toEqual(['entry-link', 'link']);
      await rm(path.join(folder, 'sums/link'));
    }
  });

  it('is refused with a pipe in it, without waiting for a writer', async () => {
    await lay('sums/SKILL.md');
    execFileSync('mkfifo', [path.join(folder, 'sums/pipe')]);
    expect(await codeOf(readBundle({ folder: path.join(folder, 'sums') }))).toEqual(['entry-device', 'pipe']);
  });

  it('is refused beyond the limits', async () => {
    await lay('sums/SKILL.md', 'sums/a');
    const read = (limits: object) =>
      codeOf(readBundle({ folder: path.join(folder, 'sums') }, { ...defaultContentLimits, ...limits }));
    expect(await read({ maxFiles: 1 })).toEqual(['too-many-files', 'a']);
    expect(await read({ maxFileBytes: 3 })).toEqual(['file-too-large', 'SKILL.md']);
    expect(await read({ maxBytes: 13 })).toEqual(['content-too-large', 'a']);
  });

  it('of many skills is found skill by skill', async () => {
    await lay(
      'z/a/SKILL.md',
      'z/a/examples/x/SKILL.md',
      'b/skill.md',
      'node_modules/c/SKILL.md',
      'README.md',
    );
    await symlink(folder, path.join(folder, 'loop'));
    const found = await findSkillFolders(folder);
    expect(found.map((each) => path.relative(folder, each))).toEqual(['b', 'z/a']);
    expect(await findSkillFolders(path.join(folder, 'b'))).toEqual([path.join(folder, 'b')]);
  });
});
