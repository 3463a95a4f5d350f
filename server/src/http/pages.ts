import type { Page } from 'strapi-plugin-skills-shared/contracts';

/** A page of a list in Strapi's envelope. */
export function pageOf<Item>(
  items: Item[],
  { page, pageSize, total }: { page: number; pageSize: number; total: number },
): Page<Item> {
  return {
    data: items,
    meta: { pagination: { page, pageSize, pageCount: Math.ceil(total / pageSize), total } },
  };
}
