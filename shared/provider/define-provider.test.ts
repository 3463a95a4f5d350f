import { z } from 'zod';
import { defineProvider, ProviderError, specificationVersion } from './index';

const settingsSchema = z.object({
  apiKey: z.string().meta({ secret: true }),
  region: z.string().default('eu'),
});

it('takes a definition whose settings a zod schema describes', () => {
  const provider = defineProvider({
    specificationVersion,
    id: 'example',
    displayName: 'Example',
    settingsSchema,
    capabilities: {
      chat: {
        create: ({ apiKey, region }, { signal }) => ({
          listModels: () => Promise.resolve([{ id: apiKey + region + String(signal.aborted) }]),
          async *stream() {
            yield { type: 'error', error: { code: 'protocol', message: 'No.' } };
          },
        }),
        features: {
          skills: {
            listSkillTypes: ({ settings }) =>
              Promise.resolve([{ skillTypeId: settings.region, name: 'N', description: 'D' }]),
            settingsSchema: () => z.object({}),
            toTool: () => ({ dialect: 'example', tools: [] }),
          },
          vision: { anything: true },
        },
      },
      transcription: { create: () => ({}) },
    },
    testConnection: ({ settings }) => Promise.resolve({ message: settings.region }),
  });
  expect(Object.keys(provider.capabilities)).toEqual(['chat', 'transcription']);
});

it('knows a provider error of another copy of the package', () => {
  const foreign = Object.assign(new Error('No.'), {
    [Symbol.for('strapi-plugin-skills.provider-error')]: true,
  });
  expect(ProviderError.is(foreign)).toBe(true);
  expect(ProviderError.is(new Error())).toBe(false);
});
