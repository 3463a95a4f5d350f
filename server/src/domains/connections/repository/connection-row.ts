import type { Actor, ActorType, ConnectionTestResult } from 'strapi-plugin-skills-shared/contracts';
import type { Row } from '../../../platform/database';
import type { ConnectionRecord } from '../connection-record';
import type { StoredSettings } from '../settings/stored-settings';

/** A row as drivers answer it: booleans may be 0 and 1, dates may be milliseconds. */
export interface ConnectionRow {
  document_id: string;
  alias: string;
  name: string;
  active: boolean | number;
  provider_id: string;
  provider_name: string;
  settings: string;
  last_test: string | null;
  author_type: ActorType | null;
  author_id: string | null;
  author_name: string | null;
  editor_type: ActorType | null;
  editor_id: string | null;
  editor_name: string | null;
  revision: number;
  created_at: Date | string | number;
  updated_at: Date | string | number;
}

export const connectionColumns = [
  'document_id',
  'alias',
  'name',
  'active',
  'provider_id',
  'provider_name',
  'settings',
  'last_test',
  'author_type',
  'author_id',
  'author_name',
  'editor_type',
  'editor_id',
  'editor_name',
  'revision',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof ConnectionRow)[];

export function toRecord(row: ConnectionRow): ConnectionRecord {
  return {
    id: row.document_id,
    alias: row.alias,
    name: row.name,
    active: Boolean(row.active),
    providerId: row.provider_id,
    providerName: row.provider_name,
    settings: JSON.parse(row.settings) as StoredSettings,
    lastTest: row.last_test === null ? null : (JSON.parse(row.last_test) as ConnectionTestResult),
    author: actorOf(row.author_type, row.author_id, row.author_name),
    editor: actorOf(row.editor_type, row.editor_id, row.editor_name),
    revision: row.revision,
    createdAt: new Date(row.created_at).getTime(),
    updatedAt: new Date(row.updated_at).getTime(),
  };
}

/** All columns that saving a connection writes. */
export function toRow(connection: ConnectionRecord): Row {
  const { author, editor, lastTest } = connection;
  return {
    alias: connection.alias,
    alias_key: keyOf(connection.alias),
    name: connection.name,
    name_key: keyOf(connection.name),
    active: connection.active,
    provider_id: connection.providerId,
    provider_name: connection.providerName,
    settings: JSON.stringify(connection.settings),
    last_test: lastTest && JSON.stringify(lastTest),
    author_type: author?.type ?? null,
    author_id: author?.id ?? null,
    author_name: author?.name.slice(0, 255) ?? null,
    editor_type: editor?.type ?? null,
    editor_id: editor?.id ?? null,
    editor_name: editor?.name.slice(0, 255) ?? null,
    revision: connection.revision,
  };
}

/** Text as it is compared: databases disagree on cases. */
export function keyOf(text: string): string {
  return text.toLowerCase().slice(0, 255);
}

function actorOf(type: ActorType | null, id: string | null, name: string | null): Actor | null {
  return type === null ? null : { type, id, name: name ?? '' };
}
