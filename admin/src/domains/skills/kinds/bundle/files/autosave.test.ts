import { createAutosave } from './autosave';

/** Saves that end when the test says so. */
function setUp() {
  const states: string[] = [];
  const saved: string[] = [];
  const open: { succeed(): void; fail(): void }[] = [];
  const autosave = createAutosave({
    delayMs: 500,
    save: (text) =>
      new Promise((resolve, reject) => {
        saved.push(text);
        open.push({ succeed: resolve, fail: () => reject(new Error('refused')) });
      }),
    onState: ({ status }) => states.push(status),
  });
  const settle = async (how: 'succeed' | 'fail') => {
    open.shift()?.[how]();
    await jest.advanceTimersByTimeAsync(0);
  };
  return { autosave, states, saved, settle };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('saving as one types', () => {
  it('waits for a pause, and saves the newest text once', async () => {
    const { autosave, states, saved, settle } = setUp();
    for (const text of ['a', 'ab', 'abc']) {
      autosave.change(text);
      await jest.advanceTimersByTimeAsync(300);
    }
    expect(saved).toEqual([]);
    await jest.advanceTimersByTimeAsync(200);
    expect(saved).toEqual(['abc']);
    await settle('succeed');
    expect(states.at(-1)).toBe('saved');
    expect(autosave.hasUnsaved()).toBe(false);
  });

  it('does not save beside a save that runs, and then saves what was typed meanwhile', async () => {
    const { autosave, saved, settle } = setUp();
    autosave.change('one');
    await jest.advanceTimersByTimeAsync(500);
    autosave.change('two');
    await jest.advanceTimersByTimeAsync(500);
    expect(saved).toEqual(['one']);
    await settle('succeed');
    expect(saved).toEqual(['one', 'two']);
    await settle('succeed');
    expect(autosave.hasUnsaved()).toBe(false);
  });

  it('keeps what could not be saved until it is told what to do', async () => {
    const { autosave, states, saved, settle } = setUp();
    autosave.change('mine');
    await jest.advanceTimersByTimeAsync(500);
    await settle('fail');
    expect(states.at(-1)).toBe('failed');
    autosave.change('mine, longer');
    await jest.advanceTimersByTimeAsync(5000);
    expect(saved).toEqual(['mine']);
    void autosave.retry();
    expect(saved).toEqual(['mine', 'mine, longer']);
    await settle('succeed');
    expect(states.at(-1)).toBe('saved');
  });

  it('can give it up instead', async () => {
    const { autosave, saved, settle } = setUp();
    autosave.change('mine');
    await jest.advanceTimersByTimeAsync(500);
    await settle('fail');
    autosave.discard();
    await jest.advanceTimersByTimeAsync(5000);
    expect(saved).toEqual(['mine']);
    expect(autosave.hasUnsaved()).toBe(false);
  });

  it('saves at once when it is told to, and resolves when that is done', async () => {
    const { autosave, saved, settle } = setUp();
    autosave.change('now');
    let done = false;
    const flushed = autosave.flush().then(() => {
      done = true;
    });
    expect(saved).toEqual(['now']);
    expect(done).toBe(false);
    await settle('succeed');
    await flushed;
    await jest.advanceTimersByTimeAsync(1000);
    expect(saved).toEqual(['now']);
  });
});
