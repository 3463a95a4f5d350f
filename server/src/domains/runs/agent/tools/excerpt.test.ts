import { Excerpt, type ExcerptRequest } from './excerpt';

function excerptOf(chunks: readonly (string | Buffer)[], request: Partial<ExcerptRequest> = {}): Excerpt {
  const excerpt = new Excerpt({ from: 1, to: 1_000, room: 1_000, ...request });
  for (const chunk of chunks) if (!excerpt.take(Buffer.from(chunk as string))) break;
  excerpt.end();
  return excerpt;
}

it.each<[string, string[], Partial<ExcerptRequest>, object]>([
  ['a whole file', ['a\nb\n'], {}, { text: 'a\nb\n', lines: 2, complete: true }],
  ['one without a last line break', ['a\nb'], {}, { text: 'a\nb', lines: 2, complete: true }],
  ['one that comes in pieces', ['a', '\nb', 'c\n', 'd'], {}, { text: 'a\nbc\nd', lines: 3, complete: true }],
  ['an empty one', [''], {}, { text: '', lines: 0, complete: true }],
  ['empty lines', ['\n\n'], {}, { text: '\n\n', lines: 2, complete: true }],
  ['lines in the middle', ['a\nb\nc\nd\n'], { from: 2, to: 4 }, { text: 'b\nc\n', complete: false, next: 4 }],
  ['the last lines', ['a\nb\nc'], { from: 3, to: 9 }, { text: 'c', complete: true }],
  ['just as many lines as wanted', ['a\nb\n'], { to: 3 }, { text: 'a\nb\n', complete: true }],
  ['lines behind the end', ['a\nb'], { from: 5, to: 9 }, { text: '', lines: 2, complete: true }],
  [
    'as much as there is room for',
    ['aaaa\nbbbb\ncccc\n'],
    { room: 8 },
    { text: 'aaaa\n', complete: false, next: 2 },
  ],
  [
    'the beginning of a long line',
    ['a'.repeat(50)],
    { room: 10 },
    { text: 'a'.repeat(10), lineCut: true, next: 2 },
  ],
  [
    'a line that is skipped, however long',
    ['a'.repeat(5_000), '\nb'],
    { from: 2 },
    { text: 'b', complete: true },
  ],
])('shows %s', (_what, chunks, request, expected) => {
  expect(excerptOf(chunks, request)).toMatchObject(expected);
});

it('keeps characters whole that come in pieces, or lie on the border', () => {
  const bytes = Buffer.from('grün 😀');
  expect(excerptOf([...bytes].map((byte) => Buffer.from([byte]))).text).toBe('grün 😀');
  expect(excerptOf(['abc😀def'], { room: 4 }).text).toBe('abc');
});

it.each([
  [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]), 'an image (PNG)'],
  [Buffer.concat([Buffer.from('RIFF'), Buffer.alloc(4), Buffer.from('WEBP')]), 'an image (WebP)'],
  [Buffer.from('%PDF-1.7\n\0'), 'a PDF document'],
  [Buffer.from('a\0b'), 'a binary file'],
])('knows what is no text', (bytes, kind) => {
  expect(excerptOf([bytes]).binary).toBe(kind);
});
