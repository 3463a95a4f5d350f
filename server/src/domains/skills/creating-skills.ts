import type { VersionRecord } from '../versions';
import { lockConnection } from './active-connections';
import { freeAlias } from './alias';
import { toAlias } from './kinds/bundle';
import { settled, withCurrent, withPublished } from './record-changes';
import { AliasTakenError } from './refusals';
import type { SkillRecord } from './skill-record';
import type { SkillsContext } from './skills-context';
import type { NewSkill, SkillsService } from './skills-service';

/** How often a new skill looks for another free alias when somebody took the one it found. */
const ATTEMPTS = 5;

/** Row and first version are stored in one transaction, `finish` within it. */
type Store = (
  request: Omit<NewSkill, 'files'>,
  /** The content may depend on the alias, so it is made when the alias is known. */
  filesOf: (alias: string) => NewSkill['files'],
  finish: (skill: SkillRecord, first: VersionRecord) => Promise<SkillRecord>,
) => Promise<{ skill: SkillRecord; version: VersionRecord }>;

/** New skills, each with its first version. */
export function createSkillCreation(
  context: SkillsContext,
  { describe }: Pick<SkillsService, 'describe'>,
): Pick<SkillsService, 'create' | 'createFrom'> {
  const { versions, kinds, clock } = context;

  const insert = createInsert(context, describe);
  const insertUnderFreeAlias: Store = (request, filesOf, finish) =>
    underFreeAlias(request, context, (alias) => insert({ ...request, alias }, filesOf, finish));

  return {
    createFrom: ({ files, ...request }) =>
      insertUnderFreeAlias(
        request,
        () => files,
        (skill) => Promise.resolve(skill),
      ),

    async create({ owner, author, ...request }) {
      const { name, visibility, toolScopes, active, publish } = withDefaults(request);
      const kind = kinds.get(request.kind);
      context.scopes.assertKnown(toolScopes, ['toolScopes']);
      const filesOf = await kind.create(request, context);
      const store = request.alias === undefined ? insertUnderFreeAlias : insert;
      const alias = request.alias ?? toAlias(name, kind.maxAlias) ?? 'skill';
      const row = { kind: kind.id, alias, name, visibility, toolScopes, active, owner, author };
      const { skill } = await store(row, filesOf, async (made, first) => {
        // The content may have the alias for a name; a person chose another.
        const named = settled({ ...made, name });
        return publish
          ? withPublished(named, await versions.publish(first.id, null, author), clock())
          : named;
      });
      return skill;
    },
  };
}

function createInsert(context: SkillsContext, describe: SkillsService['describe']): Store {
  const { repository, versions, clock, newId } = context;
  return async (request, filesOf, finish) => {
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
        await lockConnection(context, first.metadata, request.active ?? true);
        skill = await finish(withCurrent(blankRecord(id, request, clock()), first, null), first);
        await repository.insert(skill);
      },
    });
    return { skill: (await repository.findMany([id]))[0] ?? skill, version };
  };
}

/** What only some kinds' requests say. */
function withDefaults<Request extends object>(request: Request) {
  return { toolScopes: [] as string[], active: true, publish: false, ...request };
}

/** Stores under the first free alias, and under another when somebody was faster. */
async function underFreeAlias<Stored>(
  { alias, kind }: Pick<NewSkill, 'alias' | 'kind'>,
  { repository, kinds }: Pick<SkillsContext, 'repository' | 'kinds'>,
  store: (alias: string) => Promise<Stored>,
): Promise<Stored> {
  const { maxAlias } = kinds.get(kind);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store(await freeAlias(alias, maxAlias, (wanted) => repository.aliasExists(wanted)));
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
    active: request.active ?? true,
    archived: false,
    visibility: request.visibility,
    owner: request.owner,
    tags: [],
    category: null,
    toolScopes: request.toolScopes ?? [],
    binding: null,
    agent: { connectionId: null, model: null },
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
