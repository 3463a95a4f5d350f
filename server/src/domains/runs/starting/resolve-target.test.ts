import { scriptedConnection } from '../../../../../tests/support/scripted-connection';
import { versionOf } from '../../../../../tests/support/runs';
import type { SkillKind } from '../../skills';
import { createTargetResolver } from './resolve-target';

const hosting: Pick<SkillKind, 'target'> = {
  target: ({ execution, connectionId, model }) => ({
    execution: execution ?? 'sandbox',
    connectionId: connectionId ?? null,
    model: model ?? null,
  }),
};

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
