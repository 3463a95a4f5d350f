import type { HostedSkillReference } from 'strapi-plugin-skills-shared/provider';

/** Where contents live at vendors, by the digest of a version. */
export interface HostedVersions {
  /** Undefined when it does not live there, or not yet. */
  find(digest: string, connectionId: string): Promise<HostedSkillReference | undefined>;
  /** Ids of the connections at which it lives. */
  connectionsHolding(digest: string): Promise<readonly string[]>;
}
