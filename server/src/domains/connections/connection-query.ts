import type { ConnectionListQuery } from 'strapi-plugin-skills-shared/contracts';
import type { ProvidersService } from '../providers';
import type { ConnectionFilter, ConnectionOrder } from './repository';

type Providers = Pick<ProvidersService, 'list'>;

/** Ids of the installed providers with a capability and a feature, where these are asked for. */
export function providersWith(
  { capability, feature }: { capability?: string | undefined; feature?: string | undefined },
  providers: Providers,
): string[] {
  return providers
    .list()
    .filter(({ state }) => state === 'loaded')
    .filter(
      ({ capabilities }) => capability === undefined || capabilities.some(({ id }) => id === capability),
    )
    .filter(
      ({ capabilities }) =>
        feature === undefined ||
        capabilities.some(({ features }) => features.some(({ id }) => id === feature)),
    )
    .flatMap(({ id }) => id ?? []);
}

/** A list's query in the words of the table, which knows neither capabilities nor features. */
export function filterOf(
  { _q, active, provider, capability, feature }: ConnectionListQuery,
  providers: Providers,
): ConnectionFilter {
  const isNarrowed = capability !== undefined || feature !== undefined;
  const able = isNarrowed ? providersWith({ capability, feature }, providers) : undefined;
  const named = provider === undefined ? undefined : [provider];
  const both = named && able ? named.filter((id) => able.includes(id)) : (named ?? able);
  return { search: _q, active, providers: both };
}

/** `name:desc`, as the query's schema lets it through. */
export function orderOf(sort: string): ConnectionOrder {
  const [by, direction = 'asc'] = sort.split(':');
  const words = ['name', 'provider', 'createdAt', 'updatedAt'] as const;
  return {
    by: words.find((word) => word.toLowerCase() === by?.toLowerCase()) ?? 'name',
    descending: direction.toLowerCase() === 'desc',
  };
}
