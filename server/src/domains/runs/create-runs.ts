import type { BlobStore } from '../../platform/blob-store';
import type { Database } from '../../platform/database';
import type { EventBus } from '../../platform/event-bus';
import type { RunQueue } from '../../platform/run-queue';
import type { Sandbox, SandboxLimits, SandboxOptions } from '../../platform/sandbox/sandbox';
import type { SkillKind } from '../skills';
import type { VersionsService } from '../versions';
import { createCancellation } from './cancellation';
import { LeaseKeeper } from './execution/lease-keeper';
import { createRunEnder, type RecordLastRun } from './execution/run-ender';
import { Runner } from './execution/runner';
import { createSweeper } from './execution/sweeper';
import { createRunFollower } from './following/follow-runs';
import { createRunsRepository } from './repository';
import { createRunsService, type RunsService } from './service';
import { RunStarter } from './starting/start-run';
import { createRunWorkers } from './workers';

export interface RunsDependencies {
  database: Database;
  blobs: BlobStore;
  queue: RunQueue;
  bus: EventBus;
  versions: Pick<VersionsService, 'get' | 'files' | 'open' | 'freeze'>;
  /** Throws for a kind that is not installed. */
  kindOf(kind: string): Pick<SkillKind, 'checkRun' | 'executor'>;
  recordLastRun: RecordLastRun;
  createSandbox(options: SandboxOptions): Promise<Sandbox>;
  config: RunsConfig;
  log: { error(message: string): void };
}

export interface RunsConfig {
  limits: SandboxLimits;
  allowNetwork: boolean;
  /** Bytes of a run's input as JSON and its prompt together. */
  maxInputBytes: number;
  /** How long a run's owner may be silent before the run counts as interrupted. */
  leaseMs: number;
}

/** Running runs may end by themselves for so long when the server stops. */
const STOP_GRACE_MS = 3_000;

/** Sweeps follow the length of leases, within bounds that neither flood the database nor let a lost run wait. */
function sweepInterval(leaseMs: number): number {
  return Math.min(5_000, Math.max(250, leaseMs / 3));
}

/** Wires the runs domain to what it stands on. */
export function createRuns(dependencies: RunsDependencies): RunsService {
  const { database, blobs, queue, bus, versions, kindOf, recordLastRun, createSandbox, config, log } =
    dependencies;
  const repository = createRunsRepository(database);
  const onError = (error: unknown): void => {
    log.error(`Runs: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };
  const endRun = createRunEnder({ database, repository, bus, recordLastRun });
  const keeper = new LeaseKeeper({ ...repository, bus, leaseMs: config.leaseMs, onError });
  const runner = new Runner({
    database,
    repository,
    versions,
    blobs,
    bus,
    keeper,
    endRun,
    recordLastRun,
    executorOf: (kind) => kindOf(kind).executor,
    createSandbox,
    limits: config.limits,
    allowNetwork: config.allowNetwork,
    leaseMs: config.leaseMs,
    log,
  });
  const sweeper = createSweeper({
    repository,
    queue,
    endRun,
    intervalMs: sweepInterval(config.leaseMs),
    onError,
  });
  const follower = createRunFollower({ repository, bus, onError });
  return createRunsService({
    repository,
    blobs,
    starter: new RunStarter({
      database,
      repository,
      versions,
      queue,
      kindOf,
      recordLastRun,
      maxInputBytes: config.maxInputBytes,
    }),
    cancel: createCancellation({ repository, endRun, bus }),
    follower,
    workers: createRunWorkers({ queue, runner, sweeper, graceMs: STOP_GRACE_MS }),
  });
}
