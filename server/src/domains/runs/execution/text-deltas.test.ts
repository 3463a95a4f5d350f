import { MAX_DELTA_CHARACTERS, splitText } from './text-deltas';

describe('splitting text', () => {
  it('never cuts a character in half', () => {
    const text = `${'x'.repeat(MAX_DELTA_CHARACTERS - 1)}🎉${'y'.repeat(MAX_DELTA_CHARACTERS)}`;
    const parts = [...splitText(text)];
    expect(parts.join('')).toBe(text);
    expect(
      parts.every((part) => part.length <= MAX_DELTA_CHARACTERS && Buffer.from(part).toString() === part),
    ).toBe(true);
  });

  it('gives nothing for nothing', () => {
    expect([...splitText('')]).toEqual([]);
  });
});
