import type { Database } from '../../../platform/database';
import { insertRows } from '../../../platform/database';

/** What a waiting run goes on with: digests of blobs. */
export interface RunState {
  /** The conversation, as JSON. */
  stateDigest: string;
  /** The sandbox's files, as an archive; null when it had none. */
  filesDigest: string | null;
}

/** One row for each run that has saved itself and has not ended. */
export function createRunStateRows(database: Database) {
  return {
    /** Takes the place of what was saved before. Joins the open transaction. */
    async put(runId: string, { stateDigest, filesDigest }: RunState): Promise<void> {
      const row = {
        run_id: runId,
        state_digest: stateDigest,
        files_digest: filesDigest,
        saved_at: database.now(),
      };
      await insertRows(database, 'skills_run_states', [row], {
        ignoreDuplicatesOf: ['run_id'],
        update: ['state_digest', 'files_digest', 'saved_at'],
      });
    },

    async find(runId: string): Promise<RunState | undefined> {
      const row = await database.run<{ state_digest: string; files_digest: string | null } | undefined>(
        (knex) => knex('skills_run_states').where('run_id', runId).first('state_digest', 'files_digest'),
      );
      return row && { stateDigest: row.state_digest, filesDigest: row.files_digest };
    },

    async remove(runId: string): Promise<void> {
      await database.run((knex) => knex('skills_run_states').where('run_id', runId).delete());
    },
  };
}
