import { setTimeout as sleep } from 'node:timers/promises';
import type { RunExecution } from 'strapi-plugin-skills-shared/contracts';
import { DeniedError, MissingError } from '../../../http/errors';
import type { RunContext, SkillsService } from '../../skills';
import type { VersionsService } from '../../versions';
import type { AgentHost, ChildRest, ChildRun } from '../agent/agent-host';
import type { CancelRun } from '../cancellation';
import type { RunsRepository } from '../repository';
import { hasEnded, type RunRecord, type RunTotals, type RunWithFiles } from '../run-record';
import type { CallerNow } from '../caller-now';
import type { ParentOfRun } from '../starting/start-request';
import type { StartedRun, StartRequest } from '../starting/start-run';
import { createChildPlaces, type ChildConcurrency, type ChildPlaces } from './child-places';
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
  childConcurrency: ChildConcurrency;
  onError(error: unknown): void;
}

/** A run that is executed now, as far as starting others goes. */
export interface Parent {
  run: RunWithFiles;
  /** Aborted when the parent is stopped: its children are stopped with it. */
  signal: AbortSignal;
  emit: RunContext['emit'];
  /** What it took, and what all below it took or may take. */
  totals(): RunTotals | undefined;
  /** Counts anew those below. */
  countBelow(): Promise<void>;
}

export interface Family {
  start: AgentHost['startChild'];
  rest: AgentHost['childRest'];
}

type ChildRequest = Parameters<Family['start']>[0];

export interface ChildRuns {
  of(parent: Parent): Family;
}

/** How often a child is looked at that somebody else executes. */
const POLL_MS = 250;

/**
 * Runs that an agent starts by calling a skill. The parent's worker executes them itself, past the lines: a parent that waited in a line
 * for its own child would never be served. Places of their own bound them.
 */
export function createChildRuns(options: ChildRunsOptions): ChildRuns {
  const places = createChildPlaces(options.childConcurrency);
  return {
    of(parent) {
      const children = new Children(options, places, parent);
      return { start: (request) => children.start(request), rest: (runId) => children.rest(runId) };
    },
  };
}

class Children {
  readonly #options: ChildRunsOptions;
  readonly #places: ChildPlaces;
  readonly #parent: Parent;
  /** The last start. They come one after the other: each is given what those before it have left. */
  #starting: Promise<unknown> = Promise.resolve();
  /** Children that are to be stopped with the parent. */
  readonly #active = new Set<string>();

  constructor(options: ChildRunsOptions, places: ChildPlaces, parent: Parent) {
    this.#options = options;
    this.#places = places;
    this.#parent = parent;
    const stopAll = (): void => this.#active.forEach((runId) => this.#stop(runId));
    parent.signal.addEventListener('abort', stopAll, { once: true });
  }

  async start(request: ChildRequest): Promise<ChildRun> {
    const { run, signal, emit } = this.#parent;
    const { child, leave } = await this.#inTurn(() => this.#startNext(request));
    this.#stopWithParent(child.id);
    const event = {
      type: 'child-run',
      callId: request.callId,
      runId: child.id,
      alias: request.alias,
    } as const;
    await emit(event).catch((error: unknown) => {
      // The parent writes no more: nobody would ever wait for this run.
      leave();
      this.#stop(child.id);
      throw error;
    });
    const rest = this.#execute(child).finally(leave);
    return { runId: child.id, rest: until(signal, rest, run.id) };
  }

  /** Looks once: what still works wakes the parent when it ends, and the parent may wait for it meanwhile. */
  async rest(runId: string): Promise<ChildRest> {
    const { repository } = this.#options;
    const known = await repository.runs.find(runId);
    if (known?.parent?.runId !== this.#parent.run.id) {
      const error = { code: 'run-not-found', message: 'The run that was started is gone.' };
      return { status: 'failed', error };
    }
    if (hasEnded(known.status)) return this.#restOf(known);
    this.#stopWithParent(runId);
    return { status: 'waiting' };
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#starting.then(work);
    this.#starting = turn.catch(() => undefined);
    return turn;
  }

  /** `leave` gives back the place that an agent has on this server. */
  async #startNext(request: ChildRequest): Promise<{ child: RunRecord; leave: () => void }> {
    await this.#assertMayHaveMore();
    let leave: (() => void) | undefined;
    const admit = (execution: RunExecution): void => {
      if (execution === 'agent') leave ??= this.#places.takeForAgent();
    };
    try {
      const { run: child } = await this.#options.start(await this.#requestOf(request, admit));
      return { child, leave: () => leave?.() };
    } catch (error) {
      leave?.();
      throw error;
    }
  }

  async #assertMayHaveMore(): Promise<void> {
    const { maxDepth, maxChildren, repository } = this.#options;
    const { run } = this.#parent;
    if (run.depth >= maxDepth) {
      const message = `A run may stand at most ${maxDepth} runs below the first, so this skill cannot be called from here.`;
      throw new DeniedError(message, { code: 'depth-limit', limit: maxDepth });
    }
    if ((await repository.children.count(run.id)) < maxChildren) return;
    const message = `A run may start at most ${maxChildren} others.`;
    throw new DeniedError(message, { code: 'children-limit', limit: maxChildren });
  }

  /** What the caller may and sees is looked at again: the run may have waited for days since it started. */
  async #requestOf(request: ChildRequest, admit: ParentOfRun['admit']): Promise<StartRequest> {
    const { run, totals, countBelow } = this.#parent;
    const composed = run.skills.find(({ alias }) => alias === request.alias);
    const viewer = await this.#options.callerNow(run);
    const skill = composed && (await this.#options.skills.find(composed.id, viewer));
    if (!composed || !skill) {
      const message = `There is no skill ${JSON.stringify(request.alias)} that this run may call.`;
      throw new MissingError(message, { code: 'skill-not-found', path: ['skill'] });
    }
    await countBelow();
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
        budget: run.settings && remainingBudget(run.settings.budget, totals(), request.sharers),
        admit,
        approval: run.settings?.approval ?? [],
        connection: run.connection?.id ?? null,
        model: run.model,
        skills: run.skills.filter(({ id }) => id !== composed.id),
      },
    };
  }

  /** Until it has ended: one that waits may be at work again while its parent is. */
  #stopWithParent(runId: string): void {
    this.#active.add(runId);
    if (this.#parent.signal.aborted) this.#stop(runId);
  }

  #stop(runId: string): void {
    this.#options.cancel(runId).catch((error: unknown) => {
      const ended = error instanceof Error && 'details' in error;
      if (!ended) this.#options.onError(error);
    });
  }

  async #execute({ id, execution }: RunRecord): Promise<ChildRest> {
    const work = () => this.#options.execute(id);
    if (execution === 'agent') await work();
    else await this.#places.within(execution, this.#parent.signal, work);
    return this.#watch(id);
  }

  /** Resolves when it has ended, or waits. */
  async #watch(runId: string): Promise<ChildRest> {
    for (;;) {
      const run = await this.#options.repository.runs.find(runId);
      if (!run) return { status: 'failed', error: { code: 'run-not-found', message: 'The run is gone.' } };
      if (hasEnded(run.status) || run.status === 'waiting') return this.#restOf(run);
      // Another server has it, or its lease was lost: somebody ends it.
      await sleep(POLL_MS, undefined, { signal: this.#parent.signal });
    }
  }

  async #restOf(run: RunRecord): Promise<ChildRest> {
    if (hasEnded(run.status)) this.#active.delete(run.id);
    await this.#parent.countBelow();
    return restOf(run, (await this.#options.repository.files.list(run.id)).artifact);
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
