import { buildTree, foldersAbove, pathProblem, visibleRows } from './file-tree';

const files = (...paths: string[]) =>
  paths.map((path) => ({ path, digest: path, size: 1, executable: false }));
const shown = (paths: string[], open: string[]) =>
  visibleRows(buildTree(files(...paths)), new Set(open)).map(
    ({ node, depth }) => `${'  '.repeat(depth)}${node.name}`,
  );

describe('the tree of files', () => {
  const paths = [
    'SKILL.md',
    'scripts/run.py',
    'scripts/lib/a10.py',
    'scripts/lib/a9.py',
    'assets/x.png',
    'LICENSE',
  ];

  it('shows folders first, and files by name with numbers by value', () => {
    expect(shown(paths, ['scripts', 'scripts/lib'])).toEqual([
      'assets',
      'scripts',
      '  lib',
      '    a9.py',
      '    a10.py',
      '  run.py',
      'LICENSE',
      'SKILL.md',
    ]);
  });

  it('hides what lies in a closed folder, even below an open one', () => {
    expect(shown(paths, ['scripts/lib'])).toEqual(['assets', 'scripts', 'LICENSE', 'SKILL.md']);
  });

  it('makes folders that hold only folders', () => {
    expect(shown(['a/b/c/d.txt'], ['a', 'a/b', 'a/b/c'])).toEqual(['a', '  b', '    c', '      d.txt']);
  });

  it('copes with five hundred files', () => {
    const many = Array.from({ length: 500 }, (_, index) => `folder-${index % 20}/file-${index}.md`);
    expect(
      shown(
        many,
        Array.from({ length: 20 }, (_, index) => `folder-${index}`),
      ),
    ).toHaveLength(520);
  });
});

describe('the folders above a path', () => {
  it('are outermost first', () => {
    expect(foldersAbove('a/b/c.txt')).toEqual(['a', 'a/b']);
    expect(foldersAbove('c.txt')).toEqual([]);
  });
});

describe('what is wrong with a path', () => {
  const existing = files('SKILL.md', 'scripts/run.py', 'scripts/lib/a.py');

  it.each([
    ['', 'empty'],
    ['../x', 'unsafe'],
    ['a//b', 'unsafe'],
    ['/etc/passwd', 'unsafe'],
    ['a\\b', 'unsafe'],
    ['skill.MD', 'taken'],
    ['scripts', 'taken'],
    ['SKILL.md/x', 'taken'],
    ['scripts/new.py', undefined],
  ])('%p is %p', (path, problem) => {
    expect(pathProblem(path, existing)).toBe(problem);
  });

  it('lets a file keep its own place, or change its case', () => {
    expect(pathProblem('Skill.md', existing, 'SKILL.md')).toBeUndefined();
  });

  it('does not let a folder move into itself', () => {
    expect(pathProblem('scripts/lib/scripts', existing, 'scripts')).toBe('unsafe');
  });
});
