import type { Thread } from 'strapi-plugin-skills-shared/contracts';
import type { ThreadsService } from './service';
import type { ThreadRecord } from './thread-record';

/** Threads as the admin API answers them, with the numbers of their runs. */
export async function presentThreads(
  service: Pick<ThreadsService, 'countRuns'>,
  threads: readonly ThreadRecord[],
): Promise<Thread[]> {
  const counts = await service.countRuns(threads.map(({ id }) => id));
  return threads.map((thread) => {
    const { runs, active } = counts.get(thread.id) ?? { runs: 0, active: 0 };
    return {
      ...thread,
      runCount: runs,
      activeRuns: active,
      createdAt: new Date(thread.createdAt).toISOString(),
      activeAt: new Date(thread.activeAt).toISOString(),
    };
  });
}
