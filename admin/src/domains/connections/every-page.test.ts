import type { Page } from 'strapi-plugin-skills-shared/contracts';
import { everyPage } from './every-page';

const listOf =
  (total: number, asked: number[] = []) =>
  (page: number) => {
    asked.push(page);
    const rows = Array.from({ length: total }, (_, index) => index);
    const pagination = { page, pageSize: 10, pageCount: Math.ceil(total / 10), total };
    const data: Page<number> = { data: rows.slice((page - 1) * 10, page * 10), meta: { pagination } };
    return Promise.resolve({ data });
  };

describe('all pages of a list', () => {
  it('are read to the end, in their order', async () => {
    const asked: number[] = [];
    const { data } = await everyPage(listOf(25, asked), 9);
    expect(data?.rows).toEqual(Array.from({ length: 25 }, (_, index) => index));
    expect(asked).toEqual([1, 2, 3]);
  });

  it('are one where there is nothing', async () => {
    expect(await everyPage(listOf(0), 9)).toEqual({ data: { rows: [], total: 0 } });
  });

  it('end at a bound, and tell how many there are', async () => {
    const { data } = await everyPage(listOf(95), 3);
    expect(data?.rows).toHaveLength(30);
    expect(data?.total).toBe(95);
  });

  it('fail when one of them does', async () => {
    const list = listOf(25);
    const failing = (page: number) => (page === 2 ? Promise.resolve({ error: 'no' }) : list(page));
    expect(await everyPage<number, string>(failing, 9)).toEqual({ error: 'no' });
  });
});
