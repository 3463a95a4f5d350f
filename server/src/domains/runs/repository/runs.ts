import type { Actor, RunExecution, RunFile, RunOrigin } from 'strapi-plugin-skills-shared/contracts';
import type { Database } from '../../../platform/database';
import { MissingError } from '../../../http/errors';
import type { SkillViewer } from '../../skills';
import { runsTables } from '../migrations';
import { LeaseLostError, type AgentSettings, type Lease, type RunRecord } from '../run-record';
import { toJson, toRecord, type RunRow } from './run-rows';
import { createRunFileRows } from './run-files';

/** A run as it is asked for. It is stored `queued`. */
export interface NewRun {
  id: string;
  skillId: string;
  versionId: string;
  versionNumber: number;
  kind: string;
  origin: RunOrigin;
  startedBy: Actor;
  input: unknown;
  prompt: string | null;
  inputFiles: readonly RunFile[];
  execution: RunExecution;
  connection: { id: string; name: string } | null;
  model: string | null;
  threadId: string | null;
  parent: { runId: string; callId: string } | null;
  depth: number;
  viewer: SkillViewer | null;
  settings: AgentSettings | null;
  /** A digest of actor, skill and idempotency key: unique among runs. */
  idempotencyScope: string | null;
  requestDigest: string | null;
}

function rowOf(run: NewRun, database: Database) {
  return {
    id: run.id,
    skill_id: run.skillId,
    version_id: run.versionId,
    version_number: run.versionNumber,
    kind: run.kind,
    status: 'queued',
    origin: run.origin,
    started_by_type: run.startedBy.type,
    started_by_id: run.startedBy.id,
    started_by_name: toJson(run.startedBy.name),
    input: toJson(run.input),
    prompt: run.prompt === null ? null : toJson(run.prompt),
    execution: run.execution,
    connection_id: run.connection?.id ?? null,
    connection_name: run.connection && toJson(run.connection.name),
    model: run.model,
    thread_id: run.threadId,
    parent_run_id: run.parent?.runId ?? null,
    parent_call_id: run.parent?.callId ?? null,
    depth: run.depth,
    viewer: run.viewer && toJson(run.viewer),
    settings: run.settings && toJson(run.settings),
    created_at: database.now(),
    idempotency_scope: run.idempotencyScope,
    request_digest: run.requestDigest,
  };
}

const tablesOfARun = runsTables.filter((table) => table !== 'skills_runs');

/** The rows of runs themselves. Their status is written by `moveRun` alone. */
export function createRunTable(database: Database) {
  const files = createRunFileRows(database);

  async function findWhere(where: Record<string, string>): Promise<RunRecord | undefined> {
    const row = await database.run<RunRow | undefined>((knex) => knex('skills_runs').where(where).first());
    return row && toRecord(row);
  }

  return {
    /** Inserts in the transaction that is open. Rejects when the idempotency scope is taken. */
    async insert(run: NewRun): Promise<void> {
      await database.run((knex) => knex('skills_runs').insert(rowOf(run, database)));
      await files.add(run.id, 'input', run.inputFiles);
    },

    find: (id: string) => findWhere({ id }),

    /** Rejects with 404 `run-not-found`. */
    async get(id: string): Promise<RunRecord> {
      const run = await findWhere({ id });
      if (!run) throw new MissingError('There is no such run.', { code: 'run-not-found' });
      return run;
    },

    findByIdempotencyScope: (scope: string) => findWhere({ idempotency_scope: scope }),

    /** Stores what isolation the run has, and by which image, as soon as it is known. The lease must hold; a lost one changes nothing. */
    async setIsolation(
      runId: string,
      token: string,
      isolation: string,
      image: string | null = null,
    ): Promise<void> {
      await database.run((knex) =>
        knex('skills_runs').where({ id: runId, lease_token: token }).update({ isolation, image }),
      );
    },

    /** Writes how many requests to the model the run has made. Rejects with `LeaseLostError` when it is no longer the owner's. */
    async setSteps({ runId, token }: Lease, steps: number): Promise<void> {
      const written = await database.run<number>((knex) =>
        knex('skills_runs').where({ id: runId, lease_token: token, status: 'running' }).update({ steps }),
      );
      if (written !== 1) throw new LeaseLostError(runId);
    },

    /** Removes every run of a purged skill with all that belongs to it, in the transaction that is open. */
    async removeAllOfSkill(skillId: string): Promise<void> {
      for (const table of tablesOfARun) {
        await database.run((knex) =>
          knex(table).whereIn('run_id', knex('skills_runs').where('skill_id', skillId).select('id')).delete(),
        );
      }
      await database.run((knex) => knex('skills_runs').where('skill_id', skillId).delete());
    },
  };
}
