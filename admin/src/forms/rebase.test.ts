import { rebase, withTypedSince } from './rebase';

const before = { name: 'Tides', tags: ['sea'], active: true };

describe('a form, when somebody else’s change arrives', () => {
  it('is as it is stored where nothing was typed', () => {
    const stored = { name: 'Tides today', tags: ['sea', 'moon'], active: true };
    expect(rebase(before, before, stored)).toEqual({ form: stored, disputed: [], taken: ['name', 'tags'] });
  });

  it('keeps what was typed, and takes over the rest', () => {
    const typed = { ...before, name: 'My tides' };
    const { form, disputed, taken } = rebase(before, typed, { ...before, active: false });
    expect(form).toEqual({ name: 'My tides', tags: ['sea'], active: false });
    expect(disputed).toEqual([]);
    expect(taken).toEqual(['active']);
  });

  it('keeps what was typed where both have changed the same, and names it', () => {
    const typed = { ...before, tags: ['sea', 'mine'] };
    const { form, disputed, taken } = rebase(before, typed, { ...before, tags: ['theirs'] });
    expect(form.tags).toEqual(['sea', 'mine']);
    expect(disputed).toEqual(['tags']);
    expect(taken).toEqual([]);
  });

  it('disputes nothing when both have changed it to the same', () => {
    const both = { ...before, name: 'Tides today' };
    expect(rebase(before, both, both)).toEqual({ form: both, disputed: [], taken: [] });
  });

  it('takes no order of keys for a change', () => {
    const settings = (value: object) => ({ settings: value });
    const { disputed, taken } = rebase(
      settings({ a: 1, b: 2 }),
      settings({ b: 2, a: 1 }),
      settings({ b: 2, a: 1 }),
    );
    expect([disputed, taken]).toEqual([[], []]);
  });
});

describe('a form that was saved', () => {
  it('is as it is stored where nothing was typed since', () => {
    const saved = { ...before, tags: ['Sea'] };
    expect(withTypedSince(before, before, saved)).toEqual(saved);
  });

  it('keeps what was typed since it was sent', () => {
    const submitted = { ...before, name: 'My tides' };
    const now = { ...submitted, name: 'My tides, today', tags: ['sea', 'sun'] };
    expect(withTypedSince(submitted, now, submitted)).toEqual(now);
  });
});
