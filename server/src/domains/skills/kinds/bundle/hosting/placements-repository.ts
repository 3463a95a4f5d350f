import type { Knex } from 'knex';
import type { PlacementState } from 'strapi-plugin-skills-shared/contracts';
import { insertRows, type Database } from '../../../../../platform/database';
import { placementsTable } from './placement-migrations';
import type { PlacementLease, PlacementRecord } from './placement-record';
import { read, write, type PlacementRow } from './placement-row';

/** What a placement becomes once nobody works on it any more. */
export type Settled = Pick<PlacementRecord, 'state' | 'error'> &
  Partial<Pick<PlacementRecord, 'hostedId' | 'hostedVersion'>>;

/** Rows of `skills_placements`. */
export function createPlacementsRepository(database: Database) {
  return { ...createReads(database), ...createWrites(database), ...createRemovals(database) };
}

export type PlacementsRepository = ReturnType<typeof createPlacementsRepository>;

function createReads(database: Database) {
  const rows = (narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder) =>
    database
      .run<PlacementRow[]>((knex) => narrow(knex(placementsTable).select()))
      .then((found) => found.map(read));

  return {
    find: async (id: string) => (await rows((query) => query.where({ id })))[0],

    at: async (connectionId: string, digest: string) =>
      (await rows((query) => query.where({ connection_id: connectionId, digest })))[0],

    /** The same in the open transaction, as it is now: MariaDB would show it as it was when the transaction began. */
    lockAt: async (connectionId: string, digest: string) =>
      (await rows((query) => query.where({ connection_id: connectionId, digest }).forUpdate()))[0],

    /** Newest first. */
    ofSkill: (skillId: string) =>
      rows((query) => query.where({ skill_id: skillId }).orderBy('created_at', 'desc').orderBy('id', 'desc')),

    /** Those that are, or may be, at the vendor. */
    ofConnection: (connectionId: string, limit: number) =>
      rows((query) =>
        query.where({ connection_id: connectionId }).whereNot('state', 'failed').orderBy('id').limit(limit),
      ),

    /** The last version of a skill that lives at a connection. */
    latestLive: async (skillId: string, connectionId: string) =>
      (
        await rows((query) =>
          query
            .where({ skill_id: skillId, connection_id: connectionId, state: 'live' })
            .orderBy('version_number', 'desc')
            .limit(1),
        )
      )[0],

    holding: (digest: string) =>
      rows((query) => query.where({ digest, state: 'live' }).orderBy('created_at')),
  };
}

function createWrites(database: Database) {
  return {
    /** Inserts it with a lease, unless this content has a row at this connection; answers whether it did. */
    async insert(placement: PlacementRecord, { token, until }: PlacementLease): Promise<boolean> {
      const row = { ...write(placement), lease_token: token, lease_until: until };
      await insertRows(database, placementsTable, [row], { ignoreDuplicatesOf: ['connection_id', 'digest'] });
      const found = await database.run<PlacementRow | undefined>((knex) =>
        knex(placementsTable).where({ id: placement.id }).first('id'),
      );
      return found !== undefined;
    },

    /** Takes a placement that is in one of these states, or whose lease has run out by `now`. Answers whether it did. */
    async claim(
      id: string,
      from: readonly PlacementState[],
      changes: Partial<PlacementRecord>,
      lease: PlacementLease & { now: number },
    ): Promise<boolean> {
      const count = await database.run((knex) =>
        knex(placementsTable)
          .where({ id })
          .where((either) => {
            void either.whereIn('state', [...from]).orWhere('lease_until', '<', lease.now);
          })
          .update({
            ...write({ ...changes, updatedAt: lease.now }),
            lease_token: lease.token,
            lease_until: lease.until,
          }),
      );
      return count === 1;
    },

    /** Writes what came of the work, unless the lease was lost to another; answers whether it did. */
    async settle(id: string, token: string, settled: Settled, now: number): Promise<boolean> {
      const count = await database.run((knex) =>
        knex(placementsTable)
          .where({ id, lease_token: token })
          .update({ ...write({ ...settled, updatedAt: now }), lease_token: null, lease_until: null }),
      );
      return count === 1;
    },

    /** Notes whether the vendor still has it, unless somebody works on it. */
    async mark(id: string, state: 'live' | 'missing', now: number): Promise<void> {
      await database.run((knex) =>
        knex(placementsTable)
          .where({ id })
          .whereIn('state', ['live', 'missing'])
          .whereNull('lease_token')
          .update(write({ state, error: null, updatedAt: now })),
      );
    },
  };
}

function createRemovals(database: Database) {
  return {
    async remove(id: string, token: string): Promise<void> {
      await database.run((knex) => knex(placementsTable).where({ id, lease_token: token }).delete());
    },

    async removeOfSkill(skillId: string): Promise<void> {
      await database.run((knex) => knex(placementsTable).where({ skill_id: skillId }).delete());
    },
  };
}
