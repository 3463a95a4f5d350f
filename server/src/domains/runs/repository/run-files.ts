import { createHash } from 'node:crypto';
import type { RunFile } from 'strapi-plugin-skills-shared/contracts';
import type { Database } from '../../../platform/database';
import { insertRows } from '../../../platform/database';
import type { RunFileRole } from '../run-record';

interface RunFileRow {
  role: RunFileRole;
  name: string;
  mime: string;
  size: number | string;
  digest: string;
}

/** The files of a run: what went in and what came out. Their bytes are blobs. */
export function createRunFileRows(database: Database) {
  return {
    /** Records files; a second file of the same name and role takes the first one's place. */
    async add(runId: string, role: RunFileRole, files: readonly RunFile[]): Promise<void> {
      const rows = files.map(({ name, mime, size, digest }) => ({
        run_id: runId,
        role,
        name_digest: createHash('sha256').update(name).digest('hex'),
        name,
        mime,
        size,
        digest,
      }));
      await insertRows(database, 'skills_run_files', rows, {
        ignoreDuplicatesOf: ['run_id', 'role', 'name_digest'],
        update: ['mime', 'size', 'digest'],
      });
    },

    /** By role and name. */
    async list(runId: string): Promise<Record<RunFileRole, RunFile[]>> {
      const rows = await database.run<RunFileRow[]>((knex) =>
        knex('skills_run_files').where('run_id', runId).select('role', 'name', 'mime', 'size', 'digest'),
      );
      const ofRole = (role: RunFileRole): RunFile[] =>
        rows
          .filter((row) => row.role === role)
          .map(({ name, mime, size, digest }) => ({ name, mime, size: Number(size), digest }))
          .sort((left, right) => (left.name < right.name ? -1 : 1));
      return { input: ofRole('input'), artifact: ofRole('artifact') };
    },
  };
}
