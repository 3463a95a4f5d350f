import { createSecretMask, noMask } from '../../../platform/secret-mask';
import { maskOutput } from './masked-output';

function open(secrets: readonly string[]) {
  const shown: string[] = [];
  const output = maskOutput(createSecretMask(secrets), (chunk) => {
    shown.push(chunk.toString());
    return Promise.resolve();
  });
  return { shown, take: (text: string) => output.take(Buffer.from(text)), end: () => output.end() };
}

describe("a terminal's output", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('does not show a secret, in however many pieces it comes', async () => {
    const { shown, take, end } = open(['sesame-open']);
    for (const piece of ['token: ses', 'ame-', 'open', '!\r\n']) await take(piece);
    await end();
    expect(shown.join('')).not.toContain('sesame');
    expect(shown.join('')).toMatch(/^token: .*!\r\n$/);
  });

  it('holds back what could be the beginning of one, but not for long', async () => {
    const { shown, take } = open(['$ecret-value']);
    await take('/work/skill$');
    expect(shown.join('')).toBe('/work/skill');
    await jest.advanceTimersByTimeAsync(200);
    expect(shown.join('')).toBe('/work/skill$');
  });

  it('waits with what was held back until what came before it is taken', async () => {
    const shown: string[] = [];
    const takers: (() => void)[] = [];
    const output = maskOutput(createSecretMask(['$ecret-value']), (chunk) => {
      shown.push(chunk.toString());
      return new Promise((resolve) => takers.push(resolve));
    });
    const taken = jest.fn();
    void output.take(Buffer.from('/work/skill$')).then(taken);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(shown).toEqual(['/work/skill']);
    takers[0]?.();
    await jest.advanceTimersByTimeAsync(0);
    expect(taken).toHaveBeenCalled();
    expect(shown).toEqual(['/work/skill', '$']);
  });

  it('keeps characters whole that come in pieces', async () => {
    const shown: Buffer[] = [];
    const output = maskOutput(createSecretMask(['sesame-open']), (chunk) => {
      shown.push(chunk);
      return Promise.resolve();
    });
    const bytes = Buffer.from('日本');
    await output.take(bytes.subarray(0, 4));
    await output.take(bytes.subarray(4));
    await output.end();
    expect(Buffer.concat(shown).toString()).toBe('日本');
  });

  it('passes through as it is when there is nothing to mask', async () => {
    const bytes = Buffer.from([0xff, 0x00, 0x1b]);
    const shown: Buffer[] = [];
    const output = maskOutput(noMask, (chunk) => Promise.resolve(void shown.push(chunk)));
    await output.take(bytes);
    expect(shown[0]?.equals(bytes)).toBe(true);
  });
});
