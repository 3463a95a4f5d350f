import { aliasSchema } from 'strapi-plugin-skills-shared/contracts';
import { aliasFrom } from './alias-from';

describe('an alias made from a name', () => {
  it.each([
    ['PDF Forms', 'pdf-forms'],
    ['  Résumé — Übersicht! ', 'resume-ubersicht'],
    ['a__b..c', 'a-b-c'],
    ['数据', ''],
    ['-', ''],
  ])('%s becomes %s', (name, alias) => {
    expect(aliasFrom(name)).toBe(alias);
  });

  it('always fits the rule, however long the name', () => {
    for (const name of ['x'.repeat(200), `${'a'.repeat(63)} b`, `- ${'word '.repeat(40)}`]) {
      expect(aliasSchema.safeParse(aliasFrom(name)).success).toBe(true);
    }
  });
});
