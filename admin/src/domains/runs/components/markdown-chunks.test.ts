import { markdownChunks } from './markdown-chunks';

describe('Markdown in chunks', () => {
  it('is cut between paragraphs', () => {
    expect(markdownChunks('one\n\ntwo\nlines\n\n\n# three\n')).toEqual([
      'one\n\n',
      'two\nlines\n\n\n',
      '# three\n',
    ]);
  });

  it.each([
    ['a fence', '```js\na\n\nb\n```\n'],
    ['a longer fence', '````\n```\n\nb\n````\n'],
    ['a fence that has not ended', '~~~\na\n\nb'],
    ['a loose list', '- a\n\n- b\n\n  more of b\n\n1. c\n'],
    ['indented code', '    a\n\n    b\n'],
  ])('is not cut within %s', (_what, text) => {
    expect(markdownChunks(text)).toEqual([text]);
  });

  it('loses nothing, wherever a growing text stands', () => {
    const text = 'a\n\n```\nx\n\ny\n```\n\n- b\n\n- c\n\nd\n\n| e |\n|---|\n| f |\n';
    for (let length = 0; length <= text.length; length += 1) {
      expect(markdownChunks(text.slice(0, length)).join('')).toBe(text.slice(0, length));
    }
  });

  it('leaves the chunks before the last as they were when the text grows by a paragraph', () => {
    const before = markdownChunks('a\n\nb\n\n');
    expect(markdownChunks('a\n\nb\n\nc').slice(0, 2)).toEqual(before);
  });
});
