import { z } from 'zod';

/** Where requests go unless a base URL is given. */
export const anthropicBaseUrl = 'https://api.anthropic.com';

/** Cheap and quick, and every tool that this adapter offers works with it. */
export const cheapModel = 'claude-haiku-4-5';

/** The least that Anthropic takes as a budget for thinking. */
export const leastThinkingTokens = 1_024;

export const thinkingModes = ['model', 'adaptive', 'budget'] as const;

const isHttpUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && username + password + search + hash === '';
};

/** Settings of a connection. Empty texts count as not given, since forms send them. */
export const settingsSchema = z.object({
  // It goes into a header: a line break or a letter beyond ASCII would make every request fail with a puzzling error.
  apiKey: z
    .string()
    .trim()
    .min(1, 'Enter an API key.')
    .max(500)
    .regex(/^[\x21-\x7e]*$/, 'Use letters, digits and signs without spaces.')
    .meta({
      title: 'API key',
      description: 'From the Claude Console, under API keys.',
      placeholder: 'sk-ant-…',
      secret: true,
    }),
  baseUrl: z
    .string()
    .trim()
    .max(2_000)
    .refine((text) => text === '' || isHttpUrl(text), 'Enter an http or https URL, without user or query.')
    .optional()
    .meta({
      title: 'Base URL',
      description: 'For a gateway that speaks Anthropic’s API. Without /v1 at its end.',
      placeholder: anthropicBaseUrl,
      destination: true,
    }),
  defaultModel: z.string().trim().max(200).optional().meta({
    title: 'Default model',
    description: 'The model of runs that name none.',
    placeholder: cheapModel,
  }),
  maxOutputTokens: z.number().int().min(1).max(128_000).default(16_000).meta({
    title: 'Longest answer',
    description: 'In tokens, thinking included. A model’s own limit may be lower.',
  }),
  thinking: z
    .enum(thinkingModes)
    .default('model')
    .meta({
      title: 'Thinking',
      description:
        'Newer models decide by themselves (adaptive); models up to the 4.5 generation take a budget of tokens.',
      enumNames: ['As the model does by itself', 'Adaptive', 'With a budget'],
    }),
  thinkingTokens: z.number().int().min(leastThinkingTokens).max(100_000).default(4_096).meta({
    title: 'Thinking budget',
    description: 'Tokens that a model may think, where thinking has a budget.',
  }),
});

export type Settings = z.output<typeof settingsSchema>;

/** The base URL without a slash, or the SDK's own `/v1`, at its end. */
export function baseUrlOf({ baseUrl }: Pick<Settings, 'baseUrl'>): string {
  return (baseUrl || anthropicBaseUrl).replace(/\/+$/, '').replace(/\/v1$/, '');
}

/** What to call the server in sentences: another than Anthropic's is called by its host. */
export function serverName(settings: Pick<Settings, 'baseUrl'>): string {
  const url = baseUrlOf(settings);
  return url === anthropicBaseUrl ? 'Anthropic' : new URL(url).host;
}

/** The model of a request that names none. */
export const defaultModelOf = ({ defaultModel }: Settings): string => defaultModel || cheapModel;
