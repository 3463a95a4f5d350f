import { Filters, SearchInput } from '@strapi/strapi/admin';
import { useAllowed } from '../../../http/allowed';
import { choiceFilter } from '../../../ui/list-filter';
import type { FilterParameters } from '../../../ui/list-filters';
import { useT } from '../../../ui/use-t';
import { useListProvidersQuery } from '../../providers';

export const connectionFilterParameters: FilterParameters = {
  'provider.$eq': 'provider',
  'active.$eq': 'active',
};

/** The search box and the filters above the list of connections. */
export function ConnectionFilters() {
  const t = useT();
  const allowed = useAllowed();
  const { data: providers = [] } = useListProvidersQuery(undefined, { skip: !allowed.readProviders });
  const choices = providers.flatMap(({ id, displayName }) =>
    id === null ? [] : [{ value: id, label: displayName ?? id }],
  );
  const filters = [
    choiceFilter(t, 'active', t('connection.active'), [
      { value: 'true', label: t('common.yes') },
      { value: 'false', label: t('common.no') },
    ]),
    ...(choices.length > 0 ? [choiceFilter(t, 'provider', t('connection.provider'), choices)] : []),
  ];
  return (
    <>
      <SearchInput
        label={t('connections.search')}
        placeholder={t('connections.search-placeholder')}
        trackedEvent={null}
      />
      <Filters.Root options={filters}>
        <Filters.Trigger />
        <Filters.Popover />
        <Filters.List />
      </Filters.Root>
    </>
  );
}
