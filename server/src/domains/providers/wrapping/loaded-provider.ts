import type { ProviderCapability } from 'strapi-plugin-skills-shared/contracts';
import type { CapabilityId, FeatureId, Provider } from 'strapi-plugin-skills-shared/provider';
import type { LoadedCapability, LoadedProvider, SettingsForm } from '../providers-service';
import { connectProvider } from './connected-provider';
import { createFeatureHolder, featureIds } from './feature-holder';

/** What the provider contract knows. Others are shown as they are, and nobody asks for them. */
const knownCapabilities: ReadonlySet<string> = new Set<CapabilityId>(['chat', 'embedding']);
const knownFeatures: ReadonlySet<string> = new Set<FeatureId>(['skills', 'hosted-skills']);

export interface WrapRequest {
  package: string;
  provider: Provider;
  settings: SettingsForm;
  icon: string | null;
}

/** Adds to an adapter's plain data what the plugin asks of it. */
export function wrapProvider({ package: name, provider, settings, icon }: WrapRequest): LoadedProvider {
  const { id, displayName } = provider;
  const entries = Object.entries(provider.capabilities);
  const capabilities: LoadedCapability[] = entries.map(([capability, { features }]) => ({
    id: capability,
    ...createFeatureHolder(`The capability ${capability} of ${displayName}`, [features]),
  }));
  const loaded: LoadedProvider = {
    ...createFeatureHolder(
      displayName,
      entries.map(([, { features }]) => features),
    ),
    package: name,
    id,
    displayName,
    icon,
    settings,
    capabilities,
    summary: summaryOf(provider),
    prices: provider.capabilities.chat?.prices ?? [],
    capability: (capability) => provider.capabilities[capability],
    connect: (values, context) => connectProvider(provider, loaded, values, context),
  };
  return loaded;
}

function summaryOf(provider: Provider): ProviderCapability[] {
  return Object.entries(provider.capabilities).map(([id, { features }]) => ({
    id,
    known: knownCapabilities.has(id),
    features: featureIds(features).map((feature) => ({ id: feature, known: knownFeatures.has(feature) })),
  }));
}
