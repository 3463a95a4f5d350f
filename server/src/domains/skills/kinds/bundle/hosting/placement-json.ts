import type { Placement } from 'strapi-plugin-skills-shared/contracts';
import type { ConnectionsService } from '../../../../connections';
import type { PlacementRecord } from './placement-record';

const time = (milliseconds: number) => new Date(milliseconds).toISOString();

/** Placements as they cross the wire, with the connections that are still there. */
export async function presentPlacements(
  connections: Pick<ConnectionsService, 'summaries'>,
  placements: readonly PlacementRecord[],
): Promise<Placement[]> {
  const ids = [...new Set(placements.map(({ connectionId }) => connectionId))];
  const summaries = await connections.summaries(ids);
  return placements.map((placement) => ({
    id: placement.id,
    skillId: placement.skillId,
    version: { id: placement.versionId, number: placement.versionNumber },
    digest: placement.digest,
    connection: summaries.get(placement.connectionId) ?? null,
    state: placement.state,
    hostedId: placement.hostedId,
    hostedVersion: placement.hostedVersion,
    error: placement.error,
    createdBy: placement.createdBy,
    createdAt: time(placement.createdAt),
    updatedAt: time(placement.updatedAt),
  }));
}
