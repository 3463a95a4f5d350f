/** What the panel's cache holds of a query, as far as this asks. */
export interface CachedQuery {
  status: string;
  requestId?: string;
  originalArgs?: unknown;
}

/** The requests that are under way for a run. */
function underWay(queries: Readonly<Record<string, CachedQuery | undefined>>, runId: string): string[] {
  return Object.values(queries).flatMap((query) =>
    query?.status === 'pending' && query.requestId !== undefined && isOf(query.originalArgs, runId)
      ? [query.requestId]
      : [],
  );
}

const isOf = (args: unknown, runId: string): boolean =>
  args === runId || (typeof args === 'object' && args !== null && 'id' in args && args.id === runId);

const lookEveryMs = 50;

/**
 * Resolves when the requests for a run that are under way now have been answered. The cache does not ask again while it is asking: what
 * changed after the server had read its answer would be missed, and the old answer stand.
 */
export async function untilAnswered(
  queries: () => Readonly<Record<string, CachedQuery | undefined>>,
  runId: string,
): Promise<void> {
  const old = new Set(underWay(queries(), runId));
  while (underWay(queries(), runId).some((request) => old.has(request)))
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
}
