import type { RunSummary } from 'strapi-plugin-skills-shared/contracts';

type Known = readonly RunSummary[];

const byAge = (a: RunSummary, b: RunSummary): number =>
  a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : a.createdAt < b.createdAt ? -1 : 1;

function join(known: Known, found: Known): Known {
  const fresh = new Map(found.map((run) => [run.id, run]));
  return [...known.filter(({ id }) => !fresh.has(id)), ...fresh.values()].sort(byAge);
}

/**
 * Runs in the order in which they were started, with the newest page of the list. When nothing of the page is known there may be runs
 * between: what is older is then forgotten, and can be asked for again. What is newer than the whole page was started after it was read.
 */
export function withNewest(known: Known, page: Known): Known {
  const ids = new Set(known.map(({ id }) => id));
  if (page.some(({ id }) => ids.has(id))) return join(known, page);
  const newest = [...page].sort(byAge).at(-1);
  return join(
    known.filter((run) => !newest || byAge(run, newest) > 0),
    page,
  );
}

/** The same runs with one that was started just now; where the list has told of it already, it knows more than the answer to the start. */
export const withStarted = (known: Known, run: RunSummary): Known => join([run], known);

/** The same runs with those that were started before them. */
export const withEarlier = (known: Known, earlier: Known): Known =>
  join(
    known,
    earlier.filter(({ id }) => !known.some((run) => run.id === id)),
  );
