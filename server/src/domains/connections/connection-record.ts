import type { Actor, ConnectionTestResult } from 'strapi-plugin-skills-shared/contracts';
import type { StoredSettings } from './settings/stored-settings';

/** A connection's row. Times are milliseconds since 1970. */
export interface ConnectionRecord {
  /** The content type's `documentId`. */
  id: string;
  alias: string;
  name: string;
  active: boolean;
  providerId: string;
  providerName: string;
  settings: StoredSettings;
  lastTest: ConnectionTestResult | null;
  author: Actor | null;
  editor: Actor | null;
  revision: number;
  createdAt: number;
  updatedAt: number;
}
