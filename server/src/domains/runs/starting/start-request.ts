import type {
  Actor,
  ComposedSkill,
  RunBudget,
  RunExecution,
  RunFile,
  RunOrigin,
} from 'strapi-plugin-skills-shared/contracts';
import type { SkillViewer } from '../../skills';
import type { VersionRecord } from '../../versions';
import type { RunRecord } from '../run-record';
import type { AskedTarget } from './resolve-target';

/** The skill of a run, as far as starting one asks. */
export interface StartedSkill {
  id: string;
  kind: string;
  archived: boolean;
}

/** What a run that starts another hands down to it. */
export interface ParentOfRun {
  runId: string;
  /** The tool call that it is started by. */
  callId: string;
  /** Of the child: how many runs stand above it. */
  depth: number;
  /** What it is given of the parent's. */
  budget: RunBudget | null;
  /** Throws when there is no place for a run of this execution. Called before the run is stored, and maybe again. */
  admit(execution: RunExecution): void;
  approval: readonly string[];
  /** What the parent works over: the child too, where its skill has no connection of its own. */
  connection: string | null;
  model: string | null;
  skills: readonly ComposedSkill[];
}

export interface StartRequest extends AskedTarget {
  skill: StartedSkill;
  version: VersionRecord;
  /** The version's number as the caller gave it, or null when it left the choice to us. */
  versionNumber: number | null;
  input: unknown;
  prompt: string | null;
  /** Their bytes are stored already. */
  inputFiles: readonly RunFile[];
  origin: RunOrigin;
  startedBy: Actor;
  /** With whose eyes an agent sees skills; the server's own unless told. */
  viewer?: SkillViewer;
  /** Aliases or ids of further skills, which the viewer sees. */
  skills?: readonly string[];
  budget?: Partial<RunBudget>;
  /** Tools that wait for a person, as patterns. */
  approval?: readonly string[];
  /** Of this skill. */
  threadId?: string;
  /** Of a run that another one starts, whose worker then executes it itself. */
  parent?: ParentOfRun;
  idempotencyKey?: string;
}

export interface StartedRun {
  run: RunRecord;
  /** True when the request repeated an earlier one by its idempotency key: nothing was started. */
  replayed: boolean;
}
