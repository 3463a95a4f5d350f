import {
  ProviderError,
  type ConnectionContext,
  type ConnectionTest,
} from 'strapi-plugin-skills-shared/provider';
import { openClient } from './connection/open-client';
import { defaultModelOf, isOpenAI, serverName, type Settings } from './connection/settings';
import { listAllModels, notThisApi } from './models';

/** Lists the models: that needs a valid key, and costs nothing. */
export async function testConnection(context: ConnectionContext<Settings>): Promise<ConnectionTest> {
  const { settings } = context;
  const models = await listAllModels(openClient(settings, context), context).catch((error: unknown) => {
    // Any web server says 404 to a path that it does not know.
    if (ProviderError.is(error) && (error.status === 404 || error.status === 405)) throw notThisApi(context);
    throw error;
  });
  const count = models.length === 1 ? '1 model is' : `${models.length} models are`;
  const model = defaultModelOf(settings);
  const isMissing = model !== undefined && !models.some(({ id }) => isSameModel(id, model));
  const kind = isOpenAI(settings) ? '' : ', which speaks OpenAI’s API';
  const warning = isMissing ? `, but the default model ${model} is not among them` : '';
  return { message: `Reached ${serverName(settings)}${kind}; ${count} available${warning}.` };
}

/** Ollama lists `llama3.2:latest` for what requests may call `llama3.2`. */
const isSameModel = (listed: string, wanted: string): boolean =>
  listed === wanted || listed === `${wanted}:latest`;
