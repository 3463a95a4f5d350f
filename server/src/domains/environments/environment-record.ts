import { createHash } from 'node:crypto';
import type { Actor, EnvironmentImage } from 'strapi-plugin-skills-shared/contracts';

/** An environment's row. Times are milliseconds since 1970. */
export interface EnvironmentRecord {
  skillId: string;
  /** 0 before anybody has saved it. */
  revision: number;
  variables: readonly { name: string; value: string }[];
  setup: string;
  hosts: readonly string[];
  image: ImageRecord | null;
  updatedAt: number | null;
}

export interface ImageRecord {
  digest: string;
  /** Bytes of the archive. */
  size: number;
  madeBy: EnvironmentImage['madeBy'];
  /** Of the setup commands that it goes back to; null when it goes back to none. */
  setupDigest: string | null;
  createdAt: number;
  createdBy: Actor;
}

/** A secret as it is kept. */
export interface SealedSecret {
  name: string;
  ciphertext: string;
  updatedAt: number;
}

export function blankEnvironment(skillId: string): EnvironmentRecord {
  return { skillId, revision: 0, variables: [], setup: '', hosts: [], image: null, updatedAt: null };
}

/** Tells setup commands apart; null for none at all. */
export function setupDigestOf(setup: string): string | null {
  return setup.trim() === '' ? null : createHash('sha256').update(setup).digest('hex');
}

/** Whether the image goes back to other commands than the environment has now. */
export function isOutdated({ image, setup }: Pick<EnvironmentRecord, 'image' | 'setup'>): boolean {
  return image !== null && image.setupDigest !== setupDigestOf(setup);
}
