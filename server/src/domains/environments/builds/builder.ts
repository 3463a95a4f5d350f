import type { Actor } from 'strapi-plugin-skills-shared/contracts';
import { ConflictError } from '../../../http/errors';
import type { EventBus } from '../../../platform/event-bus';
import type { Sandbox, SandboxFile, SandboxLimits, SandboxOptions } from '../../../platform/sandbox';
import { createSecretMask, type SecretMask } from '../../../platform/secret-mask';
import { setupDigestOf } from '../environment-record';
import type { EnvironmentsService } from '../environments-service';
import type { OpenEnvironment } from '../open-environment';
import { BuildLog } from './build-log';
import { buildTopic, type BuildEnding } from './build-record';
import type { BuildLease, BuildsRepository } from './repository';
import { runSetup } from './run-setup';

export interface BuildsDependencies {
  repository: BuildsRepository;
  environments: Pick<EnvironmentsService, 'get' | 'open' | 'saveImage'>;
  /** A version's files, as a sandbox takes them. */
  filesOf(versionId: string): AsyncIterable<SandboxFile>;
  createSandbox(options: SandboxOptions): Promise<Sandbox>;
  /** Of setup commands. */
  limits: SandboxLimits;
  hostsAllowed: boolean;
  bus: EventBus;
  newId(): string;
  log: { error(message: string): void };
  /** How long a server may be silent before what it builds counts as interrupted, in milliseconds. */
  leaseMs?: number;
}

export interface BuildJob {
  lease: BuildLease;
  skillId: string;
  versionId: string;
  author: Actor;
}

/** Why a build is stopped before its commands have ended. */
type Stop = 'cancelled' | 'lost' | 'interrupted';

export const LEASE_MS = 30_000;
const RENEWAL_MS = 1_000;
/** Builds at once on this server: each may take all of a processor. Others wait. */
const CONCURRENCY = 2;

/** Builds images on this server, each under its lease. */
export class Builder {
  readonly #dependencies: BuildsDependencies;
  readonly #active = new Map<string, { stop: AbortController; done: Promise<void> }>();
  readonly #waiting: (() => void)[] = [];
  #working = 0;

  constructor(dependencies: BuildsDependencies) {
    this.#dependencies = dependencies;
  }

  /** Builds, now or when its turn comes. */
  take(job: BuildJob): void {
    const stop = new AbortController();
    const done = this.#build(job, stop)
      .catch((error: unknown) => this.#report(job, error))
      .finally(() => {
        this.#active.delete(job.lease.id);
        this.#dependencies.bus.publish({ topic: buildTopic(job.lease.id) });
      });
    this.#active.set(job.lease.id, { stop, done });
  }

  cancel(id: string): void {
    this.#active.get(id)?.stop.abort('cancelled' satisfies Stop);
  }

  async stop(): Promise<void> {
    const active = [...this.#active.values()];
    for (const { stop } of active) stop.abort('interrupted' satisfies Stop);
    await Promise.all(active.map(({ done }) => done));
  }

  async #build(job: BuildJob, stop: AbortController): Promise<void> {
    const { repository } = this.#dependencies;
    const renewal = setInterval(() => void this.#renew(job, stop), RENEWAL_MS);
    let ending: BuildEnding;
    try {
      ending = await this.#inTurn(stop.signal, () => this.#make(job, stop.signal));
    } catch (error) {
      ending = this.#endingOf(job, stop.signal, error);
    } finally {
      clearInterval(renewal);
    }
    await repository.end(job.lease, ending);
  }

  async #renew({ lease }: BuildJob, stop: AbortController): Promise<void> {
    const { repository, leaseMs = LEASE_MS, log } = this.#dependencies;
    try {
      const state = await repository.renew(lease, leaseMs);
      if (state !== 'held') stop.abort(state satisfies Stop);
    } catch (error) {
      // The lease outlives many a failed renewal.
      log.error(`Build ${lease.id}: ${textOf(error)}`);
    }
  }

  /** Waits until fewer than the permitted number build. */
  async #inTurn<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    if (this.#working >= CONCURRENCY) await this.#turn(signal);
    this.#working += 1;
    try {
      return await work();
    } finally {
      this.#working -= 1;
      this.#waiting.shift()?.();
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(begin), 1);
        reject(new Error('The build was stopped before its turn came.'));
      };
      const begin = () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      if (signal.aborted) reject(new Error('The build was stopped before its turn came.'));
      else {
        this.#waiting.push(begin);
        signal.addEventListener('abort', giveUp, { once: true });
      }
    });
  }

  async #make({ lease, skillId, versionId, author }: BuildJob, signal: AbortSignal): Promise<BuildEnding> {
    const { repository, environments, bus, limits, hostsAllowed, createSandbox } = this.#dependencies;
    signal.throwIfAborted();
    if (!(await repository.begin(lease))) throw new Error('The build is not this server’s any more.');
    bus.publish({ topic: buildTopic(lease.id) });
    const { setup } = await environments.get(skillId);
    const opened = await openEnvironment(environments, skillId);
    if ('error' in opened) return { status: 'failed', error: opened.error };
    const { environment } = opened;
    const mask = createSecretMask(environment.secrets);
    const log = new BuildLog(mask, async (lines) => {
      const seq = await repository.append(lease, lines);
      bus.publish({ topic: buildTopic(lease.id), ...(seq !== undefined && { seq }) });
    });
    const ending = await runSetup({
      setup,
      environment,
      files: this.#dependencies.filesOf(versionId),
      limits,
      hostsAllowed,
      createSandbox,
      log,
      signal,
      saveImage: async (archive) => {
        const image = await environments.saveImage(skillId, {
          archive,
          madeBy: 'setup',
          author,
          replaces: environment.image?.digest ?? null,
          assertHeld: () => repository.assertHeld(lease),
          setupDigest: setupDigestOf(setup),
        });
        return image.digest;
      },
    });
    return maskedEnding(ending, mask);
  }

  #endingOf(job: BuildJob, { aborted, reason }: AbortSignal, error: unknown): BuildEnding {
    if (aborted && reason === 'cancelled') return { status: 'cancelled' };
    if (aborted) {
      const message = 'The server was stopped while the image was built.';
      return { status: 'failed', error: { code: 'interrupted', message } };
    }
    this.#report(job, error);
    const message = 'Something went wrong on the server while the image was built.';
    return { status: 'failed', error: { code: 'internal', message } };
  }

  #report({ lease }: BuildJob, error: unknown): void {
    this.#dependencies.log.error(`Build ${lease.id}: ${textOf(error)}`);
  }
}

/** An environment whose secrets cannot be read is a failure to tell, not a bug. */
async function openEnvironment(
  environments: Pick<EnvironmentsService, 'open'>,
  skillId: string,
): Promise<{ environment: OpenEnvironment } | { error: { code: string; message: string } }> {
  try {
    return { environment: await environments.open(skillId) };
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    return { error: { code: 'secret-unreadable', message: error.message } };
  }
}

function maskedEnding(ending: BuildEnding, mask: SecretMask): BuildEnding {
  if (ending.status !== 'failed') return ending;
  return { ...ending, error: { ...ending.error, message: mask.text(ending.error.message) } };
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
