import type { Readable } from 'node:stream';
import type {
  Actor,
  Finding,
  RunCreate,
  RunEventPayload,
  RunExecution,
  ProviderSkillSave,
  RunFile,
  SkillCreate,
  SkillMetadata,
  ToolDialect,
  VersionFile,
  WaitReason,
} from 'strapi-plugin-skills-shared/contracts';
import type {
  ChatEvent,
  ChatRequest,
  HostedSkillReference,
  SkillTool,
} from 'strapi-plugin-skills-shared/provider';
import type { Sandbox } from '../../../platform/sandbox/sandbox';
import type { ConnectionsService } from '../../connections';
import type { FileChange, NewFile } from '../../versions';

/** A version's content as a kind reads it. */
export interface VersionContent {
  readonly id: string;
  readonly number: number;
  readonly digest: string;
  readonly files: readonly VersionFile[];
  readonly metadata: SkillMetadata;
  open(path: string): Promise<Readable>;
}

/** What a kind's validation sees: all paths, and the content of those files that it asked for by name. */
export interface ContentToValidate {
  readonly paths: readonly string[];
  /** The skill's folder name, which is its alias. */
  readonly folder: string;
  read(path: string): Promise<Buffer>;
}

/** Which findings to repair: every one, all of a code, or those of a code and a field. */
export type RepairSelection = 'all' | readonly Pick<Finding, 'code' | 'field'>[];

export interface KindValidation {
  findings: Finding[];
  metadata: SkillMetadata;
}

/** An input file of a run. */
export interface InputFile extends RunFile {
  open(): Promise<Readable>;
}

/** Where a run works, and over which connection: decided when it starts, and written on it. */
export interface RunTarget {
  execution: RunExecution;
  /** A connection's id; null where no model works on the run. */
  connectionId: string | null;
  /** Null leaves it to the connection. */
  model: string | null;
}

/** What a caller asks about where its run works; what it left out is undefined. */
export interface TargetRequest {
  metadata: SkillMetadata;
  execution: RunCreate['execution'];
  /** The id of the connection that it named, which exists. */
  connectionId: string | undefined;
  model: string | undefined;
  /** Whether the run has a prompt. */
  prompted: boolean;
}

/** A model over one connection, as a run uses it: what it costs is counted on the run. */
export interface RunChat {
  readonly connection: { readonly id: string; readonly name: string; readonly providerId: string };
  /** The run's model, else the connection's own choice. */
  readonly model: string;
  /**
   * Ends with one `finish` or `error`; never throws for what the vendor does. Usage is on the run before the event is here. `signal` ends
   * this request alone, with a `cancelled` error.
   */
  stream(request: Omit<ChatRequest, 'model'>, options?: { signal?: AbortSignal }): AsyncIterable<ChatEvent>;
}

/** What an agent is to do, and by what. */
export interface AgentTask {
  prompt: string;
  /** What the skill's scripts read as the run's input, with what the skill declares for what was left out; the run's own unless told. */
  input?: unknown;
  /** What the agent works by: the text of the skill's instructions. */
  instructions: string;
  /** The file that they stand in. */
  instructionsPath: string;
  /** Tools that wait for nobody, in the skill's own words (`Bash(git:*)`). */
  allowedTools: readonly string[];
  /** Whether the skill asks for the network. */
  network: boolean;
  /**
   * Makes the run's end of the agent's: called once, while the sandbox is still there, whether the agent has an answer or was stopped by a
   * budget or a vendor; not when the run was cancelled. Left out, the agent's end is the run's.
   */
  conclude?(end: AgentEnd, sandbox: Sandbox): Promise<RunOutcome>;
}

/** What an agent came to. `output` is `{ text, citations, finishReason, steps }`; of a failed one, what there was by then. */
export type AgentEnd = Extract<RunOutcome, { status: 'completed' | 'failed' }>;

/**
 * All that an executor may touch. It is implemented by the runs domain; an executor knows neither the database nor Strapi.
 */
