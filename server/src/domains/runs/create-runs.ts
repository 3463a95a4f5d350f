import type { RunBudget } from 'strapi-plugin-skills-shared/contracts';
import type { BlobStore } from '../../platform/blob-store';
import type { Database } from '../../platform/database';
import type { EventBus } from '../../platform/event-bus';
import type { Sandbox, SandboxLimits, SandboxOptions } from '../../platform/sandbox/sandbox';
import type { ConnectionsService } from '../connections';
import type { OpenEnvironment } from '../environments';
import type { ConfiguredPrice } from '../providers';
import type { AgentTask, RunOutcome, SkillKind, SkillsService } from '../skills';
import type { ThreadsService } from '../threads';
import type { ContentLimits, VersionsService } from '../versions';
import type { AgentHost, AgentLimits } from './agent/agent-host';
import { createStateStore } from './agent/host/saved-state';
import type { CallerNow } from './caller-now';
import { createCancellation, type CancelRun } from './cancellation';
import { createAfterEnd } from './children/after-end';
import type { ChildConcurrency } from './children/child-places';
import { createChildRuns } from './children/child-runs';
import { LeaseKeeper } from './execution/lease-keeper';
import { createMaskOfSkill } from './execution/masking/mask-of-skill';
import { createAttemptPreparer } from './execution/prepare-attempt';
import { createRunEnder, type RecordLastRun } from './execution/run-ender';
import { Runner } from './execution/runner';
import { createSweeper } from './execution/sweeper';
import { createRunFollower } from './following/follow-runs';
import type { HostedVersions } from './hosted-versions';
import { createRunMessages } from './messages/run-messages';
import { createRunsRepository, type RunsRepository } from './repository';
import { createRunQueues, type RunLines, type RunQueues } from './run-queues';
import { createRunsService, type RunsService } from './service';
import type { AgentChoices } from './starting/agent-model';
import { createTargetResolver } from './starting/resolve-target';
import { RunStarter } from './starting/start-run';
import { createRunApprovals } from './waiting/run-approvals';
import { createRunSuspender } from './waiting/suspend-run';
import { createRunWaker } from './waiting/wake-run';
import { createRunWorkers } from './workers';

export interface RunsDependencies {
  database: Database;
  blobs: BlobStore;
  lines: RunLines;
  bus: EventBus;
  versions: Pick<VersionsService, 'get' | 'find' | 'files' | 'open' | 'freeze'>;
  skills: Pick<SkillsService, 'find'>;
  callerNow: CallerNow;
  threads: Pick<ThreadsService, 'assertThread' | 'touch'>;
  /** Throws for a kind that is not installed. */
  kindOf(kind: string): Pick<SkillKind, 'target' | 'checkRun' | 'executor' | 'content' | 'instructions'>;
  connections: Pick<ConnectionsService, 'get' | 'open'>;
  hostedVersions: HostedVersions;
  agentChoices: AgentChoices;
  recordLastRun: RecordLastRun;
  createSandbox(options: SandboxOptions): Promise<Sandbox>;
  /** The loop. */
  runAgent(host: AgentHost, task: AgentTask): Promise<RunOutcome>;
  openEnvironment(skillId: string): Promise<OpenEnvironment>;
  config: RunsConfig;
  log: { error(message: string): void };
}

export interface RunsConfig {
  limits: SandboxLimits;
  contentLimits: ContentLimits;
  allowNetwork: boolean;
  allowListedHosts: boolean;
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
  agents: AgentsConfig;
}

/** What agents may take and do. */
export interface AgentsConfig {
  budget: RunBudget;
  limits: AgentLimits;
  /** Runs above a run that a skill started by another. */
  maxDepth: number;
  /** Runs that one run may start. */
  maxChildren: number;
  /** Runs at once that others have started. */
  childConcurrency: ChildConcurrency;
  /** Bytes of the archive that keeps a waiting run's files. */
  maxSavedBytes: number;
}

