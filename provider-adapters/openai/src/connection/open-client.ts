import { OpenAI } from 'openai';
import type { ProviderContext } from 'strapi-plugin-skills-shared/provider';
import { baseUrlOf, type Settings } from './settings';

/**
 * The SDK's client without its look into the environment: all that it would read there is given, except the headers of
 * `OPENAI_CUSTOM_HEADERS`, which it merges in whatever it is given, and which are put back here.
 */
class ClosedClient extends OpenAI {
  constructor(options: ConstructorParameters<typeof OpenAI>[0]) {
    super(options);
    this._options.defaultHeaders = options?.defaultHeaders;
  }
}

/** A client for one connection: it asks nobody until it is used, retries nothing, logs nothing and knows only `context.fetch`. */
export function openClient(settings: Settings, context: Pick<ProviderContext, 'fetch'>): OpenAI {
  return new ClosedClient({
    // The SDK refuses to start without a key: where there is none, the header that would carry it is taken out.
    apiKey: settings.apiKey || 'none',
    ...(settings.apiKey ? {} : { defaultHeaders: { Authorization: null } }),
    adminAPIKey: null,
    organization: settings.organization || null,
    project: settings.project || null,
    webhookSecret: null,
    baseURL: baseUrlOf(settings),
    fetch: context.fetch,
    maxRetries: 0,
    logLevel: 'off',
  });
}
