import { inBatches, type Database } from '../../../platform/database';
import { VERSIONS_TABLE } from '../migrations';
import { draftKeyOf, recordOf, type VersionRow } from '../version-row';
import type { VersionRecord } from '../versions-service';

export function createVersionReads(database: Database) {
  async function first(where: Partial<VersionRow>): Promise<VersionRecord | undefined> {
    const row = await database.run((knex) => knex<VersionRow>(VERSIONS_TABLE).where(where).first());
    return row && recordOf(row);
  }

  return {
    find: (id: string) => first({ id }),

    findByNumber: (skillId: string, number: number) => first({ skill_id: skillId, number }),

    /** The draft that edits of this parent go to. */
    findDraft: (skillId: string, parentId: string | null) =>
      first({ draft_key: draftKeyOf(skillId, parentId) }),

    async findMany(ids: readonly string[]): Promise<VersionRecord[]> {
      const records: VersionRecord[] = [];
      for (const batch of inBatches(ids)) {
        const rows = await database.run((knex) => knex<VersionRow>(VERSIONS_TABLE).whereIn('id', batch));
        records.push(...rows.map(recordOf));
      }
      return records;
    },

    async list(request: { skillId: string; publishedOnly: boolean; offset: number; limit: number }) {
      return database.run(async (knex) => {
        const matching = knex<VersionRow>(VERSIONS_TABLE).where({ skill_id: request.skillId });
        if (request.publishedOnly) matching.whereNotNull('published_at');
        const rows = await matching
          .clone()
          .orderBy('number', 'desc')
          .offset(request.offset)
          .limit(request.limit);
        const [counted] = await matching.clone().count({ total: '*' });
        return { versions: rows.map(recordOf), total: Number(counted?.total ?? 0) };
      });
    },
  };
}
