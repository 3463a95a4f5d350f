import type {
  Actor,
  ProviderBinding,
  RunStatus,
  SkillVisibility,
} from 'strapi-plugin-skills-shared/contracts';
import type { AgentChoice } from './agent-choice';

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
  /** The connection that the published version is bound to. */
  connectionId: string | null;
  /** When it was published, in milliseconds since 1970. */
  at: number;
}

/** What a skill's content is bound to, as its row remembers it. */
export type SkillBinding = Omit<ProviderBinding, 'settings'>;

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
  /** Ids of tool scopes. They stand on the skill, not in its content: who may see it must not wait for a publication. */
  toolScopes: string[];
  /** The current version's; null for kinds that bind to nothing. */
  binding: SkillBinding | null;
  /** What its agents work with when they are told nothing else. */
  agent: AgentChoice;
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
