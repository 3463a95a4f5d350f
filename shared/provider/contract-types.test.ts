import { expectTypeOf } from 'expect-type';
import { z } from 'zod';
import type {
  Capability,
  ChatClient,
  ChatEvent,
  ConnectionContext,
  EmbeddingClient,
  FeatureId,
  Features,
  HostedSkillsFeature,
  Provider,
  ProviderContext,
  ProviderErrorCode,
  SettingsOf,
  SettingsSchema,
  SkillsFeature,
} from './index';
import { defineProvider, specificationVersion } from './index';

const schema = z.object({ apiKey: z.string(), retries: z.coerce.number().default(2) });
interface Settings {
  apiKey: string;
  retries: number;
}

const base = {
  specificationVersion,
  id: 'typed',
  displayName: 'Typed',
  settingsSchema: schema,
  testConnection: () => Promise.resolve({ message: 'Fine.' }),
} as const;

it('takes the type of settings from what the schema answers', () => {
  expectTypeOf<SettingsOf<typeof schema>>().toEqualTypeOf<Settings>();
  expectTypeOf(defineProvider({ ...base, capabilities: {} })).toEqualTypeOf<Provider<Settings>>();
});

it('takes any schema that speaks Standard Schema and its JSON Schema', () => {
  expectTypeOf(schema).toExtend<SettingsSchema<Settings>>();
  expectTypeOf<{ parse(value: unknown): unknown }>().not.toExtend<SettingsSchema>();
});

it('gives capabilities and features the settings of their provider', () => {
  defineProvider({
    ...base,
    capabilities: {
      chat: {
        prices: [{ model: 'one', input: 1, output: 2 }],
        defaultModel: (settings) => {
          expectTypeOf(settings).toEqualTypeOf<Settings>();
          return undefined;
        },
        create(settings, context) {
          expectTypeOf(settings).toEqualTypeOf<Settings>();
          expectTypeOf(context).toEqualTypeOf<ProviderContext>();
          return {} as ChatClient;
        },
        features: {
          skills: {
            listSkillTypes(context) {
              expectTypeOf(context).toEqualTypeOf<ConnectionContext<Settings>>();
              return Promise.resolve([]);
            },
            settingsSchema: () => undefined,
            toTool: () => ({ dialect: 'typed', tools: [] }),
          },
        },
      },
    },
  });
});

it('knows its features, and lets others be', () => {
  expectTypeOf<FeatureId>().toEqualTypeOf<'skills' | 'hosted-skills'>();
  expectTypeOf<Features<Settings>['skills']>().toEqualTypeOf<SkillsFeature<Settings> | undefined>();
  expectTypeOf<Features<Settings>['hosted-skills']>().toEqualTypeOf<
    HostedSkillsFeature<Settings> | undefined
  >();
  expectTypeOf<Features<Settings>['vision']>().toBeUnknown();
});

it('knows its capabilities by their clients', () => {
  type Known = Provider<Settings>['capabilities'];
  expectTypeOf<ReturnType<NonNullable<Known['chat']>['create']>>().toExtend<ChatClient>();
  expectTypeOf<ReturnType<NonNullable<Known['embedding']>['create']>>().toExtend<EmbeddingClient>();
  expectTypeOf<Capability<Settings, string>>().toExtend<NonNullable<Known['transcription']>>();
});

it('refuses definitions that are wrong', () => {
  // @ts-expect-error Another version of the contract.
  defineProvider({ ...base, specificationVersion: 2, capabilities: {} });
  // @ts-expect-error A capability without a client.
  defineProvider({ ...base, capabilities: { chat: {} } });
  defineProvider({
    ...base,
    // @ts-expect-error A chat client that cannot stream.
    capabilities: { chat: { create: () => ({ listModels: () => Promise.resolve([]) }) } },
  });
  // @ts-expect-error A schema that renders to no JSON Schema.
  defineProvider({ ...base, capabilities: {}, settingsSchema: { parse: () => ({}) } });
});

it('tells an end by its type', () => {
  type Terminal = Extract<ChatEvent, { type: 'finish' | 'error' }>;
  expectTypeOf<Extract<Terminal, { type: 'error' }>['error']['code']>().toEqualTypeOf<ProviderErrorCode>();
  expectTypeOf<Extract<Terminal, { type: 'finish' }>['message']['role']>().toEqualTypeOf<'assistant'>();
});
