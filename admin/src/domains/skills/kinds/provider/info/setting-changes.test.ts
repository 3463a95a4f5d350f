import type { SkillMetadata } from 'strapi-plugin-skills-shared/contracts';
import { settingChanges, settingText } from './setting-changes';

const version = (settings: Record<string, unknown>, rest: Partial<SkillMetadata> = {}) => ({
  metadata: {
    description: 'Searches the web.',
    provider: {
      connectionId: 'c1',
      providerId: 'openai',
      skillTypeId: 'web-search',
      skillTypeName: 'Web search',
      settings,
    },
    ...rest,
  },
});

describe('what differs between two versions', () => {
  it('is nothing between equal ones, whatever the order of their keys', () => {
    expect(
      settingChanges(version({ a: 1, b: { c: 2, d: 3 } }), version({ b: { d: 3, c: 2 }, a: 1 })),
    ).toEqual([]);
  });

  it('names each field by its place, with what it was and is', () => {
    const before = version({ size: 'low', location: { city: 'Bern' }, domains: ['a'] });
    const after = version({ size: 'high', location: { city: 'Bern' }, domains: ['a', 'b'] });
    expect(settingChanges(before, after)).toEqual([
      { field: 'settings.size', before: 'low', after: 'high' },
      { field: 'settings.domains', before: ['a'], after: ['a', 'b'] },
    ]);
  });

  it('names what came and what went', () => {
    expect(settingChanges(version({ old: 1 }), version({ young: { city: 'Bern' } }))).toEqual([
      { field: 'settings.young.city', before: undefined, after: 'Bern' },
      { field: 'settings.old', before: 1, after: undefined },
    ]);
  });

  it('tells another connection and description too', () => {
    const before = version({});
    const provider = { ...before.metadata.provider, connectionId: 'c2' };
    const changes = settingChanges(before, version({}, { description: 'New.', provider }));
    expect(changes.map(({ field }) => field)).toEqual(['description', 'connection']);
  });
});

describe('a value for people', () => {
  it.each([
    [undefined, '–'],
    ['low', 'low'],
    [3, '3'],
    [['a'], '["a"]'],
    [false, 'false'],
  ])('%p reads %s', (value, text) => {
    expect(settingText(value)).toBe(text);
  });
});
