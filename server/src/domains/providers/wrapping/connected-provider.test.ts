import OpenAI from 'openai';
import {
  defineProvider,
  ProviderError,
  specificationVersion,
  type Provider,
  type ProviderContext,
} from 'strapi-plugin-skills-shared/provider';
import { z } from 'zod';
import { readDefinition } from '../definition/read-definition';
import type { ConnectedProvider, LoadedProvider } from '../providers-service';
import { wrapProvider } from './loaded-provider';

const SECRET = 'sk-very-secret';

const settingsSchema = z.object({ apiKey: z.string().meta({ secret: true }) });
type Settings = z.output<typeof settingsSchema>;

function load(change: Partial<Provider<Settings>>): LoadedProvider {
  const read = readDefinition(
    defineProvider({
      specificationVersion,
      id: 'example',
      displayName: 'Example',
      settingsSchema,
      capabilities: {},
      testConnection: () => Promise.resolve({ message: 'Reached.' }),
      ...change,
    }),
  );
  if (read.rejection) throw new Error(read.rejection.message);
  return wrapProvider({ package: 'example', ...read });
}

function connect(
  change: Partial<Provider<Settings>>,
  context: Partial<ProviderContext> = {},
): ConnectedProvider {
  const quiet = () => undefined;
  return load(change).connect(
    { apiKey: SECRET },
    {
      signal: new AbortController().signal,
      fetch: () => Promise.reject(new TypeError('fetch failed')),
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      ...context,
    },
  );
}

const testThat = (testConnection: Provider<Settings>['testConnection']) => ({ testConnection });
const failing = (error: unknown) => testThat(() => Promise.reject(error));

describe('what an adapter throws', () => {
  it('is a provider error of the code protocol, without a word of the raw text, unless it was one', async () => {
    const bug = new TypeError(`Cannot read properties of ${SECRET}`);
    const error: unknown = await connect(failing(bug))
      .test()
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'protocol', retryable: false });
    expect(String(error)).not.toMatch(/properties|secret/);
    const synchronous = connect(
      testThat(() => {
        throw bug;
      }),
    );
    await expect(synchronous.test()).rejects.toMatchObject({ code: 'protocol' });
  });

  it('keeps its code and facts, and loses the secrets that its sentence quotes', async () => {
    const data = { status: 401, requestId: 'req-1', retryAfterMs: 5 };
    const message = `Incorrect key: ${SECRET}, as ${Buffer.from(SECRET).toString('base64')}.`;
    const refused = new ProviderError({ code: 'authentication', message, ...data });
    await expect(connect(failing(refused)).test()).rejects.toMatchObject({
      code: 'authentication',
      message: 'Incorrect key: •••, as •••.',
      ...data,
    });
  });

  it('is protocol too when its code is none', async () => {
    const strange = new ProviderError({ code: 'odd' as 'protocol', message: 'raw' });
    await expect(connect(failing(strange)).test()).rejects.toMatchObject({
      code: 'protocol',
      message: expect.not.stringContaining('raw'),
    });
  });

  it('is cancelled once the caller has left', async () => {
    const provider = connect(failing(new Error('aborted')), { signal: AbortSignal.abort() });
    await expect(provider.test()).rejects.toMatchObject({ code: 'cancelled' });
  });

  it("gives way to our own fetch's refusal, which SDKs hide in errors of their own", async () => {
    const refusal = new ProviderError({ code: 'invalid-request', message: 'That address is private.' });
    const asking = testThat(async ({ settings, fetch }) => {
      const client = new OpenAI({ ...settings, baseURL: 'http://10.0.0.1', fetch, maxRetries: 0 });
      await client.models.list().catch(() => {
        throw new ProviderError({ code: 'unavailable', message: 'The vendor cannot be reached.' });
      });
      return { message: '' };
    });
    const provider = connect(asking, { fetch: () => Promise.reject(refusal) });
    await expect(provider.test()).rejects.toMatchObject({
      code: 'invalid-request',
      message: 'That address is private.',
    });
    await expect(connect(asking).test()).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe("an adapter's context", () => {
  it("ends requests with the caller's signal, whether the adapter handed one on or not", async () => {
    const signals: (AbortSignal | null | undefined)[] = [];
    const controller = new AbortController();
    const own = new AbortController();
    const provider = connect(
      testThat(async ({ fetch }) => {
        await fetch('https://a.example');
        await fetch('https://b.example', { signal: own.signal });
        return { message: 'Reached.' };
      }),
      {
        signal: controller.signal,
        fetch: (_input, init) => {
          signals.push(init?.signal);
          return Promise.resolve(new Response());
        },
      },
    );
    await provider.test();
    own.abort();
    expect(signals.map((signal) => signal?.aborted)).toEqual([false, true]);
    controller.abort();
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, true]);
  });

  it('takes secrets out of what is logged', async () => {
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    const provider = connect(
      testThat(({ log: given, settings }) => {
        given.debug(`Asking with ${settings.apiKey}`);
        given.error(`Failed: ${encodeURIComponent(settings.apiKey)}`);
        return Promise.resolve({ message: `Reached with ${settings.apiKey}.` });
      }),
      { log: { debug: log, info: log, warn: log, error: log } },
    );
    expect(await provider.test()).toEqual({ message: 'Reached with •••.' });
    expect(lines).toEqual(['Asking with •••', 'Failed: •••']);
  });
});

