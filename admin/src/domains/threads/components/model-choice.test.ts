import type { AgentDefaults, Skill } from 'strapi-plugin-skills-shared/contracts';
import { firstChoice, noChoice, rememberChoice, rememberedChoice } from './model-choice';

const connections = [{ id: 'a' }, { id: 'b' }];
const skill = (connection: string | null, model: string | null = null) =>
  ({ agent: { connection: connection === null ? null : { id: connection }, model } }) as Pick<Skill, 'agent'>;
const defaults = { connection: { id: 'b', name: 'B', active: true }, model: 'm-b' } satisfies AgentDefaults;

describe('the model that is chosen at first', () => {
  it('is the last choice', () => {
    const remembered = { connection: 'a', model: 'm' };
    expect(firstChoice({ connections, remembered, skill: skill('b'), defaults })).toEqual(remembered);
  });

  it("is the skill's default where the last choice is gone", () => {
    const remembered = { connection: 'gone', model: 'm' };
    const known = { connections, remembered, skill: skill('a', 'm-a'), defaults };
    expect(firstChoice(known)).toEqual({ connection: 'a', model: 'm-a' });
  });

  it("is the plugin's default where the skill has none, or one that cannot be used", () => {
    for (const connection of [null, 'inactive']) {
      const known = { connections, remembered: undefined, skill: skill(connection, 'other'), defaults };
      expect(firstChoice(known)).toEqual({ connection: 'b', model: 'm-b' });
    }
  });

  it('is the only connection, and nothing where there are more', () => {
    const known = { remembered: undefined, skill: skill(null), defaults: undefined };
    expect(firstChoice({ ...known, connections: [{ id: 'a' }] })).toEqual({ connection: 'a', model: '' });
    expect(firstChoice({ ...known, connections })).toEqual(noChoice);
    expect(firstChoice({ ...known, connections: [] })).toEqual(noChoice);
  });
});

describe('remembering a choice', () => {
  function storage(): Pick<Storage, 'getItem' | 'setItem'> {
    const items = new Map<string, string>();
    return {
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => void items.set(key, value),
    };
  }

  it('is done for each skill', () => {
    const kept = storage();
    rememberChoice(kept, 'one', { connection: 'a', model: 'm' });
    expect(rememberedChoice(kept, 'one')).toEqual({ connection: 'a', model: 'm' });
    expect(rememberedChoice(kept, 'two')).toBeUndefined();
  });

  it('takes what it does not understand for nothing', () => {
    for (const text of ['{', 'null', '7', '[]', '{"connection":1,"model":"m"}', '{"connection":"a"}'])
      expect(rememberedChoice({ getItem: () => text }, 'one')).toBeUndefined();
  });

  it('does without a browser that keeps nothing', () => {
    const refuse = () => {
      throw new Error('forbidden');
    };
    expect(rememberedChoice({ getItem: refuse }, 'one')).toBeUndefined();
    expect(() => rememberChoice({ setItem: refuse }, 'one', noChoice)).not.toThrow();
  });
});
