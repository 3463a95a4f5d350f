import { checkAgentChoice } from './agent-choice';
import { refuseInactiveConnections } from './active-connections';
import { settled } from './record-changes';
import { agentUnused, skillMissing, staleRevision } from './refusals';
import type { SkillRecord } from './skill-record';
import { sees, type SkillViewer } from './skill-viewer';
import type { SkillsContext } from './skills-context';
import type { SkillsService } from './skills-service';

type SkillChanges = Pick<SkillsService, 'update' | 'setActive' | 'setArchived'>;

/** Changes of skills themselves, beside their content. */
export function createSkillChanges(
  { database, repository, clock, connections, scopes, kinds }: SkillsContext,
  { get }: Pick<SkillsService, 'get'>,
): SkillChanges {
  const modifySeen = createSeenChanges(database, repository);

  /** Those that are active already stay so: nothing is done to them. */
  function refuseToActivate(skills: readonly SkillRecord[], viewer: SkillViewer, path: readonly string[]) {
    const inactive = skills.filter((skill) => !skill.active && sees(viewer, skill));
    return refuseInactiveConnections(connections, inactive, path);
  }

  const edited = (skill: SkillRecord): SkillRecord => ({
    ...skill,
    revision: skill.revision + 1,
    updatedAt: clock(),
  });

  return {
    async update(idOrAlias, { revision, agent, ...change }, viewer) {
      const before = await get(idOrAlias, viewer);
      const { id } = before;
      scopes.assertKnown(change.toolScopes ?? [], ['toolScopes'], before.toolScopes);
      if (change.active) await refuseToActivate([before], viewer, ['active']);
      if (agent && kinds.get(before.kind).content === 'form') throw agentUnused();
      const chosen = agent && (await checkAgentChoice(connections, agent, ['agent']));
      const { skills } = await database.transaction(async () => {
        await chosen?.lock();
        return modifySeen([id], viewer, (skill) => {
          if (skill.revision !== revision) throw staleRevision(revision, skill.revision);
          const category = change.category === undefined ? skill.category : change.category || null;
          const choice = chosen?.choice ?? skill.agent;
          return settled({ ...edited(skill), ...change, category, agent: choice });
        });
      });
      return skills[0] ?? get(id, viewer);
    },

    async setActive(ids, active, viewer) {
      if (active) await refuseToActivate(await repository.findMany(ids), viewer, ['ids']);
      const change = (skill: SkillRecord) => (skill.active === active ? skill : { ...edited(skill), active });
      return (await modifySeen(ids, viewer, change)).changed;
    },

    async setArchived(ids, archived, viewer) {
      const change = (skill: SkillRecord) =>
        skill.archived === archived ? skill : { ...edited(skill), archived };
      return (await modifySeen(ids, viewer, change)).changed;
    },
  };
}

/** Changes skills that the viewer sees, all or none. */
function createSeenChanges(database: SkillsContext['database'], repository: SkillsContext['repository']) {
  return (ids: readonly string[], viewer: SkillViewer, change: (skill: SkillRecord) => SkillRecord) =>
    database.transaction(async () => {
      const wanted = [...new Set(ids)];
      const result = await repository.modify(wanted, (skill) => {
        if (!sees(viewer, skill)) throw skillMissing();
        return change(skill);
      });
      if (result.skills.length < wanted.length) throw skillMissing();
      return result;
    });
}
