import type { OpenConnection } from '../../../../connections';
import { asTimeout, placementBusy, placementMissing, readableError } from './hosting-errors';
import { referenceOf, type PlacementRecord } from './placement-record';
import { leaseFor, type PlacementsDependencies } from './placements-dependencies';
import type { PlacementsService } from './placements-service';

const resting: readonly PlacementRecord['state'][] = ['live', 'failed', 'missing'];

/** What a placement is again when it could not be withdrawn. */
function stateAgain({ state, hostedId }: PlacementRecord): PlacementRecord['state'] {
  if (resting.includes(state)) return state;
  return hostedId === null ? 'failed' : 'live';
}

function createVendor({
  connections,
  askTimeoutMs,
}: Pick<PlacementsDependencies, 'connections' | 'askTimeoutMs'>) {
  /** The connection as it is, active or not: what lives there can always be asked about and withdrawn. */
  async function ask<Result>(
    { connectionId }: PlacementRecord,
    question: (connection: OpenConnection) => Promise<Result>,
  ): Promise<Result> {
    const signal = AbortSignal.timeout(askTimeoutMs);
    try {
      return await question(await connections.open(connectionId, { signal, evenInactive: true }));
    } catch (error) {
      throw asTimeout(error, signal);
    }
  }

  async function withdraw(placement: PlacementRecord): Promise<void> {
    const reference = referenceOf(placement);
    if (!reference || !(await connections.find(placement.connectionId))) return;
    await ask(placement, (connection) => connection.getFeature('hosted-skills').withdraw(reference));
  }

  return { ask, withdraw };
}

/** Asking after what lives at vendors, and removing it there. */
export function createWithdrawing(
  dependencies: PlacementsDependencies,
): Pick<PlacementsService, 'get' | 'withdraw' | 'check' | 'purge'> {
  const { repository, database, askTimeoutMs, log } = dependencies;

  async function get(id: string): Promise<PlacementRecord> {
    const placement = await repository.find(id);
    if (!placement) throw placementMissing();
    return placement;
  }

  const vendor = createVendor(dependencies);

  return {
    get,

    async withdraw(id) {
      const placement = await get(id);
      const lease = await leaseFor(dependencies, askTimeoutMs);
      const withdrawing = { state: 'withdrawing', error: null } as const;
      if (!(await repository.claim(id, resting, withdrawing, lease))) throw placementBusy();
      try {
        await vendor.withdraw(placement);
      } catch (error) {
        const settled = { state: stateAgain(placement), error: readableError(error) };
        await repository.settle(id, lease.token, settled, await database.readClock());
        throw error;
      }
      await repository.remove(id, lease.token);
    },

    async check(id) {
      const placement = await get(id);
      const reference = referenceOf(placement);
      if (!reference || (placement.state !== 'live' && placement.state !== 'missing')) return placement;
      const there = await vendor.ask(placement, (connection) =>
        connection.getFeature('hosted-skills').exists(reference),
      );
      await repository.mark(id, there ? 'live' : 'missing', await database.readClock());
      return get(id);
    },

    async purge(skillId) {
      const placements = await repository.ofSkill(skillId);
      await repository.removeOfSkill(skillId);
      database.afterCommit(() => {
        for (const placement of placements)
          vendor.withdraw(placement).catch((error: unknown) => {
            const { message } = readableError(error);
            log.warn(`${placement.hostedId} of a purged skill stays at its vendor: ${message}`);
          });
      });
    },
  };
}
