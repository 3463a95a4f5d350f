import { plainText, shownLineLength, visibleText } from './plain-text';

const escape = '\u001b';

describe('what a program has printed', () => {
  it.each([
    ['colours', `${escape}[31mred${escape}[0m and ${escape}[1;38;5;200mpink`, 'red and pink'],
    ['a cursor that moves', `a${escape}[2Kb${escape}[10;5Hc`, 'abc'],
    ['a title', `${escape}]0;owned\u0007x`, 'x'],
    ['a title that never ends', `x${escape}]0;owned`, 'x'],
    ['a link', `${escape}]8;;https://evil.example${escape}\\click${escape}]8;;${escape}\\`, 'click'],
    ['eight-bit sequences', `\u009b31mred`, 'red'],
    ['a lone escape', `a${escape}`, 'a'],
    ['bells and nulls', 'a\u0007\u0000b', 'ab'],
    ['a progress bar', '10%\r50%\r100%\r\ndone', '100%\ndone'],
    ['Windows line ends', 'a\r\nb\r\n', 'a\nb\n'],
    ['tabs', 'a\tb', 'a\tb'],
    ['markup', '<script>alert(1)</script>', '<script>alert(1)</script>'],
  ])('is shown without %s', (_name, printed, shown) => {
    expect(plainText(printed)).toBe(shown);
  });

  it('shows what would turn the direction of writing', () => {
    expect(plainText('rm \u202eoga\u202c')).toBe('rm \\u{202e}oga\\u{202c}');
    expect(visibleText('rm\u0007 \u2066x')).toBe('rm\\u{0007} \\u{2066}x');
  });

  it('cuts lines that are too long, each for itself', () => {
    const long = 'x'.repeat(shownLineLength + 1);
    expect(plainText(`${long}\nshort`)).toBe(`${long.slice(1)}…\nshort`);
  });

  it('takes a megabyte of escapes without delay', () => {
    expect(plainText(`${escape}]`.repeat(300_000)).length).toBeLessThan(10);
    expect(plainText(`${escape}[`.repeat(300_000))).toBeDefined();
  });
});
