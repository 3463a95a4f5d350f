import type { Page } from 'strapi-plugin-skills-shared/contracts';

/** The rows of a list's pages. */
export interface Pages<Row> {
  rows: Row[];
  /** As many as there are, of which `rows` may be the first ones only. */
  total: number;
}

type Answer<Data, Failure> = { data: Data; error?: undefined } | { data?: undefined; error: Failure };

/** Asks for a list's pages until its end, or until `most` pages were read. A page that fails fails the whole: a gap would go unseen. */
export async function everyPage<Row, Failure>(
  ask: (page: number) => Promise<Answer<Page<Row>, Failure>>,
  most: number,
): Promise<Answer<Pages<Row>, Failure>> {
  const rows: Row[] = [];
  for (let number = 1; ; number += 1) {
    const answer = await ask(number);
    if (answer.data === undefined) return { error: answer.error };
    const { data, meta } = answer.data;
    rows.push(...data);
    if (number >= Math.min(most, meta.pagination.pageCount)) {
      return { data: { rows, total: meta.pagination.total } };
    }
  }
}
