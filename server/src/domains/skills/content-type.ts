import { count, flag, shown, text, time, words } from '../../platform/database/content-attributes';

/**
 * Strapi creates a plugin's tables, and keeps these indexes; `skills` alone would collide with an app's own content type of
 * that name, which is a likely one.
 */
export const skillsTable = 'skills_skills';

const index = (name: string, ...columns: string[]) => ({ name: `skills_skills_${name}_ix`, columns });

/**
 * `plugin::skills.skill`: a content type, so that users' own types can relate to it, but edited in the plugin's panel alone.
 * Everything beyond its names is private: a populated relation must not tell what `SkillViewer` would not show.
 */
export const skillContentType = {
  schema: {
    kind: 'collectionType' as const,
    collectionName: skillsTable,
    info: { singularName: 'skill', pluralName: 'skills', displayName: 'Skill' },
    options: { draftAndPublish: false },
    pluginOptions: {
      'content-manager': { visible: false },
      'content-type-builder': { visible: false },
    },
    attributes: {
      alias: shown(),
      /** In lowercase: an alias is unique, and looked up, whatever its case. */
      aliasKey: words(),
      name: shown(),
      /** In lowercase: databases disagree on the order of letters' cases. */
      nameKey: words(),
      description: text(),
      /** Name, alias and description in lowercase, for searching. */
      searchText: text(),
      kind: shown(),
      active: flag(),
      archived: flag(),
      archivedOn: time(),
      visibility: words(),
      ownerType: words(),
      ownerId: words(),
      ownerName: words(),
      category: words(),
      /** A JSON list; the tags' own table is for narrowing lists. */
      tags: text(),
      /** A JSON list; the scopes' own table is for narrowing lists and callers. */
      toolScopes: text(),
      /** What the current version is bound to; null for kinds that bind to nothing. */
      connectionId: words(),
      providerId: words(),
      skillTypeId: words(),
      skillTypeName: words(),
      /** What its agents work with when they are told nothing else. */
      agentConnectionId: words(),
      agentModel: words(),
      stage: words(),
      usable: flag(),
      currentVersionId: words(),
      currentVersionNumber: count(),
      currentVersionLabel: text(),
      currentDigest: words(),
      publishedVersionId: words(),
      publishedVersionNumber: count(),
      publishedVersionLabel: text(),
      publishedDigest: words(),
      publishedName: words(),
      publishedNameKey: words(),
      publishedDescription: text(),
      publishedSearchText: text(),
      publishedTags: text(),
      publishedOn: time(),
      publishedConnectionId: words(),
      /** Whether agents get it, as `isServed` says: kept, so that their list is one index. */
      served: flag(),
      lastRunId: words(),
      lastRunStatus: words(),
      /** 0 while it has never run: databases disagree on the place of nulls. */
      lastRunAt: time(),
      revision: count(),
    },
    indexes: [
      { name: 'skills_skills_alias_key_uq', columns: ['alias_key'], type: 'unique' },
      // One for each order of the backoffice's list; those of few values end in the id that decides between equals.
      index('updated', 'archived', 'updated_at', 'id'),
      index('created', 'archived', 'created_at', 'id'),
      index('name', 'archived', 'name_key', 'id'),
      index('run', 'archived', 'last_run_at', 'id'),
      index('kind', 'archived', 'kind', 'id'),
      index('stage', 'archived', 'stage', 'id'),
      // Counts what a viewer sees without reading the rows. MySQL's keys end at three columns of text.
      index('seen', 'archived', 'visibility', 'owner_id'),
      index('category', 'archived', 'category'),
      index('document', 'document_id'),
      index('type', 'skill_type_id', 'archived'),
      index('connection', 'connection_id', 'archived'),
      index('published_connection', 'published_connection_id'),
      index('agent_connection', 'agent_connection_id'),
      // The agents' list. The first one is narrow, for counting it.
      index('served_count', 'served'),
      index('served', 'served', 'published_on', 'id'),
      index('served_name', 'served', 'published_name_key', 'id'),
      index('served_kind', 'served', 'kind', 'id'),
    ],
  },
};
