import { aliasFrom } from './alias-from';

describe('an alias made from a name', () => {
  it.each([
    ['OpenAI (EU)', 'openai-eu'],
    ['  Café — déjà vu! ', 'cafe-deja-vu'],
    ['日本語', ''],
    ['--', ''],
  ])('of %p is %p', (name, alias) => {
    expect(aliasFrom(name, 100)).toBe(alias);
  });

  it('is as long as it may be, and ends in no hyphen', () => {
    expect(aliasFrom('a'.repeat(200), 100)).toBe('a'.repeat(100));
    expect(aliasFrom(`${'a'.repeat(99)} b`, 100)).toBe('a'.repeat(99));
  });
});
