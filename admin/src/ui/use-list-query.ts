import { useEffect, useMemo } from 'react';
import { useQueryParams } from '@strapi/strapi/admin';
import { filterParameters, withoutReplaced, type FilterParameters, type FilterQuery } from './list-filters';

interface ListQuery extends FilterQuery {
  page?: string | number;
  pageSize?: string | number;
  sort?: string;
  _q?: string;
}

/**
 * The state of a list, which is the page's URL, as parameters of our routes. `parameters` must keep its identity.
 * `narrowed` tells whether anything is searched or filtered: an empty answer then means "nothing found", not "nothing there".
 */
export function useListQuery(parameters: FilterParameters, defaultSort: string) {
  const [{ query }, setQuery] = useQueryParams<ListQuery>({ page: '1', pageSize: '10', sort: defaultSort });

  useEffect(() => {
    const kept = withoutReplaced(query);
    if (kept) setQuery({ filters: { $and: kept } }, 'push', true);
  }, [query, setQuery]);

  return useMemo(() => {
    const filters = filterParameters(query, parameters);
    const words = query._q ? decoded(query._q) : undefined;
    return {
      request: { page: query.page, pageSize: query.pageSize, sort: query.sort, _q: words, ...filters },
      filters,
      narrowed: Boolean(words) || Object.keys(filters).length > 0,
    };
  }, [query, parameters]);
}

/** Strapi's search box encodes its words once more than the URL needs when they hold a percent sign. */
function decoded(words: string): string {
  try {
    return decodeURIComponent(words);
  } catch {
    return words;
  }
}
