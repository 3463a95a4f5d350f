import { isUsable, type RunBudget } from 'strapi-plugin-skills-shared/contracts';
import { v7 as uuid } from 'uuid';
import { ConflictError, InvalidError } from '../../../http/errors';
import { isDuplicate, type Database } from '../../../platform/database';
import type { SkillKind } from '../../skills';
import type { ThreadsService } from '../../threads';
import type { VersionRecord, VersionsService } from '../../versions';
import type { RecordLastRun } from '../execution/run-ender';
import type { RunsRepository } from '../repository';
import type { NewRunSkill } from '../repository/run-skills';
import type { NewRun } from '../repository/runs';
import type { RunQueues } from '../run-queues';
import type { RunRecord } from '../run-record';
import { agentStartOf, type AgentStart, type AgentStartOptions } from './agent-start';
import { assertRepeats, idempotencyScope, requestDigest } from './idempotency';
import type { AskedTarget, ResolvedTarget, ResolveTarget } from './resolve-target';
import type { StartedRun, StartRequest } from './start-request';

export type { StartedRun, StartRequest } from './start-request';

export interface RunStarterOptions {
  database: Database;
  repository: Pick<RunsRepository, 'runs' | 'skills'>;
  versions: Pick<VersionsService, 'freeze' | 'get' | 'find' | 'files'>;
  skills: AgentStartOptions['skills'];
  threads: Pick<ThreadsService, 'assertThread' | 'touch'>;
  queues: Pick<RunQueues, 'offer'>;
  /** Throws for a kind that is not installed. */
  kindOf(kind: string): Pick<SkillKind, 'target' | 'checkRun'>;
  resolveTarget: ResolveTarget;
  recordLastRun: RecordLastRun;
  /** Bytes of the input as JSON and the prompt together. */
  maxInputBytes: number;
  /** What agents' runs may take at most. */
  agentBudget: RunBudget;
}

/** A request that may be started, with what was decided about it. */
interface CheckedStart {
  version: VersionRecord;
  target: ResolvedTarget;
  agent: AgentStart;
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
   * Rejects with what is wrong with the request (400), with its connection (404, 409), a further skill or its thread (404), the skill's
   * state (409), or the idempotency key (409).
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
      const agent = await this.#agentStart(request, target);
      const checked = { version, target, agent, idempotencyScope: scope, digest };
      const stored = await this.#store(request, checked);
      if (stored.run) return stored.run;
      version = stored.version;
    }
    throw new ConflictError('The version is being edited; try again.', { code: 'stale-revision' });
  }

  #agentStart(request: StartRequest, { execution }: ResolvedTarget): Promise<AgentStart> {
    const { versions, skills, agentBudget: budget } = this.#options;
    return agentStartOf({ versions, skills, budget }, request, execution);
  }

  async #check(request: StartRequest, version: VersionRecord): Promise<ResolvedTarget> {
    const { skill, input, prompt, inputFiles, threadId } = request;
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
    if (threadId !== undefined) await this.#options.threads.assertThread(threadId, skill.id);
    const paths = (await this.#options.versions.files(version)).map(({ path }) => path);
    const kind = this.#options.kindOf(skill.kind);
    const target = await this.#options.resolveTarget(kind, version, this.#askedTarget(request));
    assertSelectable(request, target);
    const { metadata } = version;
    kind.checkRun({ metadata, execution: target.execution, input, prompt, inputFiles, paths });
    return target;
  }

  #askedTarget(request: StartRequest): AskedTarget {
    const { cost } = request.parent?.budget ?? request.budget ?? {};
    const costLimited = (cost ?? this.#options.agentBudget.cost) !== null;
    return { ...askedTargetOf(request), costLimited };
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

  /** Answers no run when a draft was edited since it was checked: what would run is not what was looked at. */
  #store(request: StartRequest, checked: CheckedStart) {
    const { database, repository, queues, recordLastRun, threads } = this.#options;
    const { version, agent } = checked;
    const row = newRunOf(request, checked);
    return database.transaction(async () => {
      const frozen = await this.#freeze(version);
      if (frozen.revision !== version.revision) return { run: undefined, version: frozen };
      for (const further of agent.skills) {
        const { revision } = await this.#freeze(further.version);
        if (revision !== further.version.revision) return { run: undefined, version };
      }
      await repository.runs.insert(row);
      await repository.skills.add(row.id, agent.skills.map(rowOfFurther));
      const run = await repository.runs.get(row.id);
      if (row.threadId !== null) await threads.touch(row.threadId, run.createdAt);
      await recordLastRun(run.skillId, { id: run.id, status: run.status, at: run.createdAt });
      if (!request.parent) database.afterCommit(() => queues.offer(run));
      return { run, version };
    });
  }

  async #freeze({ id }: VersionRecord): Promise<VersionRecord> {
    const { versions } = this.#options;
    await versions.freeze(id);
    return versions.get(id);
  }
}

/**
 * Callers from outside choose the place where a bundle lives, and what an agent works over; whose credentials a skill uses otherwise is
 * not theirs to say.
 */
function assertSelectable({ origin, connection }: StartRequest, { execution }: ResolvedTarget): void {
  if (origin !== 'api' || connection === undefined || execution === 'hosted' || execution === 'agent') return;
  throw new InvalidError('This run works over a connection of its own: leave "connection" out.', {
    code: 'connection-fixed',
    path: ['connection'],
  });
}

function askedTargetOf({ execution, connection, model, prompt, parent }: StartRequest): AskedTarget {
  const connectionId = parent?.connection ?? null;
  return {
    prompted: prompt !== null,
    ...(execution && { execution }),
    ...(connection !== undefined && { connection }),
    ...(model !== undefined && { model }),
    ...(parent && connectionId !== null && { inherited: { connectionId, model: parent.model } }),
  };
}

function rowOfFurther({ skillId, alias, version }: AgentStart['skills'][number]): NewRunSkill {
  return { skillId, alias, versionId: version.id, versionNumber: version.number };
}

function newRunOf(request: StartRequest, { version, target, agent, ...idempotency }: CheckedStart): NewRun {
  const { skill, origin, startedBy, input, prompt, inputFiles, threadId, parent } = request;
  return {
    id: uuid(),
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
    threadId: threadId ?? null,
    parent: parent ? { runId: parent.runId, callId: parent.callId } : null,
    depth: parent?.depth ?? 0,
    viewer: agent.viewer,
    settings: agent.settings,
    idempotencyScope: idempotency.idempotencyScope,
    requestDigest: idempotency.digest,
  };
}
