import type { Actor } from 'strapi-plugin-skills-shared/contracts';
import { MissingError, type ErrorPath } from '../../http/errors';
import type { Database } from '../../platform/database';
import type { ThreadsRepository } from './repository';
import type { ThreadRecord, ThreadRunCount } from './thread-record';

/** What only the runs' domain knows of threads; it stands after this one, and registers it. */
export interface ThreadRuns {
  /** The runs of these threads. A thread without runs may be missing. */
  count(threadIds: readonly string[]): Promise<ReadonlyMap<string, ThreadRunCount>>;
  /** Takes the thread from its runs, which stay, in the transaction that is open. */
  release(threadId: string): Promise<void>;
}

/** Threads: a skill's runs, grouped by people. Whether a caller may see or change one is its caller's to know. */
export interface ThreadsService {
  create(thread: { skillId: string; name: string; createdBy: Actor }): Promise<ThreadRecord>;
  /** Rejects with 404 `thread-not-found`, as all that take a thread's id. */
  get(id: string): Promise<ThreadRecord>;
  /** Of one skill, the last active first. */
  list(
    skillId: string,
    page: { page: number; pageSize: number },
  ): Promise<{ threads: ThreadRecord[]; total: number }>;
  rename(id: string, name: string): Promise<ThreadRecord>;
  /** Its runs stay, without a thread; those that have not ended go on. */
  delete(id: string): Promise<void>;
  /** Rejects with 404 `thread-not-found` at `thread` unless the skill has this thread: for who starts a run in it. */
  assertThread(id: string, skillId: string): Promise<void>;
  /**
   * Notes a run that is stored in the open transaction; `at` is in milliseconds since 1970. Rejects with 404 `thread-not-found` at `thread`
   * when the thread was deleted meanwhile. It cannot be deleted before the transaction has ended.
   */
  touch(id: string, at: number): Promise<void>;
  /** The runs of these threads: every one of them has an entry. */
  countRuns(threadIds: readonly string[]): Promise<ReadonlyMap<string, ThreadRunCount>>;
  /** Removes the threads of a purged skill, in the transaction that is open. */
  removeAllOfSkill(skillId: string): Promise<void>;
  registerRuns(runs: ThreadRuns): void;
}

export interface ThreadsServiceOptions {
  database: Pick<Database, 'transaction'>;
  repository: ThreadsRepository;
  clock(): number;
  newId(): string;
}

/** The same answer for a thread that is not there and for one that the caller may not know of. */
export function threadMissing(path?: ErrorPath): MissingError {
  return new MissingError('There is no such thread.', { code: 'thread-not-found', ...(path && { path }) });
}

export function createThreadsService(options: ThreadsServiceOptions): ThreadsService {
  const { database, repository, clock, newId } = options;
  let runsOfThreads: ThreadRuns | undefined;

  async function get(id: string): Promise<ThreadRecord> {
    const thread = await repository.find(id);
    if (!thread) throw threadMissing();
    return thread;
  }

  return {
    get,
    list: (skillId, page) => repository.list(skillId, page),

    async create(thread) {
      const now = clock();
      const created = { ...thread, id: newId(), createdAt: now, activeAt: now };
      await repository.insert(created);
      return created;
    },

    async rename(id, name) {
      await repository.rename(id, name);
      return get(id);
    },

    async delete(id) {
      await database.transaction(async () => {
        // First: whoever starts a run in it holds the row, or finds it gone.
        if (!(await repository.remove(id))) throw threadMissing();
        await runsOfThreads?.release(id);
      });
    },

    async assertThread(id, skillId) {
      const thread = await repository.find(id);
      if (thread?.skillId !== skillId) throw threadMissing(['thread']);
    },

    async touch(id, at) {
      if (!(await repository.touch(id, at))) throw threadMissing(['thread']);
    },

    async countRuns(threadIds) {
      const counted = threadIds.length === 0 ? undefined : await runsOfThreads?.count(threadIds);
      return new Map(threadIds.map((id) => [id, counted?.get(id) ?? { runs: 0, active: 0 }]));
    },

    removeAllOfSkill: (skillId) => repository.removeOfSkill(skillId),

    registerRuns(runs) {
      runsOfThreads = runs;
    },
  };
}
