import type { BlobStore } from '../../../platform/blob-store';
import type { Database } from '../../../platform/database';
import type { EventBus } from '../../../platform/event-bus';
import type { Sandbox, SandboxLimits, SandboxOptions } from '../../../platform/sandbox';
import type { Executor } from '../../skills';
import type { VersionsService } from '../../versions';
import type { RunsRepository } from '../repository';
import { LeaseLostError, type Lease, type RunWithFiles } from '../run-record';
import { eventTopic } from '../topics';
import { Attempt, type StopReason } from './attempt';
import type { ChatHost } from './chat/run-chat';
import { EventWriter } from './event-writer';
import type { LeaseKeeper } from './lease-keeper';
import type { EndRun, RecordLastRun } from './run-ender';
import { disposeSoon, settle, type Settled } from './settle';
import { verdictOf } from './verdict';
import { openVersion } from './version-content';

export interface RunnerOptions {
  database: Database;
  repository: RunsRepository;
  versions: Pick<VersionsService, 'get' | 'files' | 'open'>;
  blobs: BlobStore;
  bus: EventBus;
  keeper: LeaseKeeper;
  endRun: EndRun;
  recordLastRun: RecordLastRun;
  /** Throws for a kind that is not installed. */
  executorOf(kind: string): Executor;
  createSandbox(options: SandboxOptions): Promise<Sandbox>;
  limits: SandboxLimits;
  allowNetwork: boolean;
  chatHost: ChatHost;
  leaseMs: number;
  log: { error(message: string): void };
}

function reasonOf(error: unknown): StopReason {
  return error instanceof LeaseLostError ? { type: 'lease-lost' } : { type: 'events-not-stored', error };
}

interface Execution {
  run: RunWithFiles;
  lease: Lease;
  /** Absent when the run failed before its executor was reached. */
  attempt: Attempt | undefined;
  writer: EventWriter;
  settled: Settled;
}

/** Executes runs in this process, each under its lease. */
export class Runner {
  readonly #options: RunnerOptions;
  /** What runs now, each with the function that lets its lease go. */
  readonly #attempts = new Map<Attempt, () => void>();

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Claims a queued run and executes it. Answers false when somebody else has claimed it, or it is not queued. */
  async execute(runId: string): Promise<boolean> {
    const claimed = await this.#claim(runId);
    if (!claimed) return false;
    await this.#executeClaimed(claimed.run, claimed.lease);
    return true;
  }

  /** Stops all runs of this process; they end as `failed` with code `interrupted`. */
  interruptAll(): void {
    for (const attempt of this.#attempts.keys()) attempt.stop({ type: 'interrupted' });
  }

  #claim(runId: string): Promise<{ lease: Lease; run: RunWithFiles } | undefined> {
    const { database, repository, recordLastRun, leaseMs } = this.#options;
    return database.transaction(async () => {
      const lease = await repository.leases.claim(runId, leaseMs);
      if (!lease) return undefined;
      const run = await repository.runs.get(runId);
      // What a sandbox isolates by is known when it is open; nothing of the other runs is executed here.
      if (run.execution !== 'sandbox') await repository.runs.setIsolation(runId, lease.token, 'provider');
      const { input, artifact } = await repository.files.list(runId);
      await recordLastRun(run.skillId, { id: runId, status: run.status, at: run.createdAt });
      return { lease, run: { ...run, inputFiles: input, artifacts: artifact } };
    });
  }

  async #executeClaimed(run: RunWithFiles, lease: Lease): Promise<void> {
    const { repository, bus } = this.#options;
    let attempt: Attempt | undefined;
    const writer = new EventWriter({
      append: (events) => repository.events.append({ ...lease, status: 'running' }, events),
      onStored: (seq) => bus.publish({ topic: eventTopic(run.id), seq }),
      onFailure: (error) => attempt?.stop(reasonOf(error)),
    });
    let settled: Settled;
    try {
      attempt = await this.#prepare(run, lease, writer);
      settled = await this.#attempt(attempt, run, lease);
    } catch (thrown) {
      settled = { thrown };
    }
    try {
      await this.#end({ run, lease, attempt, writer, settled });
    } finally {
      if (attempt) this.#leave(attempt);
    }
  }

  async #attempt(attempt: Attempt, run: RunWithFiles, lease: Lease): Promise<Settled> {
    const release = this.#options.keeper.hold(lease, {
      onLost: () => attempt.stop({ type: 'lease-lost' }),
      onCancel: () => attempt.stop({ type: 'cancelled' }),
    });
    this.#attempts.set(attempt, release);
    const executor = this.#options.executorOf(run.kind);
    return settle(attempt, executor, (error) => this.#report(run.id, error));
  }

  async #end({ run, lease, attempt, writer, settled }: Execution): Promise<void> {
    if (attempt) await disposeSoon(attempt, (error) => this.#report(run.id, error));
    const events = await writer.close();
    if (attempt?.stopped?.type === 'lease-lost') return;
    const { unexpected, ...verdict } = verdictOf(settled, attempt?.stopped);
    if (unexpected !== undefined) this.#report(run.id, unexpected);
    const totals = attempt?.totals();
    await this.#options.endRun(run, { from: 'running', token: lease.token, events, totals, ...verdict });
  }

  #leave(attempt: Attempt): void {
    this.#attempts.get(attempt)?.();
    this.#attempts.delete(attempt);
  }

  async #prepare(run: RunWithFiles, lease: Lease, writer: EventWriter): Promise<Attempt> {
    const { versions, blobs, repository, createSandbox, limits, allowNetwork, chatHost } = this.#options;
    const version = await openVersion(versions, await versions.get(run.versionId));
    return new Attempt({
      run,
      version,
      writer,
      blobs,
      createSandbox,
      limits,
      allowNetwork,
      chatHost,
      recordArtifact: (file) => repository.recordArtifact(lease, file),
      recordIsolation: (name) => repository.runs.setIsolation(run.id, lease.token, name),
    });
  }

  #report(runId: string, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#options.log.error(`Run ${runId}: ${text}`);
  }
}
