import { count, flag, shown, text, words } from '../../platform/database/content-attributes';

/** Strapi makes and indexes the tables of content types. */
export const connectionsTable = 'skills_connections';

const index = (name: string, ...columns: string[]) => ({ name: `skills_connections_${name}_ix`, columns });

/**
 * `plugin::skills.connection`: a content type, so that users' own types can relate to it, but edited in the plugin's panel alone.
 * Everything beyond its names is private.
 */
export const connectionContentType = {
  schema: {
    kind: 'collectionType' as const,
    collectionName: connectionsTable,
    info: { singularName: 'connection', pluralName: 'connections', displayName: 'Connection' },
    options: { draftAndPublish: false },
    pluginOptions: {
      'content-manager': { visible: false },
      'content-type-builder': { visible: false },
    },
    attributes: {
      alias: shown(),
      name: shown(),
      /** In lowercase, as they are compared: databases disagree on cases. */
      aliasKey: words(),
      nameKey: words(),
      active: flag(),
      providerId: words(),
      /** What the provider was called when the connection was saved: its adapter may be gone since. */
      providerName: words(),
      /** JSON of `StoredSettings`, with every secret encrypted. */
      settings: text(),
      /** JSON of `ConnectionTestResult`. */
      lastTest: text(),
      authorType: words(),
      authorId: words(),
      authorName: words(),
      editorType: words(),
      editorId: words(),
      editorName: words(),
      revision: count(),
    },
    indexes: [
      { name: 'skills_connections_alias_uq', columns: ['alias_key'], type: 'unique' },
      index('document', 'document_id'),
      index('name', 'name_key', 'id'),
      index('provider', 'provider_id', 'id'),
      index('created', 'created_at', 'id'),
      index('updated', 'updated_at', 'id'),
    ],
  },
};
