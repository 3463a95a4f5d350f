import type { Fetch, JsonObject, Provider } from '../provider';

/**
 * How a peer behaves, for everything that it is asked:
 *
 * - `answer`: it does what it is asked, files, embeddings and hosted skills included;
 * - `answer-with-tool-call`: it calls the first function that the request offers;
 * - `slow-answer`: a first piece of text at once, then silence until the caller goes away;
 * - `unauthorized` (401), `forbidden` (403), `server-error` (500): let the body repeat the credentials, as vendors do;
 * - `rate-limited`: 429 with `Retry-After: 2`;
 * - `malformed`: 200 with a body that is not of the dialect;
 * - `broken-stream`: a first piece of text, then the connection ends in the middle;
 * - `unreachable`: nobody listens.
 */
export type PeerScenario =
  | 'answer'
  | 'answer-with-tool-call'
  | 'slow-answer'
  | 'unauthorized'
  | 'forbidden'
  | 'rate-limited'
  | 'server-error'
  | 'malformed'
  | 'broken-stream'
  | 'unreachable';

export interface PeerRequest {
  url: string;
  method: string;
  body: string;
}

/** What stands in for the vendor: a server on this machine. */
export interface Peer<Settings = unknown> {
  /** How the adapter reaches it. */
  fetch: Fetch;
  /** What the connection's settings need to lead there, such as a base URL. */
  settings?: Partial<Settings>;
  /** Every request that came, in its order. */
  requests: readonly PeerRequest[];
  close(): Promise<void>;
}

/** An adapter, and what the suite must know to use it. */
export interface ConformanceSubject<Settings = unknown> {
  provider: Provider<Settings>;
  /** Valid ones, secrets included. */
  settings: NoInfer<Settings>;
  /** The values in `settings` that are secret. They must show nowhere. */
  secrets: readonly string[];
  /** The models to ask; one for each of these capabilities that the adapter has. */
  models: { chat?: string; embedding?: string };
  /** Settings to try a skill type with, where an empty object does not fit its schema; by the type's id. */
  skillSettings?: Readonly<Record<string, JsonObject>>;
  /** Opens a peer that behaves so. Each test opens its own. */
  open(scenario: PeerScenario): Promise<Peer<NoInfer<Settings>>>;
  /** Requirements that do not hold, by their id, and why. One that holds nevertheless fails, and so does one without a reason. */
  gaps?: Readonly<Record<string, string>>;
}
