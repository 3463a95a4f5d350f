import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIntl } from 'react-intl';
import de from './de.json';
import en from './en.json';
import fr from './fr.json';

const source = join(__dirname, '..');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'),
);
const code = files.map((name) => readFileSync(join(source, name), 'utf8')).join('\n');

/** The values that a text takes: the words right after its opening braces. */
const valuesOf = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name))].sort();

describe.each(Object.entries({ fr, de }))('the texts in %s', (_locale, texts) => {
  it('are all there, and no others', () => {
    expect(Object.keys(texts)).toEqual(Object.keys(en));
  });

  it('take the same values as the English ones', () => {
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect([key, valuesOf(texts[key])]).toEqual([key, valuesOf(en[key])]);
    }
  });
});

describe.each(Object.entries({ en, fr, de }))('every text in %s', (locale, texts) => {
  it('can be formatted', () => {
    const failures: string[] = [];
    const intl = createIntl({ locale, messages: texts, onError: (error) => failures.push(error.message) });
    for (const [key, text] of Object.entries(texts)) {
      const values = Object.fromEntries(valuesOf(text).map((name) => [name, 2]));
      expect(intl.formatMessage({ id: key }, values)).not.toBe('');
    }
    expect(failures).toEqual([]);
  });
});

describe('the texts of the panel', () => {
  it('are all used', () => {
    const used = (key: string) =>
      code.includes(`'${key}'`) ||
      // Keys of a family are put together: `run.status.${status}`.
      [...code.matchAll(/`([a-z.-]+[.-])\$\{[^`]*`/g)].some(([, family]) => key.startsWith(family as string));
    expect(Object.keys(en).filter((key) => !used(key))).toEqual([]);
  });
});
