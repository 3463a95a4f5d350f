import { isDeepStrictEqual } from 'node:util';
import { isDuplicate, type Database } from '../../../platform/database';
import { skillsTable } from '../content-type';
import { AliasTakenError } from '../refusals';
import type { LastRun, SkillRecord } from '../skill-record';
import { toRow } from './skill-row';
import type { SkillScopeRows } from './skill-scopes';
import { tidyTags, type SkillTagRows } from './skill-tags';

type FindMany = (ids: readonly string[], options: { forUpdate: true }) => Promise<SkillRecord[]>;

export function createSkillWrites(
  database: Database,
  { tags, scopes }: { tags: SkillTagRows; scopes: SkillScopeRows },
  findMany: FindMany,
) {
  async function update(skill: SkillRecord, before: SkillRecord | undefined): Promise<void> {
    const row = { ...toRow(skill), updated_at: new Date(skill.updatedAt) };
    await refusingTakenAlias(skill.alias, () =>
      database.run((knex) => knex(skillsTable).where('document_id', skill.id).update(row)),
    );
    if (!isDeepStrictEqual(tagsOf(skill), tagsOf(before))) await tags.replace(skill);
    if (!isDeepStrictEqual(skill.toolScopes, before?.toolScopes)) await scopes.replace(skill);
  }

  return {
    /** 409 `alias-taken`. In the transaction that is open. */
    async insert(skill: SkillRecord): Promise<void> {
      const at = new Date(skill.createdAt);
      // Strapi sets `published_at` on every entry of a type without drafts.
      const times = { last_run_at: 0, created_at: at, updated_at: at, published_at: at };
      const tidy = tidied(skill);
      await refusingTakenAlias(skill.alias, () =>
        database.run((knex) => knex(skillsTable).insert({ document_id: skill.id, ...toRow(tidy), ...times })),
      );
      await tags.replace(tidy);
      await scopes.replace(tidy);
    },

    /**
     * Changes skills one after another, with their rows locked, in the transaction that is open or one of its own. `change`
     * answers the same record for what stays as it is. Answers those that are there, as they are now.
     */
    modify(
      ids: readonly string[],
      change: (skill: SkillRecord) => SkillRecord,
    ): Promise<{ skills: SkillRecord[]; changed: number }> {
      return database.transaction(async () => {
        const before = await findMany(ids, { forUpdate: true });
        const skills = before.map((skill) => tidyChange(skill, change(skill)));
        let changed = 0;
        for (const [at, skill] of skills.entries()) {
          if (skill === before[at]) continue;
          await update(skill, before[at]);
          changed += 1;
        }
        return { skills, changed };
      });
    },

    writeLastRun: (id: string, run: LastRun): Promise<void> => writeLastRun(database, id, run),

    async remove(id: string): Promise<void> {
      await tags.remove(id);
      await scopes.remove(id);
      await database.run((knex) => knex(skillsTable).where('document_id', id).delete());
    },
  };
}

/** Runs end in any order: an older one never replaces a later one, and a repetition changes nothing. */
async function writeLastRun(database: Database, id: string, run: LastRun): Promise<void> {
  const columns = { last_run_id: run.id, last_run_status: run.status, last_run_at: run.at };
  await database.run((knex) =>
    knex(skillsTable)
      .where('document_id', id)
      .where((older) => {
        void older.where('last_run_at', '<', run.at).orWhere('last_run_id', run.id);
      })
      .update(columns),
  );
}

const tagsOf = (skill: SkillRecord | undefined) => [skill?.tags, skill?.published?.tags];

function tidied(skill: SkillRecord): SkillRecord {
  const { published } = skill;
  return {
    ...skill,
    tags: tidyTags(skill.tags),
    toolScopes: [...new Set(skill.toolScopes)].sort(),
    published: published && { ...published, tags: tidyTags(published.tags) },
  };
}

function tidyChange(before: SkillRecord, after: SkillRecord): SkillRecord {
  return after === before ? before : tidied(after);
}

async function refusingTakenAlias(alias: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw isDuplicate(error) ? new AliasTakenError(alias) : error;
  }
}
