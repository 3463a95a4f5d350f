import type { SkillMetadata } from 'strapi-plugin-skills-shared/contracts';
import { ConflictError } from '../../http/errors';
import type { Describe, VersionRecord } from '../versions';
import { skillMissing } from './refusals';
import { withCurrent } from './record-changes';
import type { SkillsContext } from './skills-context';
import type { SkillRecord } from './skill-record';
import type { SkillsService } from './skills-service';

type ContentEditing = Pick<SkillsService, 'addVersion' | 'changeFiles' | 'describe'>;

/** Edits of a skill's content. The skill's row follows its current version in the same transaction. */
export function createContentEditing({ repository, versions, kinds }: SkillsContext): ContentEditing {
  function describe(kind: string, folder: string): Describe {
    return ({ paths, read }) => kinds.get(kind).validate({ paths, folder, read });
  }

  function checkOut(skillId: string, before: SkillMetadata) {
    return async (version: VersionRecord): Promise<void> => {
      const { skills } = await repository.modify([skillId], (skill) => withCurrent(skill, version, before));
      if (skills.length === 0) throw skillMissing();
    };
  }

  return {
    describe,

    async addVersion(skill, { files, note, author }) {
      const before = await versions.get(skill.current.id);
      return versions.add({
        skillId: skill.id,
        parentId: before.id,
        files,
        note,
        author,
        describe: describe(skill.kind, skill.alias),
        follow: checkOut(skill.id, before.metadata),
      });
    },

    async changeFiles(skill, { versionId, revision, changes, author }) {
      const before = await versions.get(skill.current.id);
      refuseOtherVersion(skill, before, versionId);
      const { version } = await versions.change({
        versionId,
        revision,
        changes,
        author,
        describe: describe(skill.kind, skill.alias),
        follow: checkOut(skill.id, before.metadata),
      });
      return version;
    },
  };
}

/**
 * Edits go to the current version, or to its frozen parent: the editor had that one open while somebody else's edit opened the
 * current draft, and the versions domain tells whether the two get along.
 */
function refuseOtherVersion(skill: SkillRecord, current: VersionRecord, versionId: string): void {
  if (versionId === current.id || versionId === current.parentId) return;
  throw new ConflictError(`Version ${skill.current.number} is the current one now; reload before editing.`, {
    code: 'stale-version',
    path: ['versionId'],
    expected: versionId,
    actual: current.id,
  });
}
