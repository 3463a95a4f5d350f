import { z } from 'zod';

/** Paging as Strapi's own lists do it: `page` counts from 1, `pageSize` is 1–100. */
export const pageQuerySchema = z.object({
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(10),
});

export const paginationSchema = z.object({
  page: z.number().int(),
  pageSize: z.number().int(),
  pageCount: z.number().int(),
  total: z.number().int(),
});

export type PageQuery = z.infer<typeof pageQuerySchema>;
export type Pagination = z.infer<typeof paginationSchema>;

/** A page of a list: the body of every list route. */
export interface Page<Item> {
  data: Item[];
  meta: { pagination: Pagination };
}
