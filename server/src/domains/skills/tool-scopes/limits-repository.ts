import type { ScopeSubjectType } from 'strapi-plugin-skills-shared/contracts';
import { insertRows, type Database } from '../../../platform/database';
import { scopeLimitsTable } from '../migrations';

/** Whom a limit binds: `id` is a documentId, which no later token or role gets again. */
export interface ScopeSubject {
  type: ScopeSubjectType;
  id: string;
}

interface LimitRow {
  subject_type: ScopeSubjectType;
  subject_id: string;
  scopes: string;
}

const key = ({ type, id }: ScopeSubject) => ({ subject_type: type, subject_id: id });

/** Rows of `skills_scope_limits`; no row is no limit. */
export function createLimitsRepository(database: Database) {
  return {
    async find(subject: ScopeSubject): Promise<string[] | null> {
      const row = await database.run<LimitRow | undefined>((knex) =>
        knex(scopeLimitsTable).where(key(subject)).first('scopes'),
      );
      return row ? (JSON.parse(row.scopes) as string[]) : null;
    },

    async all(): Promise<(ScopeSubject & { scopes: string[] })[]> {
      const rows = await database.run<LimitRow[]>((knex) => knex(scopeLimitsTable).select());
      return rows.map((row) => ({
        type: row.subject_type,
        id: row.subject_id,
        scopes: JSON.parse(row.scopes) as string[],
      }));
    },

    async save(subject: ScopeSubject, scopes: readonly string[] | null): Promise<void> {
      if (scopes === null) {
        await database.run((knex) => knex(scopeLimitsTable).where(key(subject)).delete());
        return;
      }
      await insertRows(database, scopeLimitsTable, [{ ...key(subject), scopes: JSON.stringify(scopes) }], {
        ignoreDuplicatesOf: ['subject_type', 'subject_id'],
        update: ['scopes'],
      });
    },
  };
}

export type LimitsRepository = ReturnType<typeof createLimitsRepository>;
