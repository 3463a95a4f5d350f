import type { ConnectionUser } from 'strapi-plugin-skills-shared/contracts';
import { serverViewer } from '../../../skill-viewer';
import { referenceOf, type PlacementRecord } from './placement-record';
import type { PlacementsDependencies } from './placements-dependencies';
import type { PlacementsService } from './placements-service';
import { createPublisher } from './publisher';
import { createWithdrawing } from './withdrawing';

const MAX_USERS = 100;

export function createPlacementsService(dependencies: PlacementsDependencies): PlacementsService {
  const { repository, skills } = dependencies;
  return {
    ...createWithdrawing(dependencies),
    publish: createPublisher(dependencies),
    list: (skillId) => repository.ofSkill(skillId),

    async find(digest, connectionId) {
      const placement = await repository.at(connectionId, digest);
      return placement?.state === 'live' ? referenceOf(placement) : undefined;
    },

    connectionsHolding: async (digest) =>
      (await repository.holding(digest)).map(({ connectionId }) => connectionId),

    async usersOfConnection(connectionId) {
      const placements = await repository.ofConnection(connectionId, MAX_USERS);
      const ids = [...new Set(placements.map(({ skillId }) => skillId))];
      const names = await skills.summaries(ids, serverViewer);
      return placements.map((placement) => asUser(placement, names.get(placement.skillId)?.name));
    },
  };
}

function asUser({ id, skillId, versionNumber }: PlacementRecord, name = 'A skill'): ConnectionUser {
  return {
    kind: 'placement',
    id,
    name: `${name}, version ${versionNumber}`,
    path: `/plugins/skills/skills/${skillId}`,
  };
}
