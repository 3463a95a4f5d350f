import { isUsable, type Actor, type RunFile, type RunOrigin } from 'strapi-plugin-skills-shared/contracts';
import { v7 as uuid } from 'uuid';
import { ConflictError, InvalidError } from '../../../http/errors';
import { isDuplicate, type Database } from '../../../platform/database';
import type { SkillKind } from '../../skills';
import type { VersionRecord, VersionsService } from '../../versions';
import type { RecordLastRun } from '../execution/run-ender';
import type { RunsRepository } from '../repository';
import type { RunQueues } from '../run-queues';
import type { RunRecord } from '../run-record';
import { assertRepeats, idempotencyScope, requestDigest } from './idempotency';
import type { AskedTarget, ResolvedTarget, ResolveTarget } from './resolve-target';

/** The skill of a run, as far as starting one asks. */
export interface StartedSkill {
  id: string;
  kind: string;
  archived: boolean;
}

export interface StartRequest extends AskedTarget {
  skill: StartedSkill;
  version: VersionRecord;
  /** The version's number as the caller gave it, or null when it left the choice to us. */
  versionNumber: number | null;
  input: unknown;
  prompt: string | null;
  /** Their bytes are stored already. */
  inputFiles: readonly RunFile[];
  origin: RunOrigin;
  startedBy: Actor;
  idempotencyKey?: string;
}

export interface StartedRun {
  run: RunRecord;
  /** True when the request repeated an earlier one by its idempotency key: nothing was started. */
  replayed: boolean;
}

export interface RunStarterOptions {
  database: Database;
  repository: Pick<RunsRepository, 'runs'>;
  versions: Pick<VersionsService, 'freeze' | 'get' | 'files'>;
  queues: Pick<RunQueues, 'offer'>;
  /** Throws for a kind that is not installed. */
  kindOf(kind: string): Pick<SkillKind, 'target' | 'checkRun'>;
  resolveTarget: ResolveTarget;
  recordLastRun: RecordLastRun;
  /** Bytes of the input as JSON and the prompt together. */
  maxInputBytes: number;
}

/** A request that may be started, with what was decided about it. */
interface CheckedStart {
  version: VersionRecord;
  target: ResolvedTarget;
  idempotencyScope: string | null;
  digest: string;
}

/** How often a start is tried again because the draft changed between its check and its freezing. */
const MAX_ATTEMPTS = 5;

/** Starts runs: checks, freezes the version and stores the queued run in one transaction, then offers it to workers. */
export class RunStarter {
  readonly #options: RunStarterOptions;

  constructor(options: RunStarterOptions) {
    this.#options = options;
  }

  /**
   * Rejects with what is wrong with the request (400), with its connection (404, 409), the skill's state (409), or the idempotency key (409).
   */
  async start(request: StartRequest): Promise<StartedRun> {
    const { runs } = this.#options.repository;
    const { startedBy, skill, idempotencyKey } = request;
    const digest = requestDigest({ ...request, skillId: skill.id });
    const scope = idempotencyKey === undefined ? null : idempotencyScope(startedBy, skill.id, idempotencyKey);
    const earlier = scope === null ? undefined : await runs.findByIdempotencyScope(scope);
    if (earlier) return { run: assertRepeats(earlier, digest), replayed: true };
    try {
      return { run: await this.#startNew(request, scope, digest), replayed: false };
    } catch (error) {
      // Of two requests with one key that came together, the unique index lets one in.
      const winner =
        scope !== null && isDuplicate(error) ? await runs.findByIdempotencyScope(scope) : undefined;
      if (!winner) throw error;
      return { run: assertRepeats(winner, digest), replayed: true };
    }
  }

  async #startNew(request: StartRequest, scope: string | null, digest: string): Promise<RunRecord> {
    let { version } = request;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const target = await this.#check(request, version);
      const stored = await this.#store(request, { version, target, idempotencyScope: scope, digest });
      if (stored.run) return stored.run;
      version = stored.version;
    }
    throw new ConflictError('The version is being edited; try again.', { code: 'stale-revision' });
  }

  async #check(request: StartRequest, version: VersionRecord): Promise<ResolvedTarget> {
    const { skill, input, prompt, inputFiles } = request;
    if (skill.archived) {
      throw new ConflictError('This skill is archived, so it cannot be run.', { code: 'skill-archived' });
    }
    if (!isUsable(version.findings)) {
      throw new InvalidError(`Version ${version.number} has errors, so it cannot be run.`, {
        code: 'version-invalid',
        path: ['version'],
      });
    }
    this.#checkSize(input, prompt);
    const paths = (await this.#options.versions.files(version)).map(({ path }) => path);
    const kind = this.#options.kindOf(skill.kind);
    const target = await this.#options.resolveTarget(kind, version, request);
    const { metadata } = version;
    kind.checkRun({ metadata, execution: target.execution, input, prompt, inputFiles, paths });
    return target;
  }

  #checkSize(input: unknown, prompt: string | null): void {
    const limit = this.#options.maxInputBytes;
    const bytes = Buffer.byteLength(JSON.stringify(input ?? null)) + Buffer.byteLength(prompt ?? '');
    if (bytes <= limit) return;
    throw new InvalidError(`The input is larger than ${limit} bytes.`, {
      code: 'input-too-large',
      path: [prompt === null ? 'input' : 'prompt'],
      limit,
    });
  }

  /** Answers no run when the draft was edited since it was checked: what would run is not what was looked at. */
  #store(request: StartRequest, { version, target, idempotencyScope, digest }: CheckedStart) {
    const { database, repository, versions, queues, recordLastRun } = this.#options;
    const { skill, origin, startedBy, input, prompt, inputFiles } = request;
    const id = uuid();
    return database.transaction(async () => {
      await versions.freeze(version.id);
      const frozen = await versions.get(version.id);
      if (frozen.revision !== version.revision) return { run: undefined, version: frozen };
      await repository.runs.insert({
        id,
        skillId: skill.id,
        versionId: version.id,
        versionNumber: version.number,
        kind: skill.kind,
        origin,
        startedBy,
        input: input ?? null,
        prompt,
        inputFiles,
        ...target,
        idempotencyScope,
        requestDigest: digest,
      });
      const run = await repository.runs.get(id);
      await recordLastRun(run.skillId, { id, status: run.status, at: run.createdAt });
      database.afterCommit(() => queues.offer(run));
      return { run, version };
    });
  }
}
