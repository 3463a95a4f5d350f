import { access, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packFolder } from './pack';
import { unpackArchive } from './unpack';
import { validatePaths } from './validate';

let folder: string;
let printed: { results: string[]; progress: string[] };
const terminal = {
  result: (text: string) => void printed.results.push(text),
  progress: (text: string) => void printed.progress.push(text),
};

async function makeSkill(
  name: string,
  skill = `---\nname: ${name}\ndescription: Adds.\n---\n`,
): Promise<string> {
  const skillFolder = path.join(folder, name);
  await mkdir(path.join(skillFolder, 'scripts'), { recursive: true });
  await writeFile(path.join(skillFolder, 'SKILL.md'), skill);
  await writeFile(path.join(skillFolder, 'scripts', 'run.sh'), 'echo 1\n', { mode: 0o755 });
  return skillFolder;
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'offline-commands-'));
  printed = { results: [], progress: [] };
});
afterEach(() => rm(folder, { recursive: true }));

describe('validate', () => {
  it('tells each skill of a tree apart, and which could be imported', async () => {
    await makeSkill('good');
    await makeSkill('bad', '# no frontmatter\n');
    const results = await validatePaths([folder], terminal);
    expect(results.map(({ alias, ok }) => [alias, ok])).toEqual([
      ['bad', false],
      ['good', true],
    ]);
    expect(printed.progress.join('\n')).toContain('SKILL.md:1:1');
  });

  it('says why an archive cannot be read', async () => {
    const file = path.join(folder, 'x.zip');
    await writeFile(file, 'not a zip');
    const [result] = await validatePaths([file], terminal);
    expect(result).toMatchObject({
      ok: false,
      error: 'The file is neither a zip nor a gzipped tar archive.',
    });
  });

  it('refuses a path where there is nothing', async () => {
    await expect(validatePaths([path.join(folder, 'nowhere')], terminal)).rejects.toThrow(
      'There is nothing at',
    );
  });

  it('finds fault with a folder that holds no skill', async () => {
    await writeFile(path.join(folder, 'README.md'), 'x');
    const [result] = await validatePaths([folder], terminal);
    expect(result?.findings.map(({ code }) => code)).toEqual(['skill-file-missing']);
  });
});

describe.each(['zip', 'tar.gz'])('pack and unpack (%s)', (format) => {
  it('give back the same files and executable bits', async () => {
    const skill = await makeSkill('sums');
    const file = await packFolder({ folder: skill, output: path.join(folder, `out.${format}`) }, terminal);
    const made = await unpackArchive(
      { archive: file, output: path.join(folder, 'there', 'again') },
      terminal,
    );
    expect(made).toEqual([path.join(folder, 'there', 'again')]);
    expect(await readFile(path.join(made[0] ?? '', 'SKILL.md'), 'utf8')).toContain('name: sums');
    expect((await stat(path.join(made[0] ?? '', 'scripts/run.sh'))).mode & 0o777).toBe(0o755);
    expect(await readdir(path.join(folder, 'there'))).toEqual(['again']);
  });
});

describe('unpack', () => {
  it('overwrites nothing', async () => {
    const file = await packFolder(
      { folder: await makeSkill('sums'), output: path.join(folder, 'a.zip') },
      terminal,
    );
    const output = path.join(folder, 'taken');
    await writeFile(output, 'mine');
    await expect(unpackArchive({ archive: file, output }, terminal)).rejects.toThrow('exists already');
    expect(await readFile(output, 'utf8')).toBe('mine');
  });

  it('leaves nothing behind when a later part fails', async () => {
    const file = await packFolder(
      { folder: await makeSkill('sums'), output: path.join(folder, 'a.zip') },
      terminal,
    );
    await writeFile(path.join(folder, 'a-file'), '');
    const output = path.join(folder, 'a-file', 'inside');
    await expect(unpackArchive({ archive: file, output }, terminal)).rejects.toThrow(/ENOTDIR|EEXIST/);
    expect((await readdir(folder)).filter((name) => name.startsWith('.unpack'))).toEqual([]);
  });
});

describe('pack', () => {
  it('refuses a skill that nobody could import, and writes nothing', async () => {
    const skill = await makeSkill('bad', '---\nname: bad\n---\n');
    const output = path.join(folder, 'bad.zip');
    await expect(packFolder({ folder: skill, output }, terminal)).rejects.toThrow('no description');
    await expect(access(output)).rejects.toThrow('ENOENT');
  });
});
