import type { Core } from '@strapi/types';
import { MIGRATIONS_TABLE } from './migrations';

const store = { type: 'core', key: 'persisted_tables' } as const;

/** An entry of Strapi's list: a table's name, or a table with those that hang on it. */
type PersistedTable = string | { name: string };

/**
 * Lists the plugin's tables among those that Strapi never drops. Without it, one boot with the plugin disabled would drop the
 * content types' tables: Strapi removes what it once made and no longer finds in its models.
 * `ownTables` are those of our migrations; the content types' are taken from Strapi's own metadata, join tables included.
 */
export async function persistTables(
  strapi: Pick<Core.Strapi, 'db' | 'store'>,
  ownTables: readonly string[],
): Promise<void> {
  const listed = ((await strapi.store.get(store)) ?? []) as PersistedTable[];
  const names = new Set(listed.map((entry) => (typeof entry === 'string' ? entry : entry.name)));
  const missing = [
    ...new Set([...contentTypeTables(strapi.db), ...ownTables, MIGRATIONS_TABLE, `${MIGRATIONS_TABLE}_lock`]),
  ].filter((name) => !names.has(name));
  if (missing.length > 0) await strapi.store.set({ ...store, value: [...listed, ...missing] });
}

function contentTypeTables(db: Core.Strapi['db']): string[] {
  const tables: string[] = [];
  for (const [uid, model] of db.metadata) {
    if (!uid.startsWith('plugin::skills.')) continue;
    tables.push(model.tableName);
    for (const attribute of Object.values(model.attributes)) {
      if (!('joinTable' in attribute) || !attribute.joinTable) continue;
      // Strapi names a link table after the content type that owns it; others' are theirs to keep.
      if (attribute.joinTable.name.startsWith(`${model.tableName}_`)) tables.push(attribute.joinTable.name);
    }
  }
  return tables;
}
