import type { Filters } from '@strapi/strapi/admin';
import { FilterSelect } from './filter-select';
import type { Translate } from './use-t';

interface Choice {
  value: string;
  label?: string;
}

/** A filter of one value out of a list, for Strapi's `Filters`. */
export function choiceFilter(t: Translate, name: string, label: string, options: Choice[]): Filters.Filter {
  return {
    name,
    label,
    type: 'custom',
    input: FilterSelect,
    options,
    operators: [{ label: t('filter.is'), value: '$eq' }],
  };
}

/** A filter from and up to a moment. */
export function periodFilter(t: Translate, name: string, label: string): Filters.Filter {
  return {
    name,
    label,
    type: 'datetime',
    operators: [
      { label: t('filter.from'), value: '$gte' },
      { label: t('filter.to'), value: '$lte' },
    ],
  };
}