export interface RunContext {
  readonly runId: string;
  readonly startedBy: Actor;
  readonly version: VersionContent;
  readonly input: unknown;
  readonly prompt: string | null;
  readonly inputFiles: readonly InputFile[];
  readonly target: RunTarget;
  /** Aborted when the run is cancelled or its lease is lost. */
  readonly signal: AbortSignal;
  /**
   * Appends to the run's trajectory, in the order of the calls. Resolves once the event is stored; text is accepted at once, unless
   * too much of it is pending: awaiting it is how a fast writer is slowed.
   */
  emit(event: RunEventPayload): Promise<void>;
  /** Stores a file as an artifact of the run, and emits its event. `name` is relative, with `/`. */
  artifact(file: { name: string; content: Readable; mime?: string }): Promise<RunFile>;
  /** A sandbox holding the version's files, the strongest that this host has; disposed when the run ends. */
  sandbox(options: { network: boolean }): Promise<Sandbox>;
  /**
   * The model of the run's target. Rejects with 409 `connection-inactive`, `provider-missing`; 400 `model-required`, `capability-missing`.
   */
  chat(): Promise<RunChat>;
  /** Where this version's content lives at the target's vendor. Rejects with 409 `not-hosted`. */
  hosted(): Promise<HostedSkillReference>;
  /**
   * Lets a model work through a task with tools in the run's sandbox, until it has an answer, reaches a budget, or waits. An executor may be
   * executed again after waiting: the agent then goes on where it was. Rejects as `chat` and `sandbox` do. What a vendor fails with ends
   * it as `failed` with that code: what it did until then is kept.
   */
  agent(task: AgentTask): Promise<RunOutcome>;
}

/** How a run ended, in its executor's word. A thrown error is `failed` with its code, or `internal` when it has none. */
export type RunOutcome =
  | { status: 'completed'; output: unknown }
  | { status: 'failed'; error: { code: string; message: string }; output?: unknown }
  /**
   * Nothing is done until somebody decides, runs end, or something happens elsewhere. What the run needs to go on is stored by then; its
   * lease and its sandbox are given up. It fails when `timeoutMs` have passed.
   */
  | { status: 'waiting'; reason: WaitReason; timeoutMs: number };

export interface Executor {
  execute(context: RunContext): Promise<RunOutcome>;
}

/** What the plugin lends to kinds whose content names things outside of it. */
export interface KindServices {
  readonly connections: Pick<ConnectionsService, 'find' | 'open'>;
  /** How long a vendor may take to say what it offers, in milliseconds. */
  readonly askTimeoutMs: number;
}

/** What saving a form says of the content; the rest of it stands on the skill's row. */
export type DefinitionSave = Pick<ProviderSkillSave, 'description' | 'connection' | 'settings' | 'active'>;

/** One kind of skill: what differs between kinds, and nothing else. */
export interface SkillKind<Request extends SkillCreate = SkillCreate> {
  readonly id: string;
  /**
   * How its content is written. `files`: one by one, as bundles or by hand; agents get them. `form`: as a whole, by `save` alone, and
   * agents get what it says as metadata instead of its files.
   */
  readonly content: 'files' | 'form';
  /** Characters that an alias made from a name may have. */
  readonly maxAlias: number;
  /**
   * The files of a new skill, once its alias is known. What the request names outside of the skill is asked for first: it rejects with
   * an error that has a code and the field's path.
   */
  create(request: Request, services: KindServices): Promise<(alias: string) => NewFile[]>;
  /** Of kinds that are written as a form: the files of what was saved over `before`. Rejects as `create` does. */
  save?(request: DefinitionSave, before: SkillMetadata, services: KindServices): Promise<NewFile[]>;
  validate(content: ContentToValidate): Promise<KindValidation>;
  /** The changes that mend the selected findings, of those that carry a repair. */
  repair(content: ContentToValidate, selection: RepairSelection): Promise<FileChange[]>;
  /** The text that an agent follows. */
  instructions(content: ContentToValidate): Promise<string>;
  /** The JSON Schema of a run's input; files travel beside it. */
  inputSchema(metadata: SkillMetadata): Record<string, unknown>;
  /**
   * Where a run of this version works, as far as the kind knows: `hosted` without a connection leaves the choice to whoever knows where
   * the version lives. Asks nobody. 400 `connection-fixed`, `execution-unsupported`, `connection-unused`, `model-unused`.
   */
  target(request: TargetRequest): RunTarget;
  /** Refuses with an error that has a code when this version cannot be run with this input, at the target that `target` answered. */
  checkRun(request: {
    metadata: SkillMetadata;
    /** `sandbox` unless told. */
    execution?: RunExecution;
    input: unknown;
    prompt: string | null;
    inputFiles: readonly RunFile[];
    /** The version's files; given, an entrypoint that is not among them is refused. */
    paths?: readonly string[];
  }): void;
  /**
   * What an agent puts into its own request to the vendor, in this dialect; undefined where the vendor speaks another: the agent then
   * calls the skill as a function, as it does with kinds that have none of this. Rejects as `ConnectionsService.open` does.
   */
  nativeTool?(
    metadata: SkillMetadata,
    dialect: ToolDialect,
    services: KindServices,
  ): Promise<SkillTool | undefined>;
  readonly executor: Executor;
}
