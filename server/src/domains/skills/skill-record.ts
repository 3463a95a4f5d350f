import type { Actor, RunStatus, SkillVisibility } from 'strapi-plugin-skills-shared/contracts';

/** A version as its skill's row remembers it, so that a list needs no second table. */
export interface SkillVersion {
  id: string;
  number: number;
  label: string | null;
}

/** What agents are served: the published version, and what it said when it was published. */
export interface ServedSkill extends SkillVersion {
  /** The content's identity, and its ETag. */
  digest: string;
  name: string;
  description: string;
  tags: string[];
  /** When it was published, in milliseconds since 1970. */
  at: number;
}

/** A skill's row with its tags. Times are milliseconds since 1970. */
export interface SkillRecord {
  /** The content type's `documentId`. */
  id: string;
  alias: string;
  name: string;
  description: string;
  kind: string;
  active: boolean;
  archived: boolean;
  visibility: SkillVisibility;
  owner: Actor | null;
  tags: string[];
  category: string | null;
  status: 'draft' | 'published' | 'modified';
  /** Whether the current version has no errors. */
  usable: boolean;
  current: SkillVersion & { digest: string };
  published: ServedSkill | null;
  lastRun: LastRun | null;
  /** Counts edits of the skill itself, not those of its versions. */
  revision: number;
  createdAt: number;
  updatedAt: number;
}

export interface LastRun {
  id: string;
  status: RunStatus;
  at: number;
}
