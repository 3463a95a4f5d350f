import type { Actor, EnvironmentImage } from 'strapi-plugin-skills-shared/contracts';
import { insertIfAbsent, type Database } from '../../platform/database';
import type { EnvironmentRecord, ImageRecord, SealedSecret } from './environment-record';
import { environmentsTable, secretsTable } from './migrations';

interface EnvironmentRow {
  skill_id: string;
  revision: number;
  variables: string;
  setup: string;
  hosts: string;
  image_digest: string | null;
  image_size: number | string | null;
  image_made_by: string | null;
  image_setup_digest: string | null;
  image_created_at: number | string | null;
  image_created_by: string | null;
  updated_at: number | string | null;
}

interface SecretRow {
  skill_id: string;
  name: string;
  ciphertext: string;
  updated_at: number | string;
}

function readImage(row: EnvironmentRow): ImageRecord | null {
  if (row.image_digest === null) return null;
  return {
    digest: row.image_digest,
    size: Number(row.image_size),
    madeBy: row.image_made_by as EnvironmentImage['madeBy'],
    setupDigest: row.image_setup_digest,
    createdAt: Number(row.image_created_at),
    createdBy: JSON.parse(row.image_created_by ?? 'null') as Actor,
  };
}

function read(row: EnvironmentRow): EnvironmentRecord {
  return {
    skillId: row.skill_id,
    revision: row.revision,
    variables: JSON.parse(row.variables) as EnvironmentRecord['variables'],
    setup: JSON.parse(row.setup) as string,
    hosts: JSON.parse(row.hosts) as string[],
    image: readImage(row),
    updatedAt: row.updated_at === null ? null : Number(row.updated_at),
  };
}

function imageColumns(image: ImageRecord | null): Partial<EnvironmentRow> {
  return {
    image_digest: image?.digest ?? null,
    image_size: image?.size ?? null,
    image_made_by: image?.madeBy ?? null,
    image_setup_digest: image?.setupDigest ?? null,
    image_created_at: image?.createdAt ?? null,
    image_created_by: image ? JSON.stringify(image.createdBy) : null,
  };
}

/** Rows of `skills_environments` and of their secrets. */
export function createEnvironmentsRepository(database: Database) {
  return { ...createEnvironmentRows(database), ...createSecretRows(database) };
}

export type EnvironmentsRepository = ReturnType<typeof createEnvironmentsRepository>;

function createEnvironmentRows(database: Database) {
  return {
    async find(skillId: string): Promise<EnvironmentRecord | undefined> {
      const row = await database.run<EnvironmentRow | undefined>((knex) =>
        knex(environmentsTable).where('skill_id', skillId).first(),
      );
      return row && read(row);
    },

    /** Makes the row when there is none, and holds it until the open transaction ends. */
    async lock(skillId: string): Promise<EnvironmentRecord> {
      const blank = { skill_id: skillId, revision: 0, variables: '[]', setup: '""', hosts: '[]' };
      await insertIfAbsent(database, environmentsTable, blank, 'skill_id');
      const row = await database.run<EnvironmentRow | undefined>((knex) =>
        knex(environmentsTable).where('skill_id', skillId).forUpdate().first(),
      );
      if (!row) throw new Error(`The environment of the skill ${skillId} has vanished.`);
      return read(row);
    },

    async update(record: EnvironmentRecord): Promise<void> {
      await database.run((knex) =>
        knex(environmentsTable)
          .where('skill_id', record.skillId)
          .update({
            revision: record.revision,
            variables: JSON.stringify(record.variables),
            setup: JSON.stringify(record.setup),
            hosts: JSON.stringify(record.hosts),
            updated_at: record.updatedAt,
          }),
      );
    },

    /** Null takes it away. */
    async writeImage(skillId: string, image: ImageRecord | null): Promise<void> {
      await database.run((knex) =>
        knex(environmentsTable).where('skill_id', skillId).update(imageColumns(image)),
      );
    },

    async remove(skillId: string): Promise<void> {
      for (const table of [secretsTable, environmentsTable])
        await database.run((knex) => knex(table).where('skill_id', skillId).delete());
    },
  };
}

function createSecretRows(database: Database) {
  return {
    /** By name. */
    async secrets(skillId: string): Promise<SealedSecret[]> {
      const rows = await database.run<SecretRow[]>((knex) =>
        knex(secretsTable).where('skill_id', skillId).orderBy('name').select(),
      );
      return rows.map((row) => ({
        name: row.name,
        ciphertext: row.ciphertext,
        updatedAt: Number(row.updated_at),
      }));
    },

    /** Writes these in the place of all that there were. */
    async replaceSecrets(skillId: string, secrets: readonly SealedSecret[]): Promise<void> {
      await database.run((knex) => knex(secretsTable).where('skill_id', skillId).delete());
      if (secrets.length === 0) return;
      const rows = secrets.map(({ name, ciphertext, updatedAt }) => ({
        skill_id: skillId,
        name,
        ciphertext,
        updated_at: updatedAt,
      }));
      await database.run((knex) => knex(secretsTable).insert(rows));
    },
  };
}
