import type { Anthropic } from '@anthropic-ai/sdk';
import { ProviderError, type ChatModel } from 'strapi-plugin-skills-shared/provider';
import { z } from 'zod';
import { providerFailure, type FailureContext } from './connection/provider-failure';
import { anthropicBaseUrl, baseUrlOf, serverName } from './connection/settings';

const modelPage = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      display_name: z.string().optional(),
      max_input_tokens: z.number().nullish(),
      lifecycle: z.string().optional(),
    }),
  ),
  has_more: z.boolean().default(false),
  last_id: z.string().nullish(),
});

/** More than this is an endless list. */
const mostPages = 20;

/** The models that requests may name, in the vendor's order: the newest first. Rejects with a `ProviderError`. */
export async function listModels(client: Anthropic, context: FailureContext): Promise<ChatModel[]> {
  const models: ChatModel[] = [];
  let after: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const { data, has_more, last_id } = await readPage(client, context, after);
    models.push(...data.filter(({ lifecycle }) => lifecycle !== 'retired').map(presentModel));
    if (!has_more || !last_id) break;
    after = last_id;
  }
  return models;
}

/** By hand, since the SDK's pages take any answer for an empty list, and so would a web server that is no Anthropic. */
async function readPage(
  client: Anthropic,
  context: FailureContext,
  after: string | undefined,
): Promise<z.output<typeof modelPage>> {
  try {
    const page = modelPage.safeParse(
      await client.get('/v1/models', {
        query: { limit: 1_000, ...(after === undefined ? {} : { after_id: after }) },
        signal: context.signal,
      }),
    );
    if (!page.success) throw notThisApi(context);
    return page.data;
  } catch (error) {
    throw providerFailure(error, context);
  }
}

function presentModel(model: z.output<typeof modelPage>['data'][number]): ChatModel {
  return {
    id: model.id,
    ...(model.display_name ? { name: model.display_name } : {}),
    ...(model.max_input_tokens ? { contextTokens: model.max_input_tokens } : {}),
  };
}

/** Tells that something answers, but not what Anthropic's API does. */
export function notThisApi({ settings }: Pick<FailureContext, 'settings'>): ProviderError {
  const hint = baseUrlOf(settings) === anthropicBaseUrl ? '' : ' Check the base URL.';
  return new ProviderError({
    code: 'protocol',
    message: `${serverName(settings)} answered, but not as Anthropic’s API does.${hint}`,
  });
}
