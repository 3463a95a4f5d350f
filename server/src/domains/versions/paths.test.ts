import { checkContent, defaultContentLimits } from './content-limits';
import { checkPath, checkPaths } from './paths';

it.each(['SKILL.md', 'a/b/c.txt', 'ü/日本.md', '🍌', '.env', '...', 'a b', 'ab:c', 'C', 'con'])(
  '%j may name a file',
  (path) => {
    expect(checkPath(path)).toBeUndefined();
  },
);

it.each([
  ['', 'path-empty'],
  ['/a', 'path-absolute'],
  ['c:\u0061', 'path-absolute'],
  ['a/', 'path-empty-segment'],
  ['a//b', 'path-empty-segment'],
  ['..', 'path-traversal'],
  ['a/..', 'path-traversal'],
  ['.', 'path-traversal'],
  ['a\\b', 'path-backslash'],
  ['a\u0000', 'path-control-character'],
  ['a\u0085', 'path-control-character'],
  ['a\ud800', 'path-not-unicode'],
  ['é'.repeat(257), 'path-too-long'],
  ['a/'.repeat(16) + 'b', 'path-too-deep'],
])('%j may not, and the reason names it', (path, code) => {
  const problem = checkPath(path);
  expect(problem).toMatchObject({ code, path });
  expect(problem?.message).toMatch(/^The path ".*" .*\.$/);
});

it('512 bytes and 16 segments are allowed', () => {
  expect(checkPath('é'.repeat(256))).toBeUndefined();
  expect(checkPath('a/'.repeat(15) + 'b')).toBeUndefined();
});

it.each([
  [['a', 'b', 'c/d', 'c/e'], undefined],
  [['a', 'a'], 'path-duplicate'],
  [['a', 'A'], 'path-collision'],
  [['\u212b', 'å'], 'path-collision'],
  [['ς', 'σ'], 'path-collision'],
  [['x/a', 'X/b'], 'path-collision'],
  [['x', 'x/a'], 'path-file-and-folder'],
  [['x/a', 'x'], 'path-file-and-folder'],
  [['x/a', 'X'], 'path-collision'],
])('%j side by side', (paths, code) => {
  expect(checkPaths(paths)?.code).toBe(code);
});

it('content is measured file by file and together, and the first file too much is named', () => {
  const limits = { ...defaultContentLimits, maxFiles: 2, maxFileBytes: 10, maxBytes: 15 };
  const check = (...sizes: number[]) =>
    checkContent(
      sizes.map((size, index) => ({ path: `${index}`, size })),
      limits,
    );
  expect(check(10, 5)).toBeUndefined();
  expect(check(11)).toMatchObject({ code: 'file-too-large', path: '0' });
  expect(check(10, 6)).toMatchObject({ code: 'content-too-large', path: '1' });
  expect(check(1, 1, 1)).toMatchObject({ code: 'too-many-files', path: '2' });
});
