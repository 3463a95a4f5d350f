import type { Readable } from 'node:stream';

/** What a skill's sandboxes are furnished with, secrets readable: it lives in memory alone, and is never stored, logged or sent. */
export interface OpenEnvironment {
  /** By name, secrets among them. */
  readonly variables: Readonly<Record<string, string>>;
  /** Values to mask wherever they would show. */
  readonly secrets: readonly string[];
  /** Hosts that the network is opened for; none is no network. */
  readonly hosts: readonly string[];
  /** What `$HOME` holds when a run begins: a tar archive. */
  readonly image: { readonly digest: string; open(): Promise<Readable> } | null;
}

/** Of a skill that nobody has furnished with anything. */
export const emptyEnvironment: OpenEnvironment = { variables: {}, secrets: [], hosts: [], image: null };
