import { copyText } from './copy-text';

/** A window whose page is or is not allowed to use the clipboard, and copy selections. */
function windowWith({
  clipboard,
  selection,
}: {
  clipboard: 'free' | 'forbidden' | 'absent';
  selection: boolean;
}) {
  const copied: string[] = [];
  const present: string[] = [];
  const refocused: boolean[] = [];
  const field = {
    value: '',
    style: {},
    select: () => present.push('selected'),
    remove: () => present.push('removed'),
  };
  const writeText = (text: string) =>
    clipboard === 'free' ? Promise.resolve(void copied.push(text)) : Promise.reject(new Error('forbidden'));
  const document = {
    activeElement: {
      parentElement: { append: () => present.push('added') },
      focus: () => refocused.push(true),
    },
    createElement: () => field,
    execCommand: () => {
      if (selection) copied.push(field.value);
      return selection;
    },
  };
  const navigator = clipboard === 'absent' ? {} : { clipboard: { writeText } };
  return { window: { navigator, document } as unknown as Window, copied, present, refocused };
}

describe('a text that is copied', () => {
  it('goes to the clipboard', async () => {
    const { window, copied, present } = windowWith({ clipboard: 'free', selection: true });
    expect(await copyText('tides', window)).toBe(true);
    expect(copied).toEqual(['tides']);
    expect(present).toEqual([]);
  });

  it.each(['absent', 'forbidden'] as const)(
    'is selected where the clipboard is %s, and nothing is left',
    async (clipboard) => {
      const { window, copied, present, refocused } = windowWith({ clipboard, selection: true });
      expect(await copyText('tides', window)).toBe(true);
      expect(copied).toEqual(['tides']);
      expect(present).toEqual(['added', 'selected', 'removed']);
      expect(refocused).toEqual([true]);
    },
  );

  it('is told not to have been where neither works', async () => {
    const { window } = windowWith({ clipboard: 'absent', selection: false });
    expect(await copyText('tides', window)).toBe(false);
  });
});