/** Running runs may end by themselves for so long when the server stops. */
const STOP_GRACE_MS = 3_000;

/** Sweeps follow the length of leases, within bounds that neither flood the database nor let a lost run wait. */
function sweepInterval(leaseMs: number): number {
  return Math.min(5_000, Math.max(250, leaseMs / 3));
}

/** What all parts of the domain share. */
interface Shared {
  repository: RunsRepository;
  queues: RunQueues;
  onError(error: unknown): void;
}

/** Wires the runs domain to what it stands on. */
export function createRuns(dependencies: RunsDependencies): RunsService {
  const { database, blobs, bus, config, log } = dependencies;
  const repository = createRunsRepository(database);
  const queues = createRunQueues(dependencies.lines);
  const onError = (error: unknown): void => {
    log.error(`Runs: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };
  const shared: Shared = { repository, queues, onError };
  const transitions = createTransitions(dependencies, shared);
  const { endRun, cancel, wake } = transitions;
  const { starter, runner } = createExecution(dependencies, shared, transitions);
  const intervalMs = sweepInterval(config.leaseMs);
  const maskOf = createMaskOfSkill(dependencies.openEnvironment);
  const sweeper = createSweeper({ ...shared, endRun, cancel, wake, intervalMs });
  return createRunsService({
    repository,
    blobs,
    starter,
    cancel,
    messages: createRunMessages({ database, repository, maskOf }),
    approvals: createRunApprovals({ database, repository, bus, wake, maskOf }),
    follower: createRunFollower({ repository, bus, onError }),
    workers: createRunWorkers({ queues, runner, sweeper, graceMs: STOP_GRACE_MS }),
  });
}

type Transitions = ReturnType<typeof createTransitions>;

/** How runs end, wait and go on. */
function createTransitions(
  { database, bus, recordLastRun }: RunsDependencies,
  { repository, queues, onError }: Shared,
) {
  const wake = createRunWaker({ repository, queues });
  // What ends a run looks after its relatives by this, which ends runs itself.
  const cancel: CancelRun = (runId) => cancelRun(runId);
  const afterEnd = createAfterEnd({ repository, cancel, wake, onError });
  const endRun = createRunEnder({ database, repository, bus, recordLastRun, afterEnd });
  const cancelRun = createCancellation({ repository, endRun, bus });
  const suspendRun = createRunSuspender({ database, repository, bus, recordLastRun, wake });
  return { wake, cancel, endRun, suspendRun };
}

/** What starts runs and what executes them: agents do both. */
function createExecution(
  dependencies: RunsDependencies,
  shared: Shared,
  { cancel, endRun, suspendRun }: Transitions,
) {
  const { database, blobs, bus, connections, hostedVersions, config } = dependencies;
  const { repository, onError } = shared;
  const { maxSavedBytes: maxFilesBytes, limits, budget } = config.agents;
  const starter = new RunStarter({
    ...dependencies,
    ...shared,
    resolveTarget: createTargetResolver({
      connections,
      hostedVersions,
      agentChoices: dependencies.agentChoices,
      prices: config.prices,
    }),
    maxInputBytes: config.maxInputBytes,
    agentBudget: budget,
  });
  const children = createChildRuns({
    ...dependencies,
    ...shared,
    ...config.agents,
    start: (request) => starter.start(request),
    execute: (runId) => runner.execute(runId),
    cancel,
  });
  const prepare = createAttemptPreparer({
    ...dependencies,
    ...config,
    repository,
    states: createStateStore({ database, repository, blobs, maxFilesBytes }),
    chatHost: { ...config, connections, hostedVersions },
    hosting: { repository, bus, children, limits },
  });
  const runner: Runner = new Runner({
    ...dependencies,
    ...config,
    repository,
    keeper: new LeaseKeeper({ ...repository, bus, leaseMs: config.leaseMs, onError }),
    prepare,
    endRun,
    suspendRun,
    executorOf: (kind) => dependencies.kindOf(kind).executor,
  });
  return { starter, runner };
}
