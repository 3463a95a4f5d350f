import type {
  ChatClient,
  ConnectionContext,
  EmbeddingClient,
  FeatureId,
  FeatureTypes,
  Provider,
  ProviderContext,
} from 'strapi-plugin-skills-shared/provider';
import type { Bound, ConnectedProvider, LoadedProvider } from '../providers-service';
import { createAdapterGuard } from './adapter-guard';
import { bindFeature } from './bind-feature';
import { capabilityMissing, featureMissing } from './feature-holder';
import { guardContext } from './guarded-context';
import { guardChat, guardEmbedding } from './guarded-clients';
import { createMask } from './secret-mask';

/** Binds settings to an adapter. Nothing of the adapter is called yet. */
export function connectProvider(
  definition: Provider,
  provider: LoadedProvider,
  settings: unknown,
  given: ProviderContext,
): ConnectedProvider {
  const { displayName } = provider;
  const mask = createMask(secretsIn(settings, provider));
  const { context, lastRefusal } = guardContext(given, mask);
  const guard = createAdapterGuard({ displayName, signal: given.signal, mask, lastRefusal });
  const bound: ConnectionContext<unknown> = { ...context, settings };
  const { chat, embedding } = definition.capabilities;

  function tryGetFeature<Id extends FeatureId>(id: Id): Bound<FeatureTypes<unknown>[Id]> | undefined {
    const feature = provider.tryGetFeature(id);
    if (typeof feature !== 'object' || feature === null) return undefined;
    return bindFeature(feature, bound, guard) as unknown as Bound<FeatureTypes<unknown>[Id]>;
  }

  return {
    provider,
    getFeatures: () => provider.getFeatures(),
    hasFeature: (id) => provider.hasFeature(id),
    tryGetFeature,
    getFeature(id) {
      const feature = tryGetFeature(id);
      if (feature === undefined) throw featureMissing(displayName, id);
      return feature;
    },
    chat(): ChatClient {
      if (!chat) throw capabilityMissing(displayName, 'chat');
      return guardChat(
        guard.call(() => chat.create(settings, context)),
        { guard, displayName, mask },
      );
    },
    embedding(): EmbeddingClient {
      if (!embedding) throw capabilityMissing(displayName, 'embedding');
      return guardEmbedding(
        guard.call(() => embedding.create(settings, context)),
        guard,
      );
    },
    defaultModel: () => guard.call(() => chat?.defaultModel?.(settings)),
    async test() {
      const { message } = await guard.call(() => definition.testConnection(bound));
      return { message: mask(String(message)) };
    },
  };
}

function secretsIn(settings: unknown, { settings: form }: LoadedProvider): unknown[] {
  if (typeof settings !== 'object' || settings === null) return [];
  return form.secretFields.map((field) => (settings as Record<string, unknown>)[field]);
}
