import { z } from 'zod';

/** Where requests go unless a base URL is given. */
export const openAIBaseUrl = 'https://api.openai.com/v1';

/** A current model of the cheap middle: it reasons, and can use all of OpenAI's tools. */
export const defaultModel = 'gpt-5.4-mini';

export const apiChoices = ['auto', 'responses', 'chat-completions'] as const;

/** What goes into a header: a line break or a letter beyond ASCII would make every request fail with a puzzling error. */
const headerText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[\x21-\x7e]*$/, 'Use letters, digits and signs without spaces.');

const isHttpUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && username + password + search + hash === '';
};

/** Settings of a connection. Empty texts count as not given, since forms send them. */
export const settingsSchema = z
  .object({
    apiKey: headerText(500).optional().meta({
      title: 'API key',
      description: 'Needed at OpenAI; many servers of your own need none.',
      placeholder: 'sk-…',
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
        description:
          'For another server that speaks OpenAI’s API, such as Ollama or vLLM. It often ends in /v1.',
        placeholder: openAIBaseUrl,
        destination: true,
      }),
    api: z
      .enum(apiChoices)
      .default('auto')
      .meta({
        title: 'API',
        description:
          'Automatic means Responses at OpenAI. Elsewhere Responses is tried first, and Chat Completions where a server lacks it.',
        enumNames: ['Automatic', 'Responses', 'Chat Completions'],
      }),
    defaultModel: z.string().trim().max(200).optional().meta({
      title: 'Default model',
      description: 'The model of runs that name none.',
      placeholder: defaultModel,
    }),
    reasoningSummaries: z.boolean().default(false).meta({
      title: 'Reasoning summaries',
      description:
        'Shows what a reasoning model thought about. OpenAI gives them to verified organizations only.',
    }),
    organization: headerText(200).optional().meta({
      title: 'Organization',
      description: 'Only for keys that belong to several organizations.',
      placeholder: 'org-…',
    }),
    project: headerText(200).optional().meta({
      title: 'Project',
      description: 'Only for keys that reach several projects.',
      placeholder: 'proj_…',
    }),
  })
  .refine(({ apiKey, baseUrl }) => Boolean(apiKey) || Boolean(baseUrl), {
    path: ['apiKey'],
    message: 'Enter an API key, or the base URL of a server that needs none.',
  });

export type Settings = z.output<typeof settingsSchema>;

/** The base URL without a slash at its end. */
export function baseUrlOf({ baseUrl }: Settings): string {
  return (baseUrl || openAIBaseUrl).replace(/\/+$/, '');
}

/** Whether requests go to OpenAI itself, whose abilities are known. */
export function isOpenAI(settings: Settings): boolean {
  return new URL(baseUrlOf(settings)).hostname === new URL(openAIBaseUrl).hostname;
}

/** The server in a person's words: `OpenAI`, `localhost:11434`. */
export function serverName(settings: Settings): string {
  return isOpenAI(settings) ? 'OpenAI' : new URL(baseUrlOf(settings)).host;
}

/**
 * Whether OpenAI's own tools can be counted on. Another server may take the Responses API and ignore a tool that it does not know,
 * so there somebody has to say that it has them, by choosing that API.
 */
export function hasOpenAITools(settings: Settings): boolean {
  return settings.api === 'responses' || (settings.api === 'auto' && isOpenAI(settings));
}

/** The model of a request that names none. At another server only its owner knows what there is. */
export function defaultModelOf(settings: Settings): string | undefined {
  return settings.defaultModel || (isOpenAI(settings) ? defaultModel : undefined);
}
