import type {
  Actor,
  Connection,
  ConnectionCreate,
  ConnectionListQuery,
  ConnectionModel,
  ConnectionSummary,
  ConnectionTestResult,
  ConnectionTrial,
  ConnectionUpdate,
  ConnectionUser,
} from 'strapi-plugin-skills-shared/contracts';
import type { ConnectedProvider } from '../providers';

/** A connection that can be used now: its provider with its settings, secrets included, which nobody can read back from it. */
export interface OpenConnection extends ConnectedProvider {
  readonly id: string;
  readonly alias: string;
  readonly name: string;
}

export interface OpenOptions {
  /** Aborts what is asked of the vendor. */
  signal: AbortSignal;
  /** True lets an inactive connection be opened: for tests and for showing what it offers. */
  evenInactive?: boolean;
}

/** Asks a domain which of its things use a connection. At most a hundred are told, the first by name. */
export type FindConnectionUsers = (connectionId: string) => Promise<readonly ConnectionUser[]>;

/**
 * Connections: providers with stored settings and secrets. `idOrAlias` is the documentId, or the alias in any case; there being none is
 * 404 `connection-not-found`. Whether a caller may do so is its caller's to know. No answer holds a secret.
 */
export interface ConnectionsService {
  get(idOrAlias: string): Promise<Connection>;
  find(idOrAlias: string): Promise<Connection | undefined>;
  list(query: ConnectionListQuery): Promise<{ connections: Connection[]; total: number }>;
  /** By id; what is gone is absent. */
  summaries(ids: readonly string[]): Promise<Map<string, ConnectionSummary>>;
  /** In the open transaction: until it ends, nobody deletes or changes the connection. For whoever stores that it uses one. */
  lock(idOrAlias: string): Promise<ConnectionSummary>;
  /** All active ones whose provider is installed and has this feature. */
  withFeature(feature: string): Promise<ConnectionSummary[]>;
  aliasExists(alias: string, exceptId?: string): Promise<boolean>;

  /** 400 `settings-invalid`, `secret-variable-forbidden`, `encryption-key-missing`; 404 `provider-not-found`; 409 `alias-taken`. */
  create(request: ConnectionCreate, author: Actor): Promise<Connection>;
  /** 409 `stale-revision`. 400 `secret-required` when a destination changes and a secret is not entered anew. */
  update(idOrAlias: string, change: ConnectionUpdate, author: Actor): Promise<Connection>;
  /** 409 `connection-in-use`, naming its users in `details.users`. */
  remove(idOrAlias: string): Promise<void>;

  /**
   * Rejects with 409 `connection-inactive`, `provider-missing` (the adapter is gone) or `secret-unreadable` (the key or the variable is gone).
   */
  open(idOrAlias: string, options: OpenOptions): Promise<OpenConnection>;
  /** A real call to the vendor; what it finds is an answer, not an error, and is kept as the connection's last test. */
  test(idOrAlias: string): Promise<ConnectionTestResult>;
  /** The same of settings that are not saved. */
  tryOut(trial: ConnectionTrial): Promise<ConnectionTestResult>;
  /** The chat models that the vendor offers now, with what they cost. Rejects with a `ProviderError`. */
  models(idOrAlias: string): Promise<ConnectionModel[]>;

  users(idOrAlias: string): Promise<ConnectionUser[]>;
  registerUsers(find: FindConnectionUsers): void;
}
