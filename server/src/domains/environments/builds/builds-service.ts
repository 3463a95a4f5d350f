import type { Actor } from 'strapi-plugin-skills-shared/contracts';
import type { BuildLine, BuildRecord } from './build-record';

/** Makings of images by setup commands. Whether a caller may see the skill is its caller's to know. */
export interface EnvironmentBuilds {
  /**
   * Starts a build on this server, with the setup commands that are saved by now. 409 `build-active` while another one of the skill is not
   * over; 400 `setup-missing` when there are no commands.
   */
  start(build: { skillId: string; versionId: string; author: Actor }): Promise<BuildRecord>;
  /** 404 `build-not-found`, as all that take a build's id. */
  get(id: string): Promise<BuildRecord>;
  last(skillId: string): Promise<BuildRecord | undefined>;
  /** The first two hundred pieces of output after a number. */
  lines(id: string, after: number): Promise<BuildLine[]>;
  /** Output after a number, in batches, until the build is over or `signal` aborts. */
  follow(id: string, after: number, signal: AbortSignal): AsyncGenerator<BuildLine[]>;
  /** Asks the server that builds to stop; it does within seconds. One that is over stays as it is. */
  cancel(id: string): Promise<void>;
  /** Removes the builds of a purged skill, in the transaction that is open; one that runs is stopped soon after. */
  removeAllOfSkill(skillId: string): Promise<void>;
  /** Ends what this server builds, as `interrupted`. */
  stop(): Promise<void>;
}
