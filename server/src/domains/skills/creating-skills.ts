import type { VersionRecord } from '../versions';
import { freeAlias } from './alias';
import { toAlias } from './kinds/bundle';
import { settled, withCurrent } from './record-changes';
import { AliasTakenError } from './refusals';
import type { SkillRecord } from './skill-record';
import type { SkillsContext } from './skills-context';
import type { NewSkill, SkillsService } from './skills-service';

const DEFAULT_KIND = 'bundle';

/** How often a new skill looks for another free alias when somebody took the one it found. */
const ATTEMPTS = 5;

/** New skills, each with its first version. */
export function createSkillCreation(
  context: SkillsContext,
  { describe }: Pick<SkillsService, 'describe'>,
): Pick<SkillsService, 'create' | 'createFrom'> {
  const { repository, versions, kinds, clock, newId } = context;

  /** The content depends on the alias, so it is made when the alias is known. */
  async function insert(
    request: Omit<NewSkill, 'files'>,
    filesOf: (alias: string) => NewSkill['files'],
    finish: (skill: SkillRecord) => SkillRecord,
  ): Promise<{ skill: SkillRecord; version: VersionRecord }> {
    const { kind, alias, note, author } = request;
    const id = newId();
    let skill = blankRecord(id, request, clock());
    const version = await versions.add({
      skillId: id,
      parentId: null,
      files: filesOf(alias),
      note,
      author,
      describe: describe(kind, alias),
      async follow(first) {
        skill = finish(withCurrent(blankRecord(id, request, clock()), first, null));
        await repository.insert(skill);
      },
    });
    return { skill: (await repository.findMany([id]))[0] ?? skill, version };
  }

  const insertUnderFreeAlias: typeof insert = (request, filesOf, finish) =>
    underFreeAlias(request.alias, repository, (alias) => insert({ ...request, alias }, filesOf, finish));

  return {
    createFrom: ({ files, ...request }) =>
      insertUnderFreeAlias(
        request,
        () => files,
        (skill) => skill,
      ),

    async create({ kind = DEFAULT_KIND, ...wanted }) {
      const alias = wanted.alias ?? toAlias(wanted.name) ?? 'skill';
      const blank = (free: string) => kinds.get(kind).blank({ ...wanted, alias: free });
      // The starter's frontmatter has the alias for a name; a person chose another.
      const named = (skill: SkillRecord) => settled({ ...skill, name: wanted.name });
      const store = wanted.alias === undefined ? insertUnderFreeAlias : insert;
      return (await store({ ...wanted, kind, alias }, blank, named)).skill;
    },
  };
}

/** Stores under the first free alias, and under another when somebody was faster. */
async function underFreeAlias<Stored>(
  wanted: string,
  { aliasExists }: Pick<SkillsContext['repository'], 'aliasExists'>,
  store: (alias: string) => Promise<Stored>,
): Promise<Stored> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store(await freeAlias(wanted, aliasExists));
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof AliasTakenError)) throw error;
    }
  }
}

/** A skill's row before its first version has been looked at. */
function blankRecord(id: string, request: Omit<NewSkill, 'files'>, now: number): SkillRecord {
  return {
    id,
    alias: request.alias,
    name: request.name,
    description: '',
    kind: request.kind,
    active: true,
    archived: false,
    visibility: request.visibility,
    owner: request.owner,
    tags: [],
    category: null,
    toolScopes: [],
    binding: null,
    status: 'draft',
    usable: false,
    current: { id: '', number: 0, label: null, digest: '' },
    published: null,
    lastRun: null,
    revision: 1,
    createdAt: now,
    updatedAt: now,
  };
}
