import { setTimeout as sleep } from 'node:timers/promises';
import { DeniedError, MissingError } from '../../../http/errors';
import type { RunContext, SkillsService } from '../../skills';
import type { VersionsService } from '../../versions';
import type { AgentHost, ChildRest, ChildRun } from '../agent/agent-host';
import type { CancelRun } from '../cancellation';
import type { RunsRepository } from '../repository';
import { hasEnded, type RunRecord, type RunTotals, type RunWithFiles } from '../run-record';
import type { CallerNow } from '../caller-now';
import type { StartedRun, StartRequest } from '../starting/start-run';
import { remainingBudget } from './remaining-budget';

export interface ChildRunsOptions {
  repository: Pick<RunsRepository, 'runs' | 'files' | 'children'>;
  skills: Pick<SkillsService, 'find'>;
  versions: Pick<VersionsService, 'get'>;
  callerNow: CallerNow;
  start(request: StartRequest): Promise<StartedRun>;
  /** Executes a run here and now, past the lines. */
  execute(runId: string): Promise<boolean>;
  cancel: CancelRun;
  /** Runs above a run that a skill started by another. */
  maxDepth: number;
  /** Runs that one run may start. */
  maxChildren: number;
  onError(error: unknown): void;
}

/** A run that is executed now, as far as starting others goes. */
export interface Parent {
  run: RunWithFiles;
  /** Aborted when the parent is stopped: its children are stopped with it. */
  signal: AbortSignal;
  emit: RunContext['emit'];
  /** What it and all below it took. */
  totals(): RunTotals | undefined;
  /** Counts anew what those below took. */
  countBelow(): Promise<void>;
}

export interface Family {
  start: AgentHost['startChild'];
  rest: AgentHost['childRest'];
}

export interface ChildRuns {
  of(parent: Parent): Family;
}

/** How often a child that somebody else executes is looked at. */
const POLL_MS = 250;

/**
 * Runs that an agent starts by calling a skill. The parent's worker executes them itself, past the lines: a parent that waited in a line
 * for its own child would never be served.
 */
export function createChildRuns(options: ChildRunsOptions): ChildRuns {
  return {
    of(parent) {
      const children = new Children(options, parent);
      return { start: (request) => children.start(request), rest: (runId) => children.rest(runId) };
    },
  };
}

class Children {
  readonly #options: ChildRunsOptions;
  readonly #parent: Parent;
  /** How many the parent has started, those of other servers before it waited included. */
  #count: Promise<number> | undefined;
  #started = 0;

  constructor(options: ChildRunsOptions, parent: Parent) {
    this.#options = options;
    this.#parent = parent;
  }

  async start(request: Parameters<AgentHost['startChild']>[0]): Promise<ChildRun> {
    const { run, signal, emit } = this.#parent;
    await this.#assertMayHaveMore();
    const { run: child } = await this.#options.start(await this.#requestOf(request));
    const stop = (): void => this.#stop(child.id);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    await emit({ type: 'child-run', callId: request.callId, runId: child.id, alias: request.alias }).catch(
      (error: unknown) => {
        // The parent writes no more: nobody would ever wait for this run.
        stop();
        throw error;
      },
    );
    const rest = this.#execute(child.id).finally(() => signal.removeEventListener('abort', stop));
    // Whoever called it may have ended before it: nobody need hear of that.
    rest.catch(() => undefined);
    return { runId: child.id, rest: until(signal, rest, run.id) };
  }

  async rest(runId: string): Promise<ChildRest> {
    const { run, signal } = this.#parent;
    const known = await this.#options.repository.runs.find(runId);
    if (known?.parent?.runId !== run.id) {
      const error = { code: 'run-not-found', message: 'The run that was started is gone.' };
      return { status: 'failed', error };
    }
    return until(signal, this.#watch(runId), run.id);
  }

  async #assertMayHaveMore(): Promise<void> {
    const { maxDepth, maxChildren, repository } = this.#options;
    const { run } = this.#parent;
    if (run.depth >= maxDepth) {
      const message = `A run may stand at most ${maxDepth} runs below the first, so this skill cannot be called from here.`;
      throw new DeniedError(message, { code: 'depth-limit', limit: maxDepth });
    }
    // Counted before the first `await` below yields to another call of the same step.
    this.#count ??= repository.children.count(run.id);
    this.#started += 1;
    const mine = this.#started;
    if ((await this.#count) + mine <= maxChildren) return;
    const message = `A run may start at most ${maxChildren} others.`;
    throw new DeniedError(message, { code: 'children-limit', limit: maxChildren });
  }

  /** What the caller may and sees is looked at again: the run may have waited for days since it started. */
  async #requestOf(request: Parameters<AgentHost['startChild']>[0]): Promise<StartRequest> {
    const { run, totals } = this.#parent;
    const composed = run.skills.find(({ alias }) => alias === request.alias);
    const viewer = await this.#options.callerNow(run);
    const skill = composed && (await this.#options.skills.find(composed.id, viewer));
    if (!composed || !skill) {
      const message = `There is no skill ${JSON.stringify(request.alias)} that this run may call.`;
      throw new MissingError(message, { code: 'skill-not-found', path: ['skill'] });
    }
    return {
      skill,
      version: await this.#options.versions.get(composed.version.id),
      versionNumber: null,
      input: request.input,
      prompt: request.prompt ?? null,
      inputFiles: [],
      origin: run.origin,
      startedBy: run.startedBy,
      viewer,
      parent: {
        runId: run.id,
        callId: request.callId,
        depth: run.depth + 1,
        budget: run.settings && remainingBudget(run.settings.budget, totals()),
        approval: run.settings?.approval ?? [],
        connection: run.connection?.id ?? null,
        model: run.model,
        skills: run.skills.filter(({ id }) => id !== composed.id),
      },
    };
  }

  #stop(runId: string): void {
    this.#options.cancel(runId).catch((error: unknown) => {
      const ended = error instanceof Error && 'details' in error;
      if (!ended) this.#options.onError(error);
    });
  }

  async #execute(runId: string): Promise<ChildRest> {
    await this.#options.execute(runId);
    return this.#watch(runId);
  }

  /** Resolves when it has ended, or waits. */
  async #watch(runId: string): Promise<ChildRest> {
    const { repository } = this.#options;
    for (;;) {
      const run = await repository.runs.find(runId);
      if (!run) return { status: 'failed', error: { code: 'run-not-found', message: 'The run is gone.' } };
      if (hasEnded(run.status) || run.status === 'waiting') {
        await this.#parent.countBelow();
        return restOf(run, (await repository.files.list(runId)).artifact);
      }
      // Another server has it, or its lease was lost: somebody ends it.
      await sleep(POLL_MS, undefined, { signal: this.#parent.signal });
    }
  }
}

function restOf({ status, output, error }: RunRecord, artifacts: readonly { name: string }[]): ChildRest {
  if (status === 'completed') return { status, output, artifacts: artifacts.map(({ name }) => name) };
  if (status === 'failed' || status === 'cancelled') return { status, error, output };
  return { status: 'waiting' };
}

/** Rejects as soon as the parent is stopped. */
function until<Value>(signal: AbortSignal, work: Promise<Value>, runId: string): Promise<Value> {
  const settled = new Promise<Value>((resolve, reject) => {
    const stop = (): void => reject(new Error(`The run ${runId} was stopped.`, { cause: signal.reason }));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
  settled.catch(() => undefined);
  return settled;
}
