import type { Database } from '../../platform/database';
import type { ConnectionsService } from '../connections';
import type { VersionsService } from '../versions';
import type { KindRegistry } from './kinds/registry';
import type { SkillsRepository } from './repository';
import type { ToolScopes } from './tool-scopes/scope-registry';

/** What the service's operations work with. */
export interface SkillsContext {
  database: Database;
  repository: SkillsRepository;
  versions: VersionsService;
  kinds: KindRegistry;
  connections: Pick<ConnectionsService, 'find' | 'open' | 'summaries' | 'lock'>;
  scopes: Pick<ToolScopes, 'assertKnown'>;
  /** How long a vendor may take to say what it offers, in milliseconds. */
  askTimeoutMs: number;
  /** Milliseconds since 1970. */
  clock(): number;
  newId(): string;
}
