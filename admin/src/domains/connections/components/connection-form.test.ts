import { changesBetween, concernsUsers, type ConnectionDraft } from './connection-form';

const stored: ConnectionDraft = { name: 'OpenAI', alias: 'openai', active: true, settings: { region: 'eu' } };

describe('the changes of a connection', () => {
  it('are none when nothing differs', () => {
    expect(changesBetween(stored, { ...stored, settings: { region: 'eu', note: undefined } })).toEqual({});
  });

  it('hold only what differs, and the settings as a whole', () => {
    const edited = { ...stored, name: 'New', settings: { region: 'us', size: 1 } };
    expect(changesBetween(stored, edited)).toEqual({ name: 'New', settings: { region: 'us', size: 1 } });
  });

  it('tell a secret that is cleared from one that is kept', () => {
    const cleared = { ...stored, settings: { region: 'eu', key: null } };
    expect(changesBetween(stored, cleared)).toEqual({ settings: { region: 'eu', key: null } });
  });
});

describe('those who use a connection', () => {
  it.each([
    [{ settings: {} }, true],
    [{ active: false }, true],
    [{ active: true }, false],
    [{ name: 'New', alias: 'new' }, false],
  ])('notice %j: %p', (changes, noticed) => {
    expect(concernsUsers(changes)).toBe(noticed);
  });
});
