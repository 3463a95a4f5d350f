import { matchesGlob } from './glob';

it.each<[string, string, boolean]>([
  ['*.md', 'a.md', true],
  ['*.md', 'docs/deep/a.md', true],
  ['*.md', 'a.mdx', false],
  ['docs/*.md', 'docs/a.md', true],
  ['docs/*.md', 'docs/deep/a.md', false],
  ['docs/**', 'docs/deep/a.md', true],
  ['docs/**/a.md', 'docs/a.md', true],
  ['docs/**/a.md', 'docs/b/c/a.md', true],
  ['**/a.md', 'a.md', true],
  ['**', 'a/b', true],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['a*b*c', 'aXbYbZc', true],
  ['a*b*c', 'aXbY', false],
  ['[a].md', '[a].md', true],
  ['a.md', 'aXmd', false],
  ['', '', true],
])('%j and %j: %s', (pattern, path, expected) => {
  expect(matchesGlob(pattern, path)).toBe(expected);
});

it('takes no longer than both are long', () => {
  const pattern = `${'*a'.repeat(100)}b`;
  expect(matchesGlob(pattern, 'a'.repeat(20_000))).toBe(false);
  expect(matchesGlob('**/'.repeat(100) + 'x', 'a/'.repeat(500) + 'y')).toBe(false);
});
