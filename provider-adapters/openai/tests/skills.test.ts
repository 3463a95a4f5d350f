import type { JsonObject } from 'strapi-plugin-skills-shared/provider';
import { startOpenAIPeer } from '../../../tests/support/peers/openai';
import { provider } from '../src/index';
import { chatOf, collect, contextOf, say } from './connected';

const context = contextOf({ apiKey: 'k' });
const feature = () => {
  const skills = provider.capabilities.chat?.features?.skills;
  if (!skills) throw new Error('There is no feature "skills".');
  return skills;
};

async function toolOf(skillTypeId: string, settings: JsonObject) {
  const result = await feature().settingsSchema(context, skillTypeId)?.['~standard'].validate(settings);
  if (!result || result.issues) throw new Error(JSON.stringify(result?.issues));
  return feature().toTool(context, skillTypeId, result.value);
}

const cases: [string, JsonObject, JsonObject][] = [
  ['web-search', {}, { type: 'web_search' }],
  [
    'web-search',
    { searchContextSize: 'high', allowedDomains: [], country: '', city: '' },
    { type: 'web_search', search_context_size: 'high' },
  ],
  [
    'web-search',
    {
      allowedDomains: ['docs.strapi.io'],
      country: 'de',
      region: 'Bavaria',
      city: 'Munich',
      timezone: 'Europe/Berlin',
    },
    {
      type: 'web_search',
      user_location: {
        type: 'approximate',
        country: 'DE',
        region: 'Bavaria',
        city: 'Munich',
        timezone: 'Europe/Berlin',
      },
      filters: { allowed_domains: ['docs.strapi.io'] },
    },
  ],
  ['code-interpreter', {}, { type: 'code_interpreter', container: { type: 'auto' } }],
  [
    'code-interpreter',
    { memoryLimit: '16g', fileIds: ['file-abc'] },
    { type: 'code_interpreter', container: { type: 'auto', memory_limit: '16g', file_ids: ['file-abc'] } },
  ],
  ['image-generation', { model: '' }, { type: 'image_generation' }],
  [
    'image-generation',
    {
      model: 'gpt-image-1.5',
      size: '1024x1536',
      quality: 'high',
      background: 'transparent',
      outputFormat: 'webp',
      outputCompression: 0,
      moderation: 'low',
    },
    {
      type: 'image_generation',
      model: 'gpt-image-1.5',
      size: '1024x1536',
      quality: 'high',
      background: 'transparent',
      output_format: 'webp',
      output_compression: 0,
      moderation: 'low',
    },
  ],
  [
    'file-search',
    { vectorStoreIds: ['vs_1', 'vs_2'], maxResults: 3, scoreThreshold: 0.4 },
    {
      type: 'file_search',
      vector_store_ids: ['vs_1', 'vs_2'],
      max_num_results: 3,
      ranking_options: { score_threshold: 0.4 },
    },
  ],
  ['file-search', { vectorStoreIds: ['vs_1'] }, { type: 'file_search', vector_store_ids: ['vs_1'] }],
];

it.each(cases)('makes the exact entry of %s with %j', async (skillTypeId, settings, expected) => {
  expect(await toolOf(skillTypeId, settings)).toEqual({ dialect: 'openai', tools: [expected] });
});

it('sends entries that OpenAI’s own types allow', async () => {
  const peer = await startOpenAIPeer();
  try {
    for (const [skillTypeId, settings] of cases) {
      const checked = await feature().settingsSchema(context, skillTypeId)?.['~standard'].validate(settings);
      const skills = [{ skillTypeId, settings: (checked as { value: JsonObject }).value }];
      await collect(chatOf(peer.settings).stream(say('Hi', { skills })));
    }
    expect(peer.failures).toEqual([]);
    expect(peer.requests.filter(({ url }) => url === '/v1/responses')).toHaveLength(cases.length);
  } finally {
    await peer.close();
  }
});

it.each([
  ['web-search', { country: 'Germany' }],
  ['web-search', { allowedDomains: ['https://strapi.io/docs'] }],
  ['web-search', { timezone: 'Europe/Munchen' }],
  ['code-interpreter', { memoryLimit: '2g' }],
  ['image-generation', { background: 'transparent', outputFormat: 'jpeg' }],
  ['image-generation', { outputCompression: 101 }],
  ['file-search', {}],
  ['file-search', { vectorStoreIds: [] }],
  ['file-search', { vectorStoreIds: ['vs_1'], maxResults: 51 }],
])('refuses settings of %s that OpenAI would refuse: %j', async (skillTypeId, settings) => {
  await expect(toolOf(skillTypeId, settings)).rejects.toThrow();
});

it('gives every field of every type a title', async () => {
  for (const { skillTypeId } of await feature().listSkillTypes(context)) {
    const schema = feature().settingsSchema(context, skillTypeId);
    const { properties } = schema?.['~standard'].jsonSchema.input({ target: 'draft-2020-12' }) as {
      properties: Record<string, { title?: string }>;
    };
    expect(Object.values(properties).every(({ title }) => Boolean(title))).toBe(true);
  }
});

it('knows no other type', () => {
  expect(feature().settingsSchema(context, 'computer-use')).toBeUndefined();
  expect(() => feature().toTool(context, 'computer-use', {})).toThrow(
    expect.objectContaining({ code: 'unsupported-feature' }) as Error,
  );
});
