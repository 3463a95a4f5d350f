import { askedBy, StartKeys } from './start-keys';

const minute = 60_000;

function lose(keys: StartKeys, asked: string, status?: number): string {
  const key = keys.keyFor(asked, 0);
  keys.settled(asked, key, status, 0);
  return key;
}

describe('the keys of starts', () => {
  it('are others for each start that was answered', () => {
    const keys = new StartKeys();
    const first = lose(keys, 'a', 201);
    expect(keys.keyFor('a')).not.toBe(first);
  });

  it.each([undefined, 502, 504])('are repeated when the answer was lost (%s)', (status) => {
    const keys = new StartKeys();
    const first = lose(keys, 'a', status);
    expect(keys.keyFor('a', minute)).toBe(first);
    expect(keys.keyFor('b', minute)).not.toBe(first);
  });

  it('are new again when the repetition was answered, or refused', () => {
    for (const status of [201, 400]) {
      const keys = new StartKeys();
      const first = lose(keys, 'a');
      keys.settled('a', first, status, minute);
      expect(keys.keyFor('a', minute)).not.toBe(first);
    }
  });

  it('are new when the same is asked for much later', () => {
    const keys = new StartKeys();
    const first = lose(keys, 'a');
    expect(keys.keyFor('a', 60 * minute)).not.toBe(first);
  });
});

describe('what a start asks for', () => {
  const formWith = (file: File, payload = '{}') => {
    const form = new FormData();
    form.append('payload', payload);
    form.append('table', file);
    return form;
  };
  const file = (content: string, lastModified = 1) => new File([content], 'a.csv', { lastModified });

  it('is the same when nothing differs', () => {
    expect(askedBy('s', { prompt: 'a' })).toBe(askedBy('s', { prompt: 'a' }));
    expect(askedBy('s', formWith(file('x')))).toBe(askedBy('s', formWith(file('x'))));
  });

  it('differs by skill, request and files', () => {
    const all = [
      askedBy('s', { prompt: 'a' }),
      askedBy('t', { prompt: 'a' }),
      askedBy('s', { prompt: 'b' }),
      askedBy('s', formWith(file('x'))),
      askedBy('s', formWith(file('x'), '{"prompt":"a"}')),
      askedBy('s', formWith(file('xy'))),
      askedBy('s', formWith(file('x', 2))),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
