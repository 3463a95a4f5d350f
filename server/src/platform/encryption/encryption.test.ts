import { createEncryption } from './encryption';

const oldKey = 'the-old-key-which-has-32-bytes-or-more';
const newKey = 'the-new-key-which-has-32-bytes-or-more';
const place = ['skills_connections', 'connection-1', 'settings', 'apiKey'];
const secret = 'sk-ünïcode-🔑';

/** An error with this code, whatever it says. */
const coded = (code: string) =>
  expect.objectContaining({ details: expect.objectContaining({ code }) }) as unknown as Error;

describe('encrypting secrets', () => {
  const encryption = createEncryption({ current: newKey, previous: [] });

  it('reads back what it wrote, and writes it differently each time', () => {
    const [first, second] = [encryption.encrypt(secret, place), encryption.encrypt(secret, place)];
    expect([encryption.decrypt(first, place), encryption.decrypt(second, place)]).toEqual([secret, secret]);
    expect(first).not.toBe(second);
    expect(first).not.toContain(Buffer.from(secret).toString('base64url').slice(0, 8));
  });

  it('names its key without telling anything of it', () => {
    const [, id = ''] = encryption.encrypt(secret, place).split('.');
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(Buffer.from(newKey).toString('hex')).not.toContain(id);
    expect(createEncryption({ current: newKey, previous: [] }).encrypt(secret, place)).toContain(id);
    expect(createEncryption({ current: oldKey, previous: [] }).encrypt(secret, place)).not.toContain(id);
  });

  it('reads what a former key wrote, and says that it should be written anew', () => {
    const ciphertext = createEncryption({ current: oldKey, previous: [] }).encrypt(secret, place);
    const rotated = createEncryption({ current: newKey, previous: [oldKey] });
    expect(rotated.decrypt(ciphertext, place)).toBe(secret);
    expect(rotated.isOutdated(ciphertext)).toBe(true);
    expect(rotated.isOutdated(rotated.encrypt(secret, place))).toBe(false);
  });

  it.each([
    ['another row', ['skills_connections', 'connection-2', 'settings', 'apiKey']],
    ['another field', ['skills_connections', 'connection-1', 'settings', 'baseUrl']],
    ['a place that reads alike', ['skills_connections', 'connection-1', 'settings.apiKey']],
  ])('is unreadable once it was moved to %s', (_where, elsewhere) => {
    const ciphertext = encryption.encrypt(secret, place);
    expect(() => encryption.decrypt(ciphertext, elsewhere)).toThrow(coded('secret-unreadable'));
  });

  it('is unreadable once any part of it was changed', () => {
    const parts = encryption.encrypt(secret, place).split('.');
    const flip = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
    for (const index of [0, 1, 2, 3]) {
      const forged = parts.map((part, at) => (at === index ? flip(part) : part)).join('.');
      expect(() => encryption.decrypt(forged, place)).toThrow(coded('secret-unreadable'));
    }
    const shortened = [...parts.slice(0, 3), (parts[3] ?? '').slice(0, 10)].join('.');
    for (const forged of ['', 'text', shortened, `${parts.join('.')}.x`, parts.slice(0, 3).join('.')])
      expect(() => encryption.decrypt(forged, place)).toThrow(coded('secret-unreadable'));
  });

  it('is unreadable without its key', () => {
    const ciphertext = encryption.encrypt(secret, place);
    for (const current of [oldKey, undefined]) {
      const other = createEncryption({ current, previous: [] });
      expect(() => other.decrypt(ciphertext, place)).toThrow(coded('secret-unreadable'));
    }
  });

  it('says what to set when there is no key, and only when something is to be encrypted', () => {
    const keyless = createEncryption({ current: undefined, previous: [newKey] });
    expect(keyless.decrypt(encryption.encrypt(secret, place), place)).toBe(secret);
    expect(() => keyless.encrypt(secret, place)).toThrow(coded('encryption-key-missing'));
    expect(() => keyless.encrypt(secret, place)).toThrow(/admin\.secrets\.encryptionKey.*encryption\.key/);
  });
});
