import { newKey } from './new-key';

describe('a new key', () => {
  it('is made where the browser has no randomUUID, as over plain http', () => {
    const before = crypto.randomUUID;
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true, writable: true });
    try {
      const keys = Array.from({ length: 100 }, newKey);
      expect(new Set(keys).size).toBe(100);
      keys.forEach((key) => expect(key).toMatch(/^[0-9a-f]{32}$/));
    } finally {
      Object.defineProperty(crypto, 'randomUUID', { value: before, configurable: true, writable: true });
    }
  });
});
