import { TextStream } from './text-stream';

describe('a stream of text', () => {
  it('puts together characters that were cut by the border of a chunk', () => {
    const stream = new TextStream();
    const bytes = Buffer.from('a😀é');
    const texts = [...bytes].map((byte) => stream.push(Buffer.from([byte])));
    expect([...texts, stream.end()].join('')).toBe('a😀é');
    expect(texts.join('')).not.toContain('\ufffd');
  });

  it('replaces what is no character, at the end as well', () => {
    const stream = new TextStream();
    expect(stream.push(Buffer.from([0x61, 0xff, 0xe2, 0x82]))).toBe('a\ufffd');
    expect(stream.end()).toBe('\ufffd');
  });

  it.each([
    ['{"a":1}\n', { value: { a: 1 } }],
    ['[1]\ntext after it\n', { value: [1] }],
    ['text\n42\n', { value: 42 }],
    ['42\ntext\n', undefined],
    ['{"a":1\n', undefined],
    ['', undefined],
    ['null\n\n  \n', { value: null }],
  ])('finds the last line that is JSON in %j', (text, expected) => {
    const stream = new TextStream();
    stream.push(Buffer.from(text));
    expect(stream.lastJson()).toEqual(expected);
  });

  it('remembers the end of a very long text', () => {
    const stream = new TextStream();
    for (let index = 0; index < 40; index += 1) stream.push(Buffer.alloc(100_000, 'x\n'));
    stream.push(Buffer.from('{"last":true}'));
    expect(stream.lastJson()).toEqual({ value: { last: true } });
    expect(stream.lastLines(2, 1000)).toBe('x\n{"last":true}');
  });
});
