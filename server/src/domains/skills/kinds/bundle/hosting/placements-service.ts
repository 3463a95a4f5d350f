import type { Actor, ConnectionUser } from 'strapi-plugin-skills-shared/contracts';
import type { HostedSkillReference } from 'strapi-plugin-skills-shared/provider';
import type { VersionRecord } from '../../../../versions';
import type { SkillRecord } from '../../../skill-record';
import type { PlacementRecord } from './placement-record';

/**
 * Bundles that live at vendors. One content is uploaded to one connection once, however many ask at a time, on however many servers:
 * the row that all of them would insert decides. Whoever works on a row holds a lease on it; what a crashed server left is taken over
 * once that has run out. Nothing is sent to a vendor inside a transaction.
 */
export interface PlacementsService {
  /** 404 `placement-not-found`. */
  get(id: string): Promise<PlacementRecord>;
  /** Newest first. */
  list(skillId: string): Promise<PlacementRecord[]>;

  /**
   * Freezes the version and uploads it, as another version of what lives there of the same skill. Content that lives there is not
   * uploaded again; while another uploads it, the answer is `publishing`. A failed upload leaves the row `failed` with its reason, and
   * rejects with the `ProviderError`; publishing again tries again. 400 `kind-unsupported`, `version-invalid`, `connection-inactive`,
   * `feature-missing`; 404 `connection-not-found`; 409 `placement-busy`, `content-hosted-by-another`, and what `connections.open` rejects with.
   */
  publish(request: {
    skill: SkillRecord;
    version: VersionRecord;
    connection: string;
    author: Actor;
  }): Promise<PlacementRecord>;
  /** Removes it at the vendor, then here. Where the connection is gone, here alone. 409 `placement-busy`. */
  withdraw(id: string): Promise<void>;
  /** Asks the vendor whether it is still there: `live` or `missing`. Rejects with a `ProviderError` when that cannot be known. */
  check(id: string): Promise<PlacementRecord>;

  /** Where this content lives; undefined unless it does. */
  find(digest: string, connectionId: string): Promise<HostedSkillReference | undefined>;
  /** Ids of the connections at which it lives, the oldest placement first. */
  connectionsHolding(digest: string): Promise<string[]>;

  /** Placements at a connection that are, or may be, at the vendor: a hundred at most. */
  usersOfConnection(connectionId: string): Promise<ConnectionUser[]>;
  /** Removes a purged skill's rows in the open transaction; what lives at vendors is withdrawn after it, as far as that can be had. */
  purge(skillId: string): Promise<void>;
}
