import { Filters, SearchInput } from '@strapi/strapi/admin';
import type { Connection, ToolScope } from 'strapi-plugin-skills-shared/contracts';
import { useAllowed } from '../../../http/allowed';
import { useListConnectionsQuery } from '../../connections';
import { kindName } from '../kinds/registry';
import { choiceFilter } from '../../../ui/list-filter';
import type { FilterParameters } from '../../../ui/list-filters';
import { useT, type Translate } from '../../../ui/use-t';
import { useGetFacetsQuery, useListSkillToolScopesQuery, type Facets } from '../api';
import { skillVisibilityChoices } from './skill-choices';

export const skillFilterParameters: FilterParameters = {
  'kind.$eq': 'kind',
  'status.$eq': 'status',
  'active.$eq': 'active',
  'tag.$eq': 'tag',
  'category.$eq': 'category',
  'visibility.$eq': 'visibility',
  'owner.$eq': 'owner',
  'archived.$eq': 'archived',
  'skillType.$eq': 'skillType',
  'connection.$eq': 'connection',
  'toolScope.$eq': 'toolScope',
};

interface Choices {
  facets: Facets;
  connections: readonly Connection[];
  scopes: readonly ToolScope[];
}

function filtersOf(t: Translate, { facets, connections, scopes }: Choices): Filters.Filter[] {
  const { kinds, tags, categories, owners, skillTypes } = facets;
  const named = (values: string[]) => values.map((value) => ({ value, label: value }));
  const filters = [
    choiceFilter(t, 'status', t('skill.status'), [
      { value: 'draft', label: t('skill.status.draft') },
      { value: 'published', label: t('skill.status.published') },
      { value: 'modified', label: t('skill.status.modified') },
    ]),
    choiceFilter(t, 'active', t('skill.active'), [
      { value: 'true', label: t('common.yes') },
      { value: 'false', label: t('common.no') },
    ]),
    choiceFilter(t, 'archived', t('skill.archived'), [{ value: 'true', label: t('common.yes') }]),
    choiceFilter(t, 'visibility', t('skill.visibility'), skillVisibilityChoices(t)),
  ];
  // A filter without anything to choose would be a dead end.
  if (kinds.length > 0)
    filters.push(
      choiceFilter(
        t,
        'kind',
        t('skill.kind'),
        kinds.map((kind) => ({ value: kind, label: kindName(t, kind) })),
      ),
    );
  if (skillTypes.length > 0)
    filters.push(
      choiceFilter(
        t,
        'skillType',
        t('skill.type'),
        skillTypes.map(({ id, name }) => ({ value: id, label: name })),
      ),
    );
  if (connections.length > 0)
    filters.push(
      choiceFilter(
        t,
        'connection',
        t('skill.connection'),
        connections.map(({ id, name }) => ({ value: id, label: name })),
      ),
    );
  if (scopes.length > 0)
    filters.push(
      choiceFilter(
        t,
        'toolScope',
        t('skill.tool-scope'),
        scopes.map(({ id, name }) => ({ value: id, label: name })),
      ),
    );
  if (tags.length > 0) filters.push(choiceFilter(t, 'tag', t('skill.tag'), named(tags)));
  if (categories.length > 0)
    filters.push(choiceFilter(t, 'category', t('skill.category'), named(categories)));
  const people = owners.flatMap(({ id, name }) => (id === null ? [] : [{ value: id, label: name }]));
  if (people.length > 0) filters.push(choiceFilter(t, 'owner', t('skill.owner'), people));
  return filters;
}

const nothing: Facets = { kinds: [], tags: [], categories: [], owners: [], skillTypes: [] };

/** The search box and the filters above the list of skills. */
export function SkillFilters() {
  const t = useT();
  const allowed = useAllowed();
  const { data: facets = nothing } = useGetFacetsQuery();
  const { data: scopes = [] } = useListSkillToolScopesQuery();
  const { data: connections } = useListConnectionsQuery(
    { feature: 'skills', pageSize: 100 },
    { skip: !allowed.readConnections },
  );
  return (
    <>
      <SearchInput
        label={t('skills.search')}
        placeholder={t('skills.search-placeholder')}
        trackedEvent={null}
      />
      <Filters.Root options={filtersOf(t, { facets, scopes, connections: connections?.data ?? [] })}>
        <Filters.Trigger />
        <Filters.Popover />
        <Filters.List />
      </Filters.Root>
    </>
  );
}
