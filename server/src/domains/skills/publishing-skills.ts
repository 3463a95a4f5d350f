import { settled, withPublished } from './record-changes';
import { skillMissing, versionMissing } from './refusals';
import type { SkillsContext } from './skills-context';
import type { SkillsService } from './skills-service';

/** What agents are served, and when they are no longer. */
export function createPublishing({
  database,
  repository,
  versions,
  clock,
}: SkillsContext): Pick<SkillsService, 'publish' | 'withdraw'> {
  return {
    publish(skill, { versionId, note, author }) {
      return database.transaction(async () => {
        const version = await versions.get(versionId);
        if (version.skillId !== skill.id) throw versionMissing();
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
