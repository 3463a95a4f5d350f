import type { ProviderSkillSave } from 'strapi-plugin-skills-shared/contracts';
import { InvalidError } from '../../http/errors';
import type { VersionRecord } from '../versions';
import { lockConnection } from './active-connections';
import type { SkillKind } from './kinds/kind';
import { settled, withCurrent, withPublished } from './record-changes';
import { skillMissing, staleRevision, staleVersion } from './refusals';
import type { SkillRecord } from './skill-record';
import type { SkillsContext } from './skills-context';
import type { SkillsService } from './skills-service';

type Saved = Awaited<ReturnType<SkillsService['saveDefinition']>>;

/** Saving skills that are written as a form. */
export function createDefinitionSaving(
  context: SkillsContext,
  { get, describe }: Pick<SkillsService, 'get' | 'describe'>,
): Pick<SkillsService, 'saveDefinition'> {
  const { kinds, versions, scopes, database } = context;

  return {
    async saveDefinition(idOrAlias, save, { viewer, author }) {
      const skill = await get(idOrAlias, viewer);
      const saveForm = formOf(kinds.get(skill.kind));
      const before = await versions.get(skill.current.id);
      refuseStale(save, skill, before);
      scopes.assertKnown(save.toolScopes, ['toolScopes'], skill.toolScopes);
      const files = await saveForm(save, before.metadata, context);

      let saved: Saved | undefined;
      const follow = async (version: VersionRecord): Promise<void> => {
        saved = await store(context, { save, skill, before, version, author });
      };
      const { version } = await versions.change({
        versionId: before.id,
        revision: before.revision,
        changes: files.map((file) => ({ type: 'put', ...file })),
        author,
        describe: describe(skill.kind, save.alias),
        follow,
      });
      // Content that stays as it was is no change of the version, but the rest of the form may be one of the skill.
      return saved ?? database.transaction(() => store(context, { save, skill, before, version, author }));
    },
  };
}

interface Save {
  save: ProviderSkillSave;
  /** As it was when it was looked at. */
  skill: SkillRecord;
  before: VersionRecord;
  version: VersionRecord;
  author: VersionRecord['createdBy'];
}

/** Writes the row in the transaction that is open, and publishes what was asked to be. */
async function store(
  { repository, versions, connections, clock }: SkillsContext,
  { save, skill, before, version, author }: Save,
): Promise<Saved> {
  const { name, alias, active, toolScopes, publish, note } = save;
  await lockConnection({ connections }, version.metadata, active);
  const published = publish ? await versions.publish(version.id, note ?? null, author) : undefined;
  const { skills } = await repository.modify([skill.id], (now) => {
    refuseStale(save, now, before);
    const edited = { ...now, name, alias, active, toolScopes, revision: now.revision + 1 };
    const current = { ...withCurrent(edited, version, before.metadata), updatedAt: clock() };
    return published ? withPublished(current, published, clock()) : settled(current);
  });
  if (!skills[0]) throw skillMissing();
  return { skill: skills[0], version: published ?? version };
}

/** `now` is the skill's row, `open` the version that was current when the save began. */
function refuseStale({ revision, version }: ProviderSkillSave, now: SkillRecord, open: VersionRecord): void {
  if (now.revision !== revision) throw staleRevision(revision, now.revision);
  const actual = { id: now.current.id, revision: open.revision };
  if (version.id !== now.current.id || version.revision !== open.revision)
    throw staleVersion(version, actual);
}

function formOf(kind: SkillKind): NonNullable<SkillKind['save']> {
  if (kind.save) return (...form) => kind.save!(...form);
  const message = 'This kind of skill is not written as a form: change its files instead.';
  throw new InvalidError(message, { code: 'definition-unsupported' });
}
