/** The signature of `fetch`, wherever its types come from. */
export type Fetch = typeof globalThis.fetch;

/** Tells what happened to the server's log, at its levels. Never hand it a secret, a prompt or an answer. */
export interface ProviderLog {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/**
 * All that an adapter is given of the world. It uses this `fetch` and no other, reads no environment, and knows no Strapi:
 * the plugin decides where requests may go, and a test sees all of them.
 */
export interface ProviderContext {
  /** Aborted when the caller no longer wants the answer. Hand it to every request. */
  readonly signal: AbortSignal;
  readonly fetch: Fetch;
  readonly log: ProviderLog;
}

/** A context with the settings of a connection, as `settingsSchema` validated them, secrets included. */
export interface ConnectionContext<Settings> extends ProviderContext {
  readonly settings: Settings;
}
