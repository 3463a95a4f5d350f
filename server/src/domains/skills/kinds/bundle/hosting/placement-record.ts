import type { HostedSkillReference } from 'strapi-plugin-skills-shared/provider';
import type { Actor, PlacementState } from 'strapi-plugin-skills-shared/contracts';

/** A row of `skills_placements`. Times are milliseconds since 1970. */
export interface PlacementRecord {
  id: string;
  skillId: string;
  versionId: string;
  versionNumber: number;
  digest: string;
  connectionId: string;
  state: PlacementState;
  hostedId: string | null;
  hostedVersion: string | null;
  error: { code: string; message: string } | null;
  createdBy: Actor;
  createdAt: number;
  updatedAt: number;
}

/** Who works on a placement now, and until when: past that, whoever comes next may take over. */
export interface PlacementLease {
  token: string;
  until: number;
}

/** What the vendor calls it; undefined until the vendor has answered. */
export function referenceOf({
  hostedId,
  hostedVersion,
}: Pick<PlacementRecord, 'hostedId' | 'hostedVersion'>): HostedSkillReference | undefined {
  return hostedId === null || hostedVersion === null ? undefined : { hostedId, hostedVersion };
}
