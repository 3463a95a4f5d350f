import { scriptedConnection } from '../../../../../tests/support/scripted-connection';
import { versionOf } from '../../../../../tests/support/runs';
import type { SkillKind } from '../../skills';
import type { ModelPrice } from 'strapi-plugin-skills-shared/provider';
import { createTargetResolver, type AskedTarget } from './resolve-target';

const hosting: Pick<SkillKind, 'target'> = {
  target: ({ execution, connectionId, model }) => ({
    execution: execution ?? 'sandbox',
    connectionId: connectionId ?? null,
    model: model ?? null,
  }),
};

const noChoice = { connectionId: null, model: null };

/** Resolves the target of a run of a version that lives at these connections. */
function resolver(holding: readonly string[], defaultModel?: string) {
  const { connections } = scriptedConnection(() => [], { defaultModel });
  const resolve = createTargetResolver({
    connections,
    hostedVersions: {
      find: (_digest, id) =>
        Promise.resolve(holding.includes(id) ? { hostedId: 's', hostedVersion: '1' } : undefined),
      connectionsHolding: () => Promise.resolve(holding),
    },
    agentChoices: {
      ofSkill: () => Promise.resolve(noChoice),
      ofPlugin: () => Promise.resolve(noChoice),
    },
    prices: [],
  });
  return (asked: Parameters<typeof resolve>[2]) => resolve(hosting, versionOf(), asked);
}

const refusal = (code: string) => expect.objectContaining({ details: expect.objectContaining({ code }) });

it('chooses the only connection that holds a version, and its own model', async () => {
  expect(await resolver(['a'], 'big')({ execution: 'hosted' })).toEqual({
    execution: 'hosted',
    connection: { id: 'a', name: 'Over there' },
    model: 'big',
  });
});

it('takes the connection and the model that were asked for', async () => {
  const asked = { execution: 'hosted', connection: 'b', model: 'small' } as const;
  expect(await resolver(['a', 'b'])(asked)).toMatchObject({ connection: { id: 'b' }, model: 'small' });
});

it('refuses what lives nowhere, elsewhere, or at more than one place', async () => {
  const hosted = { execution: 'hosted' } as const;
  await expect(resolver([], 'big')(hosted)).rejects.toEqual(refusal('not-hosted'));
  await expect(resolver(['a'], 'big')({ ...hosted, connection: 'b' })).rejects.toEqual(refusal('not-hosted'));
  await expect(resolver(['a', 'b'], 'big')(hosted)).rejects.toEqual(refusal('connection-required'));
});

it('refuses a run that no model is named for, or one that is no id', async () => {
  await expect(resolver(['a'])({ execution: 'hosted' })).rejects.toEqual(refusal('model-required'));
  const odd = resolver(['a'], 'a\u0000b')({ execution: 'hosted' });
  await expect(odd).rejects.toEqual(refusal('model-invalid'));
});

it('opens no connection for a run in the sandbox', async () => {
  expect(await resolver([])({})).toEqual({ execution: 'sandbox', connection: null, model: null });
});

describe('of an agent', () => {
  type Choices = Record<'ofSkill' | 'ofPlugin', { connectionId: string | null; model: string | null }>;
  const agents: Pick<SkillKind, 'target'> = {
    target: ({ connectionId, model }) => ({
      execution: 'agent',
      connectionId: connectionId ?? null,
      model: model ?? null,
    }),
  };

  function resolveAgent(asked: AskedTarget, choices: Partial<Choices> = {}, prices: ModelPrice[] = []) {
    const { connections } = scriptedConnection(() => [], { defaultModel: 'own', prices });
    const resolve = createTargetResolver({
      connections,
      hostedVersions: {
        find: () => Promise.resolve(undefined),
        connectionsHolding: () => Promise.resolve([]),
      },
      agentChoices: {
        ofSkill: () => Promise.resolve(choices.ofSkill ?? noChoice),
        ofPlugin: () => Promise.resolve(choices.ofPlugin ?? noChoice),
      },
      prices: [],
    });
    return resolve(agents, versionOf(), asked);
  }

  const ofSkill = { connectionId: 'skill', model: 'skills' };
  const ofPlugin = { connectionId: 'plugin', model: 'plugins' };
  const inherited = { connectionId: 'parent', model: 'parents' };

  it.each<[string, AskedTarget, Partial<Choices>, string, string]>([
    ['the request', { connection: 'asked', model: 'm' }, { ofSkill, ofPlugin }, 'asked', 'm'],
    ['the skill', { inherited }, { ofSkill, ofPlugin }, 'skill', 'skills'],
    ['the agent that started it', { inherited }, { ofPlugin }, 'parent', 'parents'],
    ['the plugin', {}, { ofPlugin }, 'plugin', 'plugins'],
    ['the connection, as for its model', { connection: 'asked' }, { ofSkill, ofPlugin }, 'asked', 'own'],
    [
      'the default of the connection that was asked for',
      { connection: 'plugin' },
      { ofSkill, ofPlugin },
      'plugin',
      'plugins',
    ],
    ['the skill, but for the model that was asked for', { model: 'm' }, { ofSkill }, 'skill', 'm'],
  ])('is said by %s', async (_who, asked, choices, connection, model) => {
    expect(await resolveAgent(asked, choices)).toEqual({
      execution: 'agent',
      connection: { id: connection, name: 'Over there' },
      model,
    });
  });

  it('is refused when nobody says it', async () => {
    await expect(resolveAgent({ model: 'm' })).rejects.toEqual(refusal('connection-required'));
  });

  it('has a price, when its cost is limited', async () => {
    const asked = { connection: 'asked', costLimited: true };
    await expect(resolveAgent(asked)).rejects.toEqual(refusal('cost-unknown'));
    const priced = await resolveAgent(asked, {}, [{ model: 'own', input: 1, output: 1 }]);
    expect(priced).toMatchObject({ model: 'own' });
  });
});
