import { ConflictError } from '../../http/errors';
import type { SkillsContext } from './skills-context';
import type { SkillsService } from './skills-service';

/** The end of a skill, with everything that hangs on it. */
export function createPurging(
  { database, repository, versions }: SkillsContext,
  { get }: Pick<SkillsService, 'get'>,
): Pick<SkillsService, 'purge' | 'registerPurge'> {
  const purges: ((skillId: string) => Promise<void>)[] = [];
  return {
    async purge(idOrAlias, viewer) {
      await database.transaction(async () => {
        const { id, archived } = await get(idOrAlias, viewer);
        if (!archived) {
          throw new ConflictError('Archive the skill before it is purged.', { code: 'not-archived' });
        }
        for (const purge of purges) await purge(id);
        await versions.removeAll(id);
        await repository.remove(id);
      });
    },

    registerPurge(purge) {
      purges.push(purge);
    },
  };
}
