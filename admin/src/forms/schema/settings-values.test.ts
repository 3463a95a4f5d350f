import { z } from 'zod';
import { fieldsOf, type GroupField } from './field-model';
import { changed, sameSettings, settledGroup, Unreadable, valueAt, withDefaults } from './settings-values';

const fieldsFrom = (shape: z.ZodType) =>
  fieldsOf(z.toJSONSchema(shape, { io: 'input' }) as Record<string, unknown>);

describe('the settings that a form begins with', () => {
  const fields = fieldsFrom(
    z.object({
      region: z.string().default('eu'),
      loud: z.boolean(),
      note: z.string().optional(),
      place: z.object({ type: z.literal('approximate'), city: z.string().optional() }).optional(),
      rows: z.array(z.object({ size: z.int().default(3) })).optional(),
      limits: z.object({ max: z.int().default(5) }),
    }),
  );

  it('are the defaults of what is not given', () => {
    expect(withDefaults(fields)).toEqual({ region: 'eu', loud: false, limits: { max: 5 } });
  });

  it('have a list that must be there, empty', () => {
    const lists = fieldsFrom(
      z.object({
        words: z.array(z.string()),
        rows: z.array(z.object({})),
        free: z.array(z.string()).optional(),
      }),
    );
    expect(withDefaults(lists)).toEqual({ words: [], rows: [] });
  });

  it('keep what is given, and what no field stands for', () => {
    const given = { region: 'us', loud: true, extra: 1, place: { city: 'Lyon' }, rows: [{}] };
    expect(withDefaults(fields, given)).toEqual({
      ...given,
      place: { type: 'approximate', city: 'Lyon' },
      rows: [{ size: 3 }],
      limits: { max: 5 },
    });
  });
});

describe('a group that may be left out', () => {
  const [open, closed] = fieldsFrom(
    z.object({
      open: z.object({ type: z.literal('approximate'), city: z.string().optional() }).optional(),
      closed: z.object({ city: z.string() }).optional(),
    }),
  ) as [GroupField, GroupField];

  it('is left out when nothing stands in it, and gets its constants with the first thing', () => {
    expect(settledGroup(open, { type: 'approximate' })).toBeUndefined();
    expect(settledGroup(open, { city: 'Lyon' })).toEqual({ type: 'approximate', city: 'Lyon' });
  });

  it('stays when it was switched on, though what it demands is not there yet', () => {
    expect(settledGroup(closed, {})).toEqual({});
  });
});

describe('settings', () => {
  it('say the same in any order, and without what is undefined', () => {
    expect(sameSettings({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1, e: undefined })).toBe(
      true,
    );
    expect(sameSettings({ a: 1 }, { a: '1' })).toBe(false);
    expect(sameSettings({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
    expect(sameSettings(new Unreadable('{'), new Unreadable('{ '))).toBe(false);
    expect(sameSettings(new Unreadable('{'), {})).toBe(false);
  });

  it('are changed one at a time, and read by path', () => {
    expect(changed({ a: 1, b: 2 }, 'a', undefined)).toEqual({ b: 2 });
    expect(changed({ a: 1 }, 'b', null)).toEqual({ a: 1, b: null });
    expect(valueAt({ rows: [{ key: 'k' }] }, ['rows', 0, 'key'])).toBe('k');
    expect(valueAt({ rows: 'text' }, ['rows', 0, 'key'])).toBeUndefined();
  });
});
