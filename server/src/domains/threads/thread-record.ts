import type { Actor } from 'strapi-plugin-skills-shared/contracts';

/** A skill's runs that belong together for people. Times are milliseconds since 1970. */
export interface ThreadRecord {
  id: string;
  skillId: string;
  name: string;
  createdBy: Actor;
  createdAt: number;
  /** Of the last run that was started in it, else when it was made. */
  activeAt: number;
}

/** How many runs a thread has, and how many of them have not ended. */
export interface ThreadRunCount {
  runs: number;
  active: number;
}
