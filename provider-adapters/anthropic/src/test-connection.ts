import {
  ProviderError,
  type ConnectionContext,
  type ConnectionTest,
} from 'strapi-plugin-skills-shared/provider';
import { openClient } from './connection/open-client';
import {
  anthropicBaseUrl,
  baseUrlOf,
  defaultModelOf,
  serverName,
  type Settings,
} from './connection/settings';
import { listModels, notThisApi } from './models';

/** Lists the models: that needs a valid key, and costs nothing. */
export async function testConnection(context: ConnectionContext<Settings>): Promise<ConnectionTest> {
  const { settings } = context;
  const models = await listModels(openClient(settings, context), context).catch((error: unknown) => {
    // Any web server says 404 to a path that it does not know.
    if (ProviderError.is(error) && (error.status === 404 || error.status === 405)) throw notThisApi(context);
    throw error;
  });
  const count = models.length === 1 ? '1 model is' : `${models.length} models are`;
  const model = defaultModelOf(settings);
  // A list names dated releases; a request may name the model without its date.
  const isMissing = !models.some(({ id }) => id === model || id.startsWith(`${model}-20`));
  const kind = baseUrlOf(settings) === anthropicBaseUrl ? '' : ', which speaks Anthropic’s API';
  const warning = isMissing ? `, but the default model ${model} is not among them` : '';
  return { message: `Reached ${serverName(settings)}${kind}; ${count} available${warning}.` };
}