describe('features', () => {
  class Skills {
    #prefix = 'type-';
    readonly label = 'plain data';
    listSkillTypes({ settings }: { settings: Settings }) {
      const skillTypeId = this.#prefix + settings.apiKey.length;
      return Promise.resolve([{ skillTypeId, name: 'N', description: 'D' }]);
    }
    settingsSchema(_context: unknown, id: string) {
      return id === 'there' ? z.object({}) : undefined;
    }
    toTool(): never {
      throw new Error('raw');
    }
  }
  const skills = new Skills();
  const create = () => {
    throw new Error('Nobody binds a client before it is needed.');
  };
  const capabilities = {
    chat: { create, features: { skills, vision: { sharp: true }, later: undefined } },
    embedding: { create, features: { skills: new Skills(), batches: {} } },
    telepathy: { create },
  } as unknown as Provider<Settings>['capabilities'];

  it('are told of a capability, and of a provider over its capabilities, each once', () => {
    const provider = load({ capabilities });
    expect(provider.capabilities.map((one) => [one.id, one.getFeatures()])).toEqual([
      ['chat', ['skills', 'vision']],
      ['embedding', ['skills', 'batches']],
      ['telepathy', []],
    ]);
    expect(provider.getFeatures()).toEqual(['skills', 'vision', 'batches']);
    expect(provider.getFeature('skills')).toBe(skills);
    expect([provider.hasFeature('vision'), provider.hasFeature('later')]).toEqual([true, false]);
    expect(provider.tryGetFeature('hosted-skills')).toBeUndefined();
    const missing = () => provider.getFeature('hosted-skills');
    expect(missing).toThrow('Example does not offer the feature hosted-skills.');
  });

  it('have their context on a connected provider, whatever they are made of', async () => {
    const feature = connect({ capabilities }).getFeature('skills');
    expect(await feature.listSkillTypes()).toMatchObject([{ skillTypeId: `type-${SECRET.length}` }]);
    expect(feature.settingsSchema('there')).toBeDefined();
    expect(feature.settingsSchema('gone')).toBeUndefined();
    expect(feature).toMatchObject({ label: 'plain data' });
    expect(() => feature.toTool('there', {})).toThrow(
      expect.objectContaining({ code: 'protocol' }) as unknown as Error,
    );
  });

  it('and capabilities that are not there are refused with their name', () => {
    const provider = connect({});
    const coded = (code: string) =>
      expect.objectContaining({ details: expect.objectContaining({ code }) }) as unknown as Error;
    expect(() => provider.chat()).toThrow(coded('capability-missing'));
    expect(() => provider.embedding()).toThrow(coded('capability-missing'));
    expect(() => provider.getFeature('skills')).toThrow(coded('feature-missing'));
    expect(provider.tryGetFeature('skills')).toBeUndefined();
  });

  it('do not excuse a client that cannot be made', () => {
    expect(() => connect({ capabilities }).chat()).toThrow(
      expect.objectContaining({ code: 'protocol' }) as unknown as Error,
    );
  });
});
