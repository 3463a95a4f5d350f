import type { Knex } from 'knex';
import { inBatches, type Database } from '../../../platform/database';
import { skillsTable } from '../content-type';
import type { SkillRecord } from '../skill-record';
import { narrowToVisible, type SkillViewer } from '../skill-viewer';
import { keyOf, skillColumns, toRecord, type SkillRow } from './skill-row';

export function createSkillReads(database: Database) {
  return {
    async find(idOrAlias: string): Promise<SkillRecord | undefined> {
      const rows = await database.run<SkillRow[]>((knex) =>
        knex(skillsTable)
          .where('document_id', idOrAlias)
          .orWhere('alias_key', keyOf(idOrAlias))
          .limit(2)
          .select(skillColumns),
      );
      // An alias may look like another skill's id; the id wins.
      const row = rows.find(({ document_id }) => document_id === idOrAlias) ?? rows[0];
      return row && toRecord(row);
    },

    /** By documentId. Rows are locked, where asked, in the order of their ids, so that two that lock the same do not deadlock. */
    async findMany(ids: readonly string[], { forUpdate = false } = {}): Promise<SkillRecord[]> {
      const rows: SkillRow[] = [];
      for (const batch of inBatches(ids)) {
        const found = await database.run<SkillRow[]>((knex) => {
          const query = knex(skillsTable).whereIn('document_id', batch).orderBy('id').select(skillColumns);
          return forUpdate ? query.forUpdate() : query;
        });
        rows.push(...found);
      }
      return rows.map(toRecord);
    },

    /** Whether a skill, but this one, has the alias in any case. */
    async aliasExists(alias: string, exceptId?: string): Promise<boolean> {
      const row = await database.run<{ document_id: string } | undefined>((knex) =>
        knex(skillsTable).where('alias_key', keyOf(alias)).first('document_id'),
      );
      return row !== undefined && row.document_id !== exceptId;
    },

    /** Skills whose current or published version is bound to the connection, or whose agents work over it, by name. */
    async boundTo(connectionId: string, limit: number): Promise<SkillRecord[]> {
      const rows = await database.run<SkillRow[]>((knex) =>
        knex(skillsTable)
          .where('connection_id', connectionId)
          .orWhere('published_connection_id', connectionId)
          .orWhere('agent_connection_id', connectionId)
          .orderBy(['name_key', 'id'])
          .limit(limit)
          .select(skillColumns),
      );
      return rows.map(toRecord);
    },

    visibleIds(knex: Knex, viewer: SkillViewer): Knex.QueryBuilder {
      const query = knex(skillsTable).select('document_id');
      narrowToVisible(query, viewer);
      return query;
    },
  };
}
