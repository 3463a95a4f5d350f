import type { Fetch, ProviderLog } from 'strapi-plugin-skills-shared/provider';
import type { Database } from '../../platform/database';
import type { Encryption } from '../../platform/encryption';
import type { ConfiguredPrice, ProvidersService } from '../providers';
import type { ConnectionsRepository } from './repository';
import type { AllowedEnvironment } from './settings/allowed-environment';
import type { SecretReader } from './settings/stored-settings';

/** What the service's parts share. */
export interface ConnectionsContext {
  database: Database;
  repository: ConnectionsRepository;
  providers: Pick<ProvidersService, 'get' | 'find' | 'list'>;
  encryption: Encryption;
  reader: SecretReader;
  environment: AllowedEnvironment;
  /** What adapters send their requests by. */
  fetch: Fetch;
  /** The log of one provider's adapter. */
  logOf: (providerId: string) => ProviderLog;
  prices: readonly ConfiguredPrice[];
  /** How long asking a vendor may take, in milliseconds. */
  askTimeoutMs: number;
  clock: () => number;
  newId: () => string;
}
