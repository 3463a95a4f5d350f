import { insertRows, type Database } from '../../../platform/database';
import { toolScopesTable } from '../migrations';
import type { SkillRecord } from '../skill-record';

/** The table that lists and limited callers are narrowed by. A skill's scopes are read from its own row. */
export function createSkillScopes(database: Database) {
  async function remove(id: string): Promise<void> {
    await database.run((knex) => knex(toolScopesTable).where('skill_id', id).delete());
  }

  return {
    remove,

    async replace({ id, toolScopes }: SkillRecord): Promise<void> {
      await remove(id);
      await insertRows(
        database,
        toolScopesTable,
        toolScopes.map((scope) => ({ skill_id: id, scope })),
      );
    },
  };
}

export type SkillScopeRows = ReturnType<typeof createSkillScopes>;
