import { Anthropic } from '@anthropic-ai/sdk';
import type { ProviderContext } from 'strapi-plugin-skills-shared/provider';
import { baseUrlOf, type Settings } from './settings';

/**
 * The SDK's client without its look into the environment: all that it would read there is given, except the headers of
 * `ANTHROPIC_CUSTOM_HEADERS`, which it merges in whatever it is given, and which are taken out again here.
 */
class ClosedClient extends Anthropic {
  constructor(options: ConstructorParameters<typeof Anthropic>[0]) {
    super(options);
    // Private in the types alone; the tests say so if that changes.
    const closed = this as unknown as { _options: { defaultHeaders: unknown } };
    closed._options.defaultHeaders = options?.defaultHeaders;
  }
}

/** A client for one connection: it asks nobody until it is used, retries nothing, logs nothing and knows only `context.fetch`. */
export function openClient(settings: Settings, context: Pick<ProviderContext, 'fetch'>): Anthropic {
  return new ClosedClient({
    // A key that is given stands for all ways to sign in: without one the SDK would look for profiles in files.
    apiKey: settings.apiKey,
    webhookKey: null,
    baseURL: baseUrlOf(settings),
    fetch: asSdkFetch(context.fetch),
    maxRetries: 0,
    logLevel: 'off',
    // Prompts and answers are not for a tracer that the host app may have set up.
    openTelemetry: false,
  });
}

/** Before the first upload the SDK asks a `fetch` without `Response` for `data:,`, to see whether it can send forms. */
function asSdkFetch(fetch: ProviderContext['fetch']): ProviderContext['fetch'] {
  const own: ProviderContext['fetch'] = (input, init) => fetch(input, init);
  return Object.assign(own, { Response: globalThis.Response });
}
