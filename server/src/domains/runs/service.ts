import type { Readable } from 'node:stream';
import type { Actor, RunEvent, RunFile } from 'strapi-plugin-skills-shared/contracts';
import { MissingError } from '../../http/errors';
import type { BlobStore } from '../../platform/blob-store';
import type { CancelRun } from './cancellation';
import type { FollowRun } from './following/follow-runs';
import type { RunMessages } from './messages/run-messages';
import type { RunsRepository } from './repository';
import type { RunFilter, RunScope } from './repository/run-list';
import type { RunStatistics } from './repository/run-statistics';
import { hasEnded, type RunFileRole, type RunRecord, type RunWithFiles } from './run-record';
import type { RunStarter, StartedRun, StartRequest } from './starting/start-run';
import type { RunApprovals } from './waiting/run-approvals';
import type { RunWorkers } from './workers';

export interface RunListRequest extends RunFilter {
  page: number;
  pageSize: number;
  sort: string;
}

/** Runs: starting, watching, cancelling and listing them. Whether a caller may do so is its caller's to know. */
export interface RunsService {
  start(request: StartRequest): Promise<StartedRun>;
  /** Rejects with 404 `run-not-found`, as all that take a run's id. */
  get(id: string): Promise<RunWithFiles>;
  /** Without inputs, outputs and files. */
  list(request: RunListRequest, scope: RunScope): Promise<{ runs: RunRecord[]; total: number }>;
  /** Who has started runs within the scope. */
  starters(scope: RunScope): Promise<Actor[]>;
  cancel: CancelRun;
  messages: RunMessages;
  approvals: RunApprovals;
  /**
   * A page of the trajectory after `after`, in order: the first events, or with `before` the last ones before it. `ended`: the page
   * reaches the end of a finished run.
   */
  events(
    id: string,
    after: number,
    limit: number,
    before?: number | 'end',
  ): Promise<{ events: RunEvent[]; lastSeq: number; ended: boolean }>;
  follow: FollowRun;
  /** Rejects with 404 `file-not-found`. */
  findFile(
    id: string,
    role: RunFileRole,
    name: string,
  ): Promise<{ file: RunFile; open: () => Promise<Readable> }>;
  statistics(): Promise<RunStatistics>;
  /** Removes all runs of a purged skill, in the transaction that is open; their workers stop when they notice. */
  removeAllOfSkill(skillId: string): Promise<void>;
  workers: RunWorkers;
  /** Ends the streams of all followers, and stops the workers. */
  stop(): Promise<void>;
}

export interface RunsServiceOptions {
  repository: RunsRepository;
  blobs: Pick<BlobStore, 'open'>;
  starter: RunStarter;
  cancel: CancelRun;
  messages: RunMessages;
  approvals: RunApprovals;
  follower: { follow: FollowRun; close(): void };
  workers: RunWorkers;
}

export function createRunsService(options: RunsServiceOptions): RunsService {
  const { repository, blobs, starter, cancel, messages, approvals, follower, workers } = options;
  const get = (id: string): Promise<RunWithFiles> => repository.getWithFiles(id);

  return {
    start: (request) => starter.start(request),
    get,
    list: (request, scope) => repository.lists.list(request, scope),
    starters: (scope) => repository.lists.starters(scope),
    cancel,
    messages,
    approvals,

    async events(id, after, limit, before) {
      const run = await repository.runs.get(id);
      const events =
        before === undefined
          ? await repository.events.read(id, after, limit)
          : await repository.events.readBefore(id, { after, before }, limit);
      const reached = events.at(-1)?.seq ?? after;
      return { events, lastSeq: run.lastSeq, ended: hasEnded(run.status) && reached >= run.lastSeq };
    },

    follow: follower.follow,

    async findFile(id, role, name) {
      const run = await get(id);
      const file = (role === 'input' ? run.inputFiles : run.artifacts).find((known) => known.name === name);
      if (!file) {
        throw new MissingError(`This run has no file ${JSON.stringify(name)}.`, {
          code: 'file-not-found',
          path: [name],
        });
      }
      return { file, open: () => blobs.open(file.digest) };
    },

    statistics: () => repository.statistics.read(),
    removeAllOfSkill: (skillId) => repository.runs.removeAllOfSkill(skillId),
    workers,

    async stop() {
      follower.close();
      await workers.stop();
    },
  };
}
