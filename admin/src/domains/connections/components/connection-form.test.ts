import { changesBetween, concernsUsers, draftAfterSave, type ConnectionDraft } from './connection-form';

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

describe('a connection that was saved', () => {
  const submitted = {
    ...stored,
    settings: { region: 'eu', key: 'secret', proxy: { host: 'a', password: 'p' } },
  };
  const saved = { ...stored, settings: { region: 'eu', proxy: { host: 'a' } } };

  it('is as it is stored, when nothing was typed since', () => {
    expect(draftAfterSave(submitted, submitted, saved)).toEqual(saved);
  });

  it('keeps what was typed since it was sent, and not the secrets that were', () => {
    const now = {
      ...submitted,
      name: 'OpenAI (EU)',
      settings: { region: 'us', key: 'secret', proxy: { host: 'b', password: 'p' }, size: 1 },
    };
    expect(draftAfterSave(submitted, now, saved)).toEqual({
      ...saved,
      name: 'OpenAI (EU)',
      settings: { region: 'us', proxy: { host: 'b' }, size: 1 },
    });
  });

  it('keeps a secret that was typed since', () => {
    const now = { ...submitted, settings: { ...submitted.settings, key: 'corrected' } };
    expect(draftAfterSave(submitted, now, saved).settings).toEqual({ ...saved.settings, key: 'corrected' });
  });

  it('leaves out what was taken out since', () => {
    const now = { ...submitted, settings: { key: 'secret' } };
    expect(draftAfterSave(submitted, now, saved).settings).toEqual({});
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
