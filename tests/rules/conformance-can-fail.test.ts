import { request as httpRequest } from 'node:http';
import type { ConformanceSubject } from 'strapi-plugin-skills-shared/conformance';
import { describeProviderConformance, requirementIds } from 'strapi-plugin-skills-shared/conformance';
import type { Provider } from 'strapi-plugin-skills-shared/provider';
import { provider as sound, type MemorySettings } from '../support/providers/memory';
import { openConformancePeer } from '../support/providers/memory/conformance-peer';
import { apiKey, wrongProviders } from './wrong-providers';

type Test = () => Promise<void>;
type Subject = ConformanceSubject<MemorySettings>;

/** The suite's tests by their id, collected instead of run. */
function collect(subject: Partial<Subject> = {}) {
  const tests = new Map<string, Test>();
  const after: Test[] = [];
  describeProviderConformance<MemorySettings>(
    {
      describe: (_name, define) => define(),
      it: (name, run) => void tests.set(name.slice(0, name.indexOf(':')), run),
      expect,
      beforeEach: () => undefined,
      afterEach: (run) => void after.push(async () => run()),
    },
    {
      provider: sound,
      settings: { apiKey, baseUrl: 'http://127.0.0.1:1', defaultModel: 'memory-large' },
      secrets: [apiKey],
      models: { chat: 'memory-large', embedding: 'memory-embedding' },
      open: openConformancePeer,
      ...subject,
    },
  );
  return {
    ids: [...tests.keys()],
    async run(id: string): Promise<void> {
      const test = tests.get(id);
      if (!test) throw new Error(`No test ${id}.`);
      try {
        await test();
      } finally {
        for (const close of after) await close();
      }
    },
  };
}

describe('the suite fails', () => {
  it.each(wrongProviders)('%s for a provider that %s', async (requirement, _flaw, provider) => {
    await collect().run(requirement);
    await expect(collect({ provider }).run(requirement)).rejects.toThrow();
  });

  const takenAside = globalThis.fetch;
  const strays: [string, (url: string) => Promise<unknown>][] = [
    ['a fetch that was taken aside when it was loaded', (url) => takenAside(url)],
    [
      "Node's http",
      (url) =>
        new Promise((resolve, reject) =>
          httpRequest(url, (response) => resolve(response.resume()))
            .on('error', reject)
            .end(),
        ),
    ],
  ];
  it.each(strays)('network/only-context-fetch for a provider that uses %s, quietly', async (_how, ask) => {
    const provider: Provider<MemorySettings> = {
      ...sound,
      async testConnection(context) {
        const result = await sound.testConnection(context);
        await ask(`${context.settings.baseUrl}/models`).catch(() => undefined);
        return result;
      },
    };
    await expect(collect({ provider }).run('network/only-context-fetch')).rejects.toThrow('it used');
  });

  it('settings/secrets-marked when nothing is called a secret', async () => {
    await expect(collect({ secrets: [] }).run('settings/secrets-marked')).rejects.toThrow('Name the secrets');
    await expect(collect({ secrets: ['memory-large'] }).run('settings/secrets-marked')).rejects.toThrow(
      'must be marked',
    );
  });
});

describe('gaps', () => {
  const provider = { ...sound, id: 'My Provider' };

  it('let a requirement not hold, with a reason', async () => {
    const { run } = collect({ provider, gaps: { 'definition/identity': 'It was named long ago.' } });
    await run('gaps/known');
    await run('definition/identity');
  });

  it('fail when the requirement holds', async () => {
    const { run } = collect({ gaps: { 'definition/identity': 'It was named long ago.' } });
    await expect(run('definition/identity')).rejects.toThrow('remove it from the gaps');
  });

  it('fail without a reason, and for what is no requirement', async () => {
    const unfounded = collect({ provider, gaps: { 'definition/identity': ' ' } });
    await expect(unfounded.run('gaps/known')).rejects.toThrow('has no reason');
    const unknown = collect({ gaps: { 'chat/typo': 'It was named long ago.' } });
    await expect(unknown.run('gaps/known')).rejects.toThrow('names no requirement');
  });
});

it('leaves out only what needs a capability or feature that the adapter has not', () => {
  const { chat: _chat, ...others } = sound.capabilities;
  const left = collect({
    provider: { ...sound, capabilities: others as Provider<MemorySettings>['capabilities'] },
  });
  const ids = new Set(left.ids);
  expect(
    requirementIds.filter((id) => !ids.has(id) && !/^(chat|skills|hosted|errors|log)\//.test(id)),
  ).toEqual([]);
  expect(ids).toContain('embedding/vectors');
  expect(collect().ids).toEqual(['gaps/known', ...requirementIds]);
});
