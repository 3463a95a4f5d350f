export type FilterEntry = Record<string, Record<string, string | Record<string, string>>>;

/** The filters as Strapi's `Filters` keeps them in the URL. */
export interface FilterQuery {
  filters?: { $and?: FilterEntry[] };
}

/** Which parameter of our routes a filter becomes, by `field.operator`: `{ 'kind.$eq': 'kind', 'createdAt.$gte': 'from' }`. */
export type FilterParameters = Record<string, string>;

function readEntry(entry: FilterEntry): { key: string; value: string } | undefined {
  const [field] = Object.keys(entry);
  const operators = field === undefined ? undefined : entry[field];
  const [operator] = Object.keys(operators ?? {});
  const value = operator === undefined ? undefined : operators?.[operator];
  return typeof value === 'string' ? { key: `${field}.${operator}`, value } : undefined;
}

/** The parameters that the filters amount to. What is not known is left out: a URL can be edited by hand. */
export function filterParameters(
  { filters }: FilterQuery,
  parameters: FilterParameters,
): Record<string, string> {
  const entries = (filters?.$and ?? []).flatMap((entry) => {
    const read = readEntry(entry);
    const parameter = read && parameters[read.key];
    return parameter ? [[parameter, read.value]] : [];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

/**
 * The filters without those that a later one replaces, or undefined when there is nothing to drop: our routes take one value
 * a filter, and two tags that cannot both hold would mislead.
 */
export function withoutReplaced({ filters }: FilterQuery): FilterEntry[] | undefined {
  const entries = filters?.$and ?? [];
  const keys = entries.map((entry) => readEntry(entry)?.key);
  const kept = entries.filter(
    (_, index) => keys[index] === undefined || !keys.slice(index + 1).includes(keys[index]),
  );
  return kept.length === entries.length ? undefined : kept;
}
