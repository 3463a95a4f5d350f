import { formOf, skillsIn, sourcesOf } from './bundle-source';

const file = (path: string) => ({ path, file: new Blob([path]) });
const pathsOf = (paths: string[]) =>
  skillsIn(paths.map(file)).map(({ name, content }) => [
    name,
    'files' in content ? content.files.map(({ path }) => path) : [],
  ]);

describe('the skills in a dropped folder', () => {
  it('are one when the folder itself is a skill', () => {
    expect(pathsOf(['pdf/SKILL.md', 'pdf/scripts/run.py'])).toEqual([
      ['pdf', ['pdf/SKILL.md', 'pdf/scripts/run.py']],
    ]);
  });

  it('are all that a tree holds, each under its own folder name', () => {
    expect(
      pathsOf(['repo/README.md', 'repo/skills/a/SKILL.md', 'repo/skills/a/x.py', 'repo/skills/b/skill.md']),
    ).toEqual([
      ['repo/skills/a', ['a/SKILL.md', 'a/x.py']],
      ['repo/skills/b', ['b/skill.md']],
    ]);
  });

  it('do not mistake a neighbour whose name begins alike', () => {
    expect(pathsOf(['t/a/SKILL.md', 't/ab/notes.md'])).toEqual([['t/a', ['a/SKILL.md']]]);
  });

  it('keep an example skill inside the skill that it belongs to', () => {
    expect(pathsOf(['maker/SKILL.md', 'maker/examples/x/SKILL.md'])).toEqual([
      ['maker', ['maker/SKILL.md', 'maker/examples/x/SKILL.md']],
    ]);
  });

  it('are the whole folder when it has no SKILL.md, so that the server can say so', () => {
    expect(pathsOf(['docs/a.txt', 'docs/b.txt'])).toEqual([['docs', ['docs/a.txt', 'docs/b.txt']]]);
  });

  it('leave out the litter of operating systems', () => {
    expect(pathsOf(['s/SKILL.md', 's/.DS_Store', '__MACOSX/s/._SKILL.md', 's/.git/HEAD'])).toEqual([
      ['s', ['s/SKILL.md']],
    ]);
    expect(pathsOf(['.DS_Store'])).toEqual([]);
  });
});

describe('chosen files', () => {
  it('are a skill for each archive and one for loose files', () => {
    const names = ['a.zip', 'b.tar.gz', 'c.skill', 'SKILL.md', 'run.py'].map((name) => new File(['x'], name));
    expect(
      sourcesOf(names).map(({ content }) => ('archive' in content ? content.archive.name : 'files')),
    ).toEqual(['a.zip', 'b.tar.gz', 'c.skill', 'files']);
  });
});

describe('the form of an upload', () => {
  it('carries the archive as it is', () => {
    const form = formOf(
      { name: 'a.zip', content: { archive: new File(['x'], 'a.zip') } },
      { conflict: 'ask' },
    );
    expect(form.get('conflict')).toBe('ask');
    expect((form.get('file') as File).name).toBe('a.zip');
  });

  it('carries the paths as a list, and each file named by its place in it', () => {
    const form = formOf({ name: 's', content: { files: [file('s/SKILL.md'), file('s/x/run.py')] } }, {});
    expect(form.getAll('paths')).toEqual([JSON.stringify(['s/SKILL.md', 's/x/run.py'])]);
    expect(form.getAll('files').map((entry) => (entry as File).name)).toEqual(['0', '1']);
  });
});
