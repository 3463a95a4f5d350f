import type { SkillMetadata } from 'strapi-plugin-skills-shared/contracts';
import { ConflictError, InvalidError } from '../../http/errors';
import type { Describe, VersionRecord } from '../versions';
import { refuseInactiveConnection } from './active-connections';
import type { SkillKind } from './kinds/kind';
import { skillMissing, staleRevision, versionMissing } from './refusals';
import { withCurrent } from './record-changes';
import type { SkillsContext } from './skills-context';
import type { SkillRecord } from './skill-record';
import type { SkillsService } from './skills-service';

type ContentEditing = Pick<SkillsService, 'addVersion' | 'changeFiles' | 'checkout' | 'describe'>;

/** Edits of a skill's content. The skill's row follows its current version in the same transaction. */
export function createContentEditing(context: SkillsContext): ContentEditing {
  const { repository, versions, kinds } = context;

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
      refuseForm(kinds.get(skill.kind));
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

    checkout: (skill, request) => checkoutVersion(context, skill, request),

    async changeFiles(skill, { versionId, revision, changes, author, follow }) {
      refuseForm(kinds.get(skill.kind));
      const before = await versions.get(skill.current.id);
      refuseOtherVersion(skill, before, versionId);
      const checkItOut = checkOut(skill.id, before.metadata);
      const { version } = await versions.change({
        versionId,
        revision,
        changes,
        author,
        describe: describe(skill.kind, skill.alias),
        async follow(changed) {
          await checkItOut(changed);
          await follow?.(changed);
        },
      });
      return version;
    },
  };
}

function refuseForm({ content }: SkillKind): void {
  if (content === 'files') return;
  const message = 'This kind of skill is written as a form: its files are not changed one by one.';
  throw new InvalidError(message, { code: 'files-unsupported' });
}

/** The draft that is left is frozen: the next edit of the version that is now current opens a draft of its own. */
async function checkoutVersion(
  { database, repository, versions, connections, clock }: SkillsContext,
  skill: SkillRecord,
  { versionId, revision }: { versionId: string; revision: number },
): Promise<SkillRecord> {
  const version = await versions.get(versionId);
  if (version.skillId !== skill.id) throw versionMissing();
  if (skill.active) await refuseInactiveConnection(connections, version.metadata, ['versionId']);
  return database.transaction(async () => {
    const before = await versions.get(skill.current.id);
    if (version.id !== before.id) await versions.freeze(before.id);
    const { skills } = await repository.modify([skill.id], (now) => {
      if (now.revision !== revision) throw staleRevision(revision, now.revision);
      if (now.current.id !== before.id) throw staleRevision(revision, now.revision);
      if (now.current.id === version.id) return now;
      const checkedOut = withCurrent(now, version, before.metadata);
      return { ...checkedOut, revision: now.revision + 1, updatedAt: clock() };
    });
    if (!skills[0]) throw skillMissing();
    return skills[0];
  });
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
