import { z } from 'zod';
import { checkSettings } from './check-settings';
import { fieldsOf } from './field-model';
import type { SecretsOf } from './secrets';
import { Unreadable, type SettingsValue } from './settings-values';

const fields = fieldsOf(
  z.toJSONSchema(
    z.object({
      name: z.string().min(2).max(4),
      mail: z.email().optional(),
      address: z.url().optional(),
      code: z
        .string()
        .regex(/^[a-z]+$/)
        .optional(),
      count: z.int().min(1).max(9).optional(),
      ratio: z.number().gt(0).lt(1).multipleOf(0.1).optional(),
      size: z.enum(['s', 'm']).optional(),
      words: z.array(z.string().max(3)).min(1).max(2).optional(),
      rows: z.array(z.object({ key: z.string() })).optional(),
      place: z.object({ city: z.string() }).optional(),
      map: z.record(z.string(), z.string()).optional(),
    }),
    { io: 'input' },
  ),
);

const found = (value: SettingsValue) =>
  checkSettings(fields, { name: 'abc', ...value }).map(({ path, name }) => `${path.join('.')} ${name}`);

describe('what a browser finds wrong with settings', () => {
  it('is nothing when they fit', () => {
    const fitting = {
      mail: 'a@example.com',
      address: 'https://example.com',
      code: 'abc',
      count: 9,
      ratio: 0.3,
      size: 'm',
      words: ['abc'],
      rows: [{ key: 'k' }],
      place: { city: 'Lyon' },
      map: { a: 'b' },
    };
    expect(found(fitting)).toEqual([]);
  });

  it.each<[string, SettingsValue]>([
    ['name required', { name: undefined }],
    ['name min-length', { name: 'a' }],
    ['name max-length', { name: 'abcde' }],
    ['mail email', { mail: 'nobody' }],
    ['address url', { address: 'example' }],
    ['code pattern', { code: 'A1' }],
    ['count integer', { count: 1.5 }],
    ['count minimum', { count: 0 }],
    ['count maximum', { count: 10 }],
    ['count number', { count: 'many' }],
    ['ratio more-than', { ratio: 0 }],
    ['ratio less-than', { ratio: 1 }],
    ['ratio multiple', { ratio: 0.25 }],
    ['size choice', { size: 'xl' }],
    ['words min-items', { words: [] }],
    ['words max-items', { words: ['a', 'b', 'c'] }],
    ['words.1 max-length', { words: ['a', 'long'] }],
    ['rows.1.key required', { rows: [{ key: 'a' }, {}] }],
    ['place.city required', { place: {} }],
    ['map json', { map: new Unreadable('{') }],
    ['map object', { map: [1] }],
  ])('is told: %s', (problem, value) => {
    expect(found(value)).toEqual([problem]);
  });

  it('counts characters, not code units', () => {
    expect(found({ name: '😀😀😀😀' })).toEqual([]);
  });
});

describe('a secret', () => {
  const withSecret = fieldsOf(
    z.toJSONSchema(
      z.object({
        key: z.string().meta({ secret: true }),
        spare: z.string().optional().meta({ secret: true }),
        url: z.string().default('https://a.example').meta({ destination: true }),
      }),
      { io: 'input' },
    ),
  );
  const stored: SecretsOf = {
    states: { key: { source: 'stored' }, spare: { source: 'none' } },
    variables: [],
    saved: { url: 'https://a.example' },
  };
  const names = (value: SettingsValue, secrets?: SecretsOf) =>
    checkSettings(withSecret, value, secrets).map(({ path, name }) => `${path.join('.')} ${name}`);

  it('is demanded when there is none, and kept when there is one', () => {
    expect(names({})).toEqual(['key required']);
    expect(names({ url: 'https://a.example' }, stored)).toEqual([]);
  });

  it('may not be cleared, or replaced by nothing, when it is required', () => {
    expect(names({ key: null }, stored)).toEqual(['key required']);
    expect(names({ key: '' }, stored)).toEqual(['key required']);
    expect(names({ spare: null }, stored)).toEqual([]);
  });

  it('comes from a variable only when one is chosen', () => {
    expect(names({ key: { env: '' } })).toEqual(['key secret-variable']);
    expect(names({ key: { env: 'KEY' } })).toEqual([]);
  });

  it('is demanded anew when it would be sent elsewhere, whatever it was', () => {
    expect(names({ url: 'https://b.example' }, stored)).toEqual(['key secret-anew']);
    expect(names({ url: 'https://b.example', key: 'new' }, stored)).toEqual([]);
    const fromVariable: SecretsOf = {
      ...stored,
      states: { key: { source: 'environment', variable: 'KEY', present: true } },
    };
    expect(names({ url: 'https://b.example' }, fromVariable)).toEqual(['key secret-anew']);
  });

  it('is not demanded anew when the destination is its default, said or not', () => {
    expect(names({}, stored)).toEqual([]);
    expect(names({ url: 'https://a.example' }, { ...stored, saved: {} })).toEqual([]);
  });
});
