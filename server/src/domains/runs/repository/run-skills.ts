import type { ComposedSkill } from 'strapi-plugin-skills-shared/contracts';
import type { Database } from '../../../platform/database';
import { insertRows } from '../../../platform/database';

/** A further skill as an agent's run is given it. */
export interface NewRunSkill {
  skillId: string;
  versionId: string;
  versionNumber: number;
  alias: string;
}

interface RunSkillRow {
  skill_id: string;
  version_id: string;
  version_number: number;
  alias: string;
  used: boolean | number;
}

/** The further skills of agents' runs, each fixed to a version when the run started. */
export function createRunSkillRows(database: Database) {
  return {
    /** In the order given; joins the open transaction. */
    async add(runId: string, skills: readonly NewRunSkill[]): Promise<void> {
      const rows = skills.map(({ skillId, versionId, versionNumber, alias }, position) => ({
        run_id: runId,
        position,
        skill_id: skillId,
        version_id: versionId,
        version_number: versionNumber,
        alias,
        used: false,
      }));
      await insertRows(database, 'skills_run_skills', rows);
    },

    async list(runId: string): Promise<ComposedSkill[]> {
      const rows = await database.run<RunSkillRow[]>((knex) =>
        knex('skills_run_skills')
          .where('run_id', runId)
          .orderBy('position')
          .select('skill_id', 'version_id', 'version_number', 'alias', 'used'),
      );
      return rows.map((row) => ({
        id: row.skill_id,
        alias: row.alias,
        version: { id: row.version_id, number: row.version_number },
        used: Boolean(row.used),
      }));
    },

    async markUsed(runId: string, alias: string): Promise<void> {
      await database.run((knex) =>
        knex('skills_run_skills').where({ run_id: runId, alias, used: false }).update({ used: true }),
      );
    },
  };
}
