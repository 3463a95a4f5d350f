import { refuseInactiveConnection } from './active-connections';
import { settled, withPublished } from './record-changes';
import { skillMissing, versionMissing } from './refusals';
import type { SkillsContext } from './skills-context';
import type { SkillsService } from './skills-service';

/** What agents are served, and when they are no longer. */
export function createPublishing({
  database,
  repository,
  versions,
  connections,
  clock,
}: SkillsContext): Pick<SkillsService, 'publish' | 'withdraw'> {
  return {
    async publish(skill, { versionId, note, author }) {
      const version = await versions.get(versionId);
      if (version.skillId !== skill.id) throw versionMissing();
      if (skill.active) await refuseInactiveConnection(connections, version.metadata, ['active']);
      return database.transaction(async () => {
        const published = await versions.publish(versionId, note, author);
        const { skills } = await repository.modify([skill.id], (now) =>
          withPublished(now, published, clock()),
        );
        if (skills.length === 0) throw skillMissing();
        return published;
      });
    },

    async withdraw(skill) {
      const { skills } = await repository.modify([skill.id], (now) =>
        now.published === null ? now : settled({ ...now, published: null, updatedAt: clock() }),
      );
      if (!skills[0]) throw skillMissing();
      return skills[0];
    },
  };
}
