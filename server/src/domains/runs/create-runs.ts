import type { BlobStore } from '../../platform/blob-store';
import type { Database } from '../../platform/database';
import type { EventBus } from '../../platform/event-bus';
import type { Sandbox, SandboxLimits, SandboxOptions } from '../../platform/sandbox/sandbox';
import type { ConnectionsService } from '../connections';
import type { ConfiguredPrice } from '../providers';
import type { SkillKind } from '../skills';
import type { VersionsService } from '../versions';
import { createCancellation } from './cancellation';
import { LeaseKeeper } from './execution/lease-keeper';
import { createRunEnder, type RecordLastRun } from './execution/run-ender';
import { Runner } from './execution/runner';
import { createSweeper } from './execution/sweeper';
import { createRunFollower } from './following/follow-runs';
import type { HostedVersions } from './hosted-versions';
import { createRunsRepository } from './repository';
import { createRunQueues, type RunLines } from './run-queues';
import { createRunsService, type RunsService } from './service';
import { createTargetResolver } from './starting/resolve-target';
import { RunStarter } from './starting/start-run';
import { createRunWorkers } from './workers';

export interface RunsDependencies {
  database: Database;
  blobs: BlobStore;
  lines: RunLines;
  bus: EventBus;
  versions: Pick<VersionsService, 'get' | 'files' | 'open' | 'freeze'>;
  /** Throws for a kind that is not installed. */
  kindOf(kind: string): Pick<SkillKind, 'target' | 'checkRun' | 'executor'>;
  connections: Pick<ConnectionsService, 'get' | 'open'>;
  hostedVersions: HostedVersions;
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
  /** Milliseconds that a model may work on a run. */
  chatTimeoutMs: number;
  /** Milliseconds that a vendor may be silent while it answers. */
  idleTimeoutMs: number;
  /** They go before what adapters know. */
  prices: readonly ConfiguredPrice[];
}

/** Running runs may end by themselves for so long when the server stops. */
const STOP_GRACE_MS = 3_000;

/** Sweeps follow the length of leases, within bounds that neither flood the database nor let a lost run wait. */
function sweepInterval(leaseMs: number): number {
  return Math.min(5_000, Math.max(250, leaseMs / 3));
}

/** Wires the runs domain to what it stands on. */
export function createRuns(dependencies: RunsDependencies): RunsService {
  const { database, blobs, lines, bus, connections, hostedVersions, recordLastRun, config, log } =
    dependencies;
  const repository = createRunsRepository(database);
  const onError = (error: unknown): void => {
    log.error(`Runs: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };
  const queues = createRunQueues(lines);
  const endRun = createRunEnder({ database, repository, bus, recordLastRun });
  const runner = new Runner({
    ...dependencies,
    ...config,
    repository,
    keeper: new LeaseKeeper({ ...repository, bus, leaseMs: config.leaseMs, onError }),
    endRun,
    executorOf: (kind) => dependencies.kindOf(kind).executor,
    chatHost: { ...config, connections, hostedVersions },
  });
  const sweeper = createSweeper({
    repository,
    queues,
    endRun,
    intervalMs: sweepInterval(config.leaseMs),
    onError,
  });
  const follower = createRunFollower({ repository, bus, onError });
  return createRunsService({
    repository,
    blobs,
    starter: new RunStarter({
      ...dependencies,
      repository,
      queues,
      resolveTarget: createTargetResolver({ connections, hostedVersions }),
      maxInputBytes: config.maxInputBytes,
    }),
    cancel: createCancellation({ repository, endRun, bus }),
    follower,
    workers: createRunWorkers({ queues, runner, sweeper, graceMs: STOP_GRACE_MS }),
  });
}
