import { contentKind, imageMime, textOf } from './content-kind';

describe('what a file can be shown as', () => {
  it.each([
    ['a/b.PNG', 'application/octet-stream', 'image'],
    ['data.csv', '', 'csv'],
    ['README.md', 'text/plain', 'markdown'],
    ['report', 'application/json; charset=utf-8', 'json'],
    ['page', 'application/problem+json', 'json'],
    ['notes', 'text/x-python', 'text'],
    ['.gitignore', '', undefined],
    ['model.bin', 'application/octet-stream', undefined],
  ])('%s (%s) is %s', (path, mime, kind) => {
    expect(contentKind(path, mime)).toBe(kind);
  });

  it('names the type a browser knows for an image', () => {
    expect(['a.svg', 'a.jpg', 'a.webp'].map(imageMime)).toEqual([
      'image/svg+xml',
      'image/jpeg',
      'image/webp',
    ]);
  });
});

describe('text in bytes', () => {
  const bytes = (...values: number[]) => new Uint8Array(values).buffer;

  it('reads UTF-8 and keeps a byte order mark, so that saving changes nothing else', () => {
    expect(textOf(bytes(0xef, 0xbb, 0xbf, 0xc3, 0xa9))).toBe('\uFEFFé');
  });

  it('is none when the bytes are not UTF-8 or hold a NUL', () => {
    expect(textOf(bytes(0xff, 0xd8))).toBeUndefined();
    expect(textOf(bytes(65, 0, 66))).toBeUndefined();
  });
});
