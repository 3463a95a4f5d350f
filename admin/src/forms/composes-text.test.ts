import { composesText } from './composes-text';

describe('a key', () => {
  it.each([
    ['is its field’s', { keyCode: 13, nativeEvent: { isComposing: false } }, false],
    ['is the input method’s while it composes', { keyCode: 13, nativeEvent: { isComposing: true } }, true],
    [
      'is the input method’s where only its code says so',
      { keyCode: 229, nativeEvent: { isComposing: false } },
      true,
    ],
  ])('%s', (_what, event, taken) => {
    expect(composesText(event)).toBe(taken);
  });
});
