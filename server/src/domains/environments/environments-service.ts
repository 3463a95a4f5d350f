import type { Readable } from 'node:stream';
import type {
  Actor,
  Environment,
  EnvironmentImage,
  EnvironmentSave,
} from 'strapi-plugin-skills-shared/contracts';
import type { OpenEnvironment } from './open-environment';

export interface NewImage {
  /** A tar archive of what `$HOME` is to hold. */
  archive: Readable;
  madeBy: EnvironmentImage['madeBy'];
  author: Actor;
  /** Digest of the image that its making began with; null where there was none. */
  replaces: string | null;
  /** Called in the transaction that stores it, before anything is written: rejects when its maker may write no more. */
  assertHeld?(): Promise<void>;
  /** Of the setup commands that made it; unless told, what the image before it went back to. */
  setupDigest?: string | null;
}

/** What sandboxes of skills are furnished with. Whether a caller may see the skill is its caller's to know. */
export interface EnvironmentsService {
  /** What readers are told: names of secrets, not their values. A skill that nobody has furnished has an empty one. */
  get(skillId: string): Promise<Environment>;
  /**
   * 409 `stale-revision` with `expected` and `actual`; 403 `network-denied` when hosts change and `mayGrantNetwork` is false; 400
   * `encryption-key-missing`, and what `checkEnvironment` refuses.
   */
  save(skillId: string, save: EnvironmentSave, by: { mayGrantNetwork: boolean }): Promise<Environment>;
  /** For a sandbox of the skill. Rejects with 409 `secret-unreadable`. */
  open(skillId: string): Promise<OpenEnvironment>;
  /**
   * Stores an archive as the skill's image, in the place of the one before; the same content has the same digest. 409 `image-changed` when
   * that is not the one that its making began with; 413 `blob-too-large` beyond `environment.maxImageBytes`. Not to be called inside a
   * transaction.
   */
  saveImage(skillId: string, image: NewImage): Promise<EnvironmentImage>;
  /** 404 `image-not-found`. */
  removeImage(skillId: string): Promise<void>;
  /** Removes all that a purged skill was furnished with, in the transaction that is open. */
  removeAllOfSkill(skillId: string): Promise<void>;
}
