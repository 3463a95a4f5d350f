import type { ConnectionUser } from 'strapi-plugin-skills-shared/contracts';
import { skillMissing } from './refusals';
import type { SkillRecord } from './skill-record';
import { sees, serverViewer, type SkillViewer } from './skill-viewer';
import type { SkillsContext } from './skills-context';
import type { SkillsService } from './skills-service';

/** Users of a connection that are told. */
const MAX_USERS = 100;

type Catalogue = Pick<
  SkillsService,
  | 'get'
  | 'find'
  | 'list'
  | 'facets'
  | 'summaries'
  | 'visibleIds'
  | 'count'
  | 'aliasExists'
  | 'usersOfConnection'
  | 'recordLastRun'
>;

/** Finding and listing skills. */
export function createCatalogue({ repository }: SkillsContext): Catalogue {
  async function find(idOrAlias: string, viewer: SkillViewer): Promise<SkillRecord | undefined> {
    const skill = await repository.find(idOrAlias);
    return skill && sees(viewer, skill) ? skill : undefined;
  }

  return {
    find,

    async get(idOrAlias, viewer) {
      const skill = await find(idOrAlias, viewer);
      if (!skill) throw skillMissing();
      return skill;
    },

    async list({ filter, order, page, pageSize }) {
      const skills = await repository.page(filter, order, { page, pageSize });
      // A page that is not full says how many there are.
      const isLast = skills.length < pageSize && (skills.length > 0 || page === 1);
      const total = isLast ? (page - 1) * pageSize + skills.length : await repository.count(filter);
      return { skills, total };
    },

    facets: (viewer) => repository.facets(viewer),

    async summaries(ids, viewer) {
      const skills = await repository.findMany([...new Set(ids)]);
      return new Map(
        skills
          .filter((skill) => sees(viewer, skill))
          .map(({ id, alias, name, kind }) => [id, { id, alias, name, kind }]),
      );
    },

    visibleIds(knex, viewer) {
      const seesAll = viewer.door === 'server' || (viewer.door === 'panel' && viewer.seesPrivate);
      return seesAll ? undefined : repository.visibleIds(knex, viewer);
    },

    async count() {
      const present = { viewer: serverViewer, archived: false };
      return {
        all: await repository.count(present),
        active: await repository.count({ ...present, active: true }),
      };
    },

    aliasExists: (alias, exceptId) => repository.aliasExists(alias, exceptId),

    async usersOfConnection(connectionId) {
      return (await repository.boundTo(connectionId, MAX_USERS)).map(asUser);
    },

    recordLastRun: (skillId, run) => repository.writeLastRun(skillId, run),
  };
}

function asUser({ id, name }: SkillRecord): ConnectionUser {
  return { kind: 'skill', id, name, path: `/plugins/skills/skills/${id}` };
}
