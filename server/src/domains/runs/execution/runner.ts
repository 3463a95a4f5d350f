import type { BlobStore } from '../../../platform/blob-store';
import type { Database } from '../../../platform/database';
import type { EventBus } from '../../../platform/event-bus';
import { noMask, type SecretMask } from '../../../platform/secret-mask';
import type { Executor } from '../../skills';
import type { ContentLimits } from '../../versions';
import { createChangeRows, type ChangeRows } from '../changes/change-rows';
import { keepChanges } from '../changes/keep-changes';
import type { RunsRepository } from '../repository';
import { LeaseLostError, type Lease, type RunWithFiles } from '../run-record';
import { eventTopic } from '../topics';
import type { SuspendRun } from '../waiting/suspend-run';
import type { Attempt, StopReason } from './attempt';
import { EventWriter, type PendingEvent } from './event-writer';
import type { LeaseKeeper } from './lease-keeper';
import { MaskedWriter } from './masking/masked-writer';
import { maskedVerdict } from './masking/masked-verdict';
import type { ClaimedRun, PrepareAttempt } from './prepare-attempt';
import type { EndRun, RecordLastRun } from './run-ender';
import { disposeSoon, settle, type Settled } from './settle';
import { verdictOf, waitOf, type Verdict } from './verdict';

export interface RunnerOptions {
  database: Database;
  repository: RunsRepository;
  blobs: BlobStore;
  bus: EventBus;
  keeper: LeaseKeeper;
  prepare: PrepareAttempt;
  endRun: EndRun;
  suspendRun: SuspendRun;
  recordLastRun: RecordLastRun;
  /** Throws for a kind that is not installed. */
  executorOf(kind: string): Executor;
  /** What a version may hold: files that an agent leaves beyond it are not kept. */
  contentLimits: ContentLimits;
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
  writer: MaskedWriter;
  settled: Settled;
}

/** Executes runs in this process, each under its lease. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #changes: ChangeRows;
  /** What runs now, each with the function that lets its lease go. */
  readonly #attempts = new Map<Attempt, () => void>();
  #interrupting = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#changes = createChangeRows(options.database);
  }

  /**
   * Claims a run that is queued, or ready to go on, and executes it until it has ended or waits. Answers false when somebody else has
   * claimed it, when it is neither, and while this process interrupts its runs.
   */
  async execute(runId: string): Promise<boolean> {
    if (this.#interrupting) return false;
    const claimed = await this.#claim(runId);
    if (!claimed) return false;
    await this.#executeClaimed(claimed);
    return true;
  }

  /** Stops all runs of this process, until `start`; they end as `failed` with code `interrupted`. */
  interruptAll(): void {
    this.#interrupting = true;
    for (const attempt of this.#attempts.keys()) attempt.stop({ type: 'interrupted' });
  }

  /** Takes runs again. */
  start(): void {
    this.#interrupting = false;
  }

  async #claim(runId: string): Promise<ClaimedRun | undefined> {
    const { database, repository, recordLastRun, leaseMs, bus } = this.#options;
    const claimed = await database.transaction(async () => {
      const won = await repository.leases.claim(runId, leaseMs);
      if (!won) return undefined;
      const { lease, resumed } = won;
      if (resumed) {
        const at = await database.readClock();
        await repository.events.append({ ...lease, status: 'running' }, [
          { at, payload: { type: 'run-resume' } },
        ]);
      }
      const run = await repository.getWithFiles(runId);
      // What a sandbox isolates by is known when it is open; nothing of what works at a vendor is executed here.
      const isElsewhere = run.execution === 'provider' || run.execution === 'hosted';
      if (isElsewhere) await repository.runs.setIsolation(runId, lease.token, 'provider');
      await recordLastRun(run.skillId, { id: runId, status: run.status, at: run.createdAt });
      return { lease, run, resumed };
    });
    if (claimed?.resumed) bus.publish({ topic: eventTopic(runId), seq: claimed.run.lastSeq });
    return claimed;
  }

  async #executeClaimed(claimed: ClaimedRun): Promise<void> {
    const { repository, bus } = this.#options;
    const { run, lease } = claimed;
    let attempt: Attempt | undefined;
    const stored = new EventWriter({
      append: (events) => repository.events.append({ ...lease, status: 'running' }, events),
      onStored: (seq) => bus.publish({ topic: eventTopic(run.id), seq }),
      onFailure: (error) => attempt?.stop(reasonOf(error)),
    });
    const writer = new MaskedWriter(stored);
    let settled: Settled;
    try {
      attempt = await this.#options.prepare(claimed, writer);
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
    if (this.#interrupting) {
      // It was claimed before, and has been prepared since.
      attempt.stop({ type: 'interrupted' });
      return { stopped: true };
    }
    const executor = this.#options.executorOf(run.kind);
    return settle(attempt, executor, (error) => this.#report(run.id, error));
  }

  async #end(execution: Execution): Promise<void> {
    const { run, lease, attempt, writer } = execution;
    await this.#keepChanges(execution);
    if (attempt) await disposeSoon(attempt, (error) => this.#report(run.id, error));
    const events = await writer.close();
    if (attempt?.stopped?.type === 'lease-lost') return;
    const totals = attempt?.totals();
    const verdict = await this.#suspend(execution, events);
    if (!verdict) return;
    const { unexpected, ...ending } = attempt ? maskedVerdict(verdict, attempt.mask) : verdict;
    if (unexpected !== undefined) this.#report(run.id, unexpected, attempt?.mask);
    await this.#options.endRun(run, { from: 'running', token: lease.token, events, totals, ...ending });
  }

  /** Lets the run wait when that is what it does. Answers how it is to end otherwise. */
  async #suspend(
    { run, lease, attempt, settled }: Execution,
    events: readonly PendingEvent[],
  ): Promise<Verdict | undefined> {
    const wait = waitOf(settled, attempt?.stopped);
    if (!wait) return verdictOf(settled, attempt?.stopped);
    const { reason, timeoutMs } = wait;
    const totals = attempt?.totals();
    const suspended = await this.#options.suspendRun(run, { lease, reason, timeoutMs, totals, events });
    return suspended === 'cancelled' ? { status: 'cancelled', error: null } : undefined;
  }

  async #keepChanges({ run, lease, attempt, writer, settled }: Execution): Promise<void> {
    const { database, repository, blobs, contentLimits } = this.#options;
    const waits = 'outcome' in settled && settled.outcome.status === 'waiting';
    if (run.execution !== 'agent' || !attempt?.sandbox) return;
    if (attempt.stopped?.type === 'lease-lost') return;
    await keepChanges({
      sandbox: attempt.sandbox,
      version: attempt.context.version.files,
      blobs,
      limits: contentLimits,
      stopped: attempt.stopped !== undefined,
      waits,
      mask: attempt.mask,
      emit: (event) => writer.emit(event),
      record: (changes) =>
        database.transaction(async () => {
          await repository.leases.assertHeld(lease);
          await this.#changes.replace(run.id, changes);
        }),
      onError: (error) => this.#report(run.id, error),
    });
  }

  #leave(attempt: Attempt): void {
    this.#attempts.get(attempt)?.();
    this.#attempts.delete(attempt);
  }

  #report(runId: string, error: unknown, mask: Pick<SecretMask, 'text'> = noMask): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#options.log.error(`Run ${runId}: ${mask.text(text)}`);
  }
}
