import type { Knex } from 'knex';
import type {
  Actor,
  ConnectionUser,
  ProviderSkillSave,
  Skill,
  SkillCreate,
  SkillListQuery,
  SkillUpdate,
} from 'strapi-plugin-skills-shared/contracts';
import type { Describe, FileChange, Follow, NewFile, VersionRecord } from '../versions';
import type { SkillFilter, SkillOrder } from './repository';
import type { LastRun, SkillRecord } from './skill-record';
import type { SkillViewer } from './skill-viewer';

export interface SkillFacets {
  tags: string[];
  categories: string[];
  owners: Actor[];
  kinds: string[];
  /** Of provider skills. */
  skillTypes: { id: string; name: string }[];
}

/** A skill in a few words, for lists of other things that name it. */
export type SkillSummary = Pick<Skill, 'id' | 'alias' | 'name' | 'kind'>;

export interface SkillListRequest {
  filter: SkillFilter;
  order: SkillOrder;
  page: number;
  pageSize: number;
}

/**
 * Skills and their life cycle. Whoever asks brings a `SkillViewer`; a skill that the viewer may not see is 404
 * `skill-not-found`, as if there were none.
 */
export interface SkillsService {
  /** `idOrAlias`: the documentId, or the alias. */
  get(idOrAlias: string, viewer: SkillViewer): Promise<SkillRecord>;
  find(idOrAlias: string, viewer: SkillViewer): Promise<SkillRecord | undefined>;
  list(request: SkillListRequest): Promise<{ skills: SkillRecord[]; total: number }>;
  /** What the list can be narrowed by. */
  facets(viewer: SkillViewer): Promise<SkillFacets>;
  /** By documentId; what may not be seen or is gone is absent. */
  summaries(ids: readonly string[], viewer: SkillViewer): Promise<Map<string, SkillSummary>>;
  /** A subquery of the documentIds that the viewer sees, for lists of other things; undefined when it sees all. */
  visibleIds(knex: Knex, viewer: SkillViewer): Knex.QueryBuilder | undefined;
  /** How many there are, archived ones left out. */
  count(): Promise<{ all: number; active: number }>;

  /**
   * Version 1 is what the kind makes of the request. 409 `alias-taken` for an alias that was asked for; a derived one is numbered. 400
   * `scope-unknown`, and what the kind refuses.
   */
  create(request: SkillCreate & { owner: Actor | null; author: Actor }): Promise<SkillRecord>;
  /** A skill of whole content. The alias is numbered while it is taken. */
  createFrom(request: NewSkill): Promise<{ skill: SkillRecord; version: VersionRecord }>;
  /**
   * 409 `stale-revision` with `expected` and `actual`. 400 `scope-unknown`; `connection-inactive` when it is to become active; for `agent`,
   * `agent-unused` of skills that no agent works by, and what `checkAgentChoice` says.
   */
  update(idOrAlias: string, change: SkillUpdate, viewer: SkillViewer): Promise<SkillRecord>;
  /** All or none: one that cannot be seen is 404; 400 `connection-inactive`. Answers how many changed. */
  setActive(ids: readonly string[], active: boolean, viewer: SkillViewer): Promise<number>;
  setArchived(ids: readonly string[], archived: boolean, viewer: SkillViewer): Promise<number>;
  /** Removes an archived skill with its versions, and its runs by what is registered. 409 `not-archived`. */
  purge(idOrAlias: string, viewer: SkillViewer): Promise<void>;

  /**
   * Adds whole content as a version and checks it out. Its findings are not looked at: who must refuse errors, describes first.
   */
  addVersion(
    skill: SkillRecord,
    content: { files: readonly NewFile[]; note?: string; author: Actor },
  ): Promise<VersionRecord>;
  /**
   * Changes files of the current version, and checks out the version that holds the change. 409 `stale-version` when another
   * version is current by now, `stale-revision` as the versions domain says.
   */
  changeFiles(skill: SkillRecord, edit: FileEdit): Promise<VersionRecord>;
  /**
   * Saves a skill whose kind is written as a form: its row and its content, published too when asked for, or nothing. 409 `stale-revision`,
   * `stale-version`, `alias-taken`; 400 `definition-unsupported`, `scope-unknown`, and what the kind refuses.
   */
  saveDefinition(
    idOrAlias: string,
    save: ProviderSkillSave,
    by: { viewer: SkillViewer; author: Actor },
  ): Promise<{ skill: SkillRecord; version: VersionRecord }>;
  /** Makes a version of this skill its current one. `revision` is the skill's: 409 `stale-revision`. */
  checkout(skill: SkillRecord, to: { versionId: string; revision: number }): Promise<SkillRecord>;
  /** Whether another skill has the alias, in any case. */
  aliasExists(alias: string, exceptId?: string): Promise<boolean>;
  /** Skills whose current or published version is bound to the connection, or whose agents work over it: a hundred at most, by name. */
  usersOfConnection(connectionId: string): Promise<ConnectionUser[]>;
  /** Validates content as a version of this kind would be. */
  describe(kind: string, folder: string): Describe;

  /** Freezes a version of this skill and serves it to agents from now on. 400 `version-invalid`. */
  publish(
    skill: SkillRecord,
    publication: { versionId: string; note: string | null; author: Actor },
  ): Promise<VersionRecord>;
  /** Serves it to agents no more. The version stays frozen. */
  withdraw(skill: SkillRecord): Promise<SkillRecord>;

  /** Writes the skill's last run, unless a later one is written; joins the open transaction. */
  recordLastRun(skillId: string, run: LastRun): Promise<void>;
  /** Registers what else is removed with a skill, within the purge's transaction. */
  registerPurge(purge: (skillId: string) => Promise<void>): void;
}

export interface NewSkill {
  alias: string;
  /** Shown until the content names it otherwise. */
  name: string;
  kind: string;
  active?: boolean;
  toolScopes?: string[];
  visibility: SkillCreate['visibility'];
  owner: Actor | null;
  author: Actor;
  files: readonly NewFile[];
  note?: string;
}

export interface FileEdit {
  versionId: string;
  revision: number;
  changes: readonly FileChange[];
  author: Actor;
  /** Writes what must be stored together with the edit, in its transaction. Not called by an edit that changes nothing. */
  follow?: Follow;
}

/** The list as the backoffice's query asks for it. */
export function listRequestOf(query: SkillListQuery, viewer: SkillViewer): SkillListRequest {
  const [by, direction = 'asc'] = query.sort.split(':');
  return {
    filter: {
      viewer,
      search: query._q,
      kind: query.kind,
      status: query.status,
      active: query.active,
      archived: query.archived,
      visibility: query.visibility,
      ownerId: query.owner,
      tag: query.tag,
      category: query.category,
      skillTypeId: query.skillType,
      connectionId: query.connection,
      toolScope: query.toolScope,
    },
    order: { by: by as SkillOrder['by'], descending: direction.toLowerCase() === 'desc' },
    page: query.page,
    pageSize: query.pageSize,
  };
}
