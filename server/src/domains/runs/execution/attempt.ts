import type { RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import { ConflictError, InvalidError } from '../../../http/errors';
import type { BlobStore } from '../../../platform/blob-store/blob-store';
import type {
  Sandbox,
  SandboxArchive,
  SandboxLimits,
  SandboxOptions,
} from '../../../platform/sandbox/sandbox';
import type { SecretMask } from '../../../platform/secret-mask';
import type { OpenEnvironment } from '../../environments';
import type { AgentTask, InputFile, RunChat, RunContext, RunOutcome, VersionContent } from '../../skills';
import type { RunTotals, RunWithFiles } from '../run-record';
import { createArtifactStore, type ArtifactStoreOptions } from './artifacts';
import { openRunChat, type ChatHost } from './chat/run-chat';
import { RunMeter } from './chat/run-meter';
import type { EventWriter } from './event-writer';
import { maskedChat } from './masking/masked-chat';
import { openRunSandbox } from './open-run-sandbox';

/** Why a run was stopped before its executor had answered. */
export type StopReason =
  | { type: 'cancelled' }
  | { type: 'interrupted' }
  | { type: 'lease-lost' }
  | { type: 'time-limit'; limitMs: number }
  | { type: 'events-not-stored'; error: unknown };

export interface AttemptOptions {
  run: RunWithFiles;
  version: VersionContent;
  writer: Pick<EventWriter, 'emit' | 'tell'>;
  blobs: Pick<BlobStore, 'put' | 'open' | 'readAll'>;
  createSandbox(options: SandboxOptions): Promise<Sandbox>;
  limits: SandboxLimits;
  /** Whether an administrator lets sandboxes use the network at all, and the hosts that environments list. */
  allowNetwork: boolean;
  allowListedHosts: boolean;
  /** Of the run's own skill. */
  environment: OpenEnvironment;
  /** Takes the environment's secrets out of what the run tells; `writer` masks what it is given itself. */
  mask: SecretMask;
  recordArtifact: ArtifactStoreOptions['record'];
  /** Writes on the run what its sandbox is held by, and the digest of the image that it was made with. */
  recordSandbox(isolation: string, image: string | null): Promise<void>;
  chatHost: ChatHost;
  /** What lay in the sandbox when the run began to wait. */
  snapshot?: SandboxArchive | undefined;
  /** What models took for the run before it waited. */
  totalsBefore?: RunTotals | undefined;
  runAgent(attempt: AgentAttempt, task: AgentTask): Promise<RunOutcome>;
}

/** What an attempt lends to the agent that works in it. */
export interface AgentAttempt {
  context: Omit<RunContext, 'agent'>;
  totals(): RunTotals | undefined;
}

function noConnection(): InvalidError {
  return new InvalidError('This run has no connection to work over.', {
    code: 'connection-required',
    path: ['connection'],
  });
}

/** Longer waits than this cannot be told to Node's timers. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** An agent's own budget ends it in good order; this is for one that does not heed it. */
function longestChat({ settings }: RunWithFiles, { chatTimeoutMs }: ChatHost): number {
  return chatTimeoutMs + (settings?.budget.timeMs ?? 0);
}

/** One execution of a run: the context its executor sees, and the handle to stop it by. */
export class Attempt {
  readonly context: RunContext;
  readonly mask: SecretMask;
  readonly #controller = new AbortController();
  readonly #sandboxes = new Set<Sandbox>();
  readonly #meter: RunMeter;
  #chat: Promise<RunChat> | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #stopped: StopReason | undefined;
  #disposed = false;

  constructor(options: AttemptOptions) {
    this.mask = options.mask;
    this.#meter = new RunMeter(options.totalsBefore);
    const context = this.#createContext(options);
    const lent = { context, totals: () => this.totals() };
    this.context = { ...context, agent: (task) => options.runAgent(lent, task) };
  }

  get stopped(): StopReason | undefined {
    return this.#stopped;
  }

  /** The first sandbox that was opened: the one that an agent works in. */
  get sandbox(): Sandbox | undefined {
    const [first] = this.#sandboxes;
    return first;
  }

  /** What models took for the run so far; undefined when none worked on it. */
  totals(): RunTotals | undefined {
    return this.#meter.totals();
  }

  /** Aborts the context's signal and kills what runs in its sandboxes. The first reason stands. */
  stop(reason: StopReason): void {
    if (this.#stopped) return;
    this.#stopped = reason;
    clearTimeout(this.#deadline);
    this.#controller.abort(new Error(`The run was stopped: ${reason.type}.`));
  }

  /** Kills what still runs in the sandboxes, and leaves their files. */
  async halt(): Promise<void> {
    await Promise.all([...this.#sandboxes].map((sandbox) => sandbox.halt()));
  }

  /** Kills what still runs in the sandboxes and removes their files; those that are still being made are removed once they are there. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    clearTimeout(this.#deadline);
    await Promise.all([...this.#sandboxes].map((sandbox) => sandbox.dispose()));
  }

  #createContext(options: AttemptOptions): Omit<RunContext, 'agent'> {
    const { run, version, writer, blobs, mask } = options;
    const store = createArtifactStore({
      blobs,
      record: options.recordArtifact,
      maxBytes: options.limits.diskBytes,
      before: run.artifacts,
    });
    const inputFiles = run.inputFiles.map((file): InputFile => ({
      ...file,
      open: () => blobs.open(file.digest),
    }));
    return {
      runId: run.id,
      startedBy: run.startedBy,
      version,
      input: run.input,
      prompt: run.prompt,
      inputFiles,
      target: { execution: run.execution, connectionId: run.connection?.id ?? null, model: run.model },
      signal: this.#controller.signal,
      emit: (event: RunEventPayload) => writer.emit(event),
      async artifact(file) {
        const content = mask.byteStream(file.content);
        const artifact = await store({ ...file, name: mask.text(file.name), content });
        await writer.emit({ type: 'artifact', artifact });
        return artifact;
      },
      sandbox: (request) => this.#openSandbox(options, request),
      chat: () => (this.#chat ??= this.#openChat(options)),
      hosted: () => this.#findHosted(options),
    };
  }

  async #openChat({ run, chatHost, writer, mask }: AttemptOptions): Promise<RunChat> {
    if (!run.connection) throw noConnection();
    this.#endAfter(longestChat(run, chatHost));
    const chat = await openRunChat({
      ...chatHost,
      connectionId: run.connection.id,
      model: run.model,
      signal: this.#controller.signal,
      meter: this.#meter,
      emit: (event) => writer.emit(event),
      tell: (event) => writer.tell(event),
    });
    return maskedChat(chat, mask);
  }

  #endAfter(limitMs: number): void {
    const stop = () => this.stop({ type: 'time-limit', limitMs });
    this.#deadline ??= setTimeout(stop, Math.min(limitMs, MAX_TIMER_MS));
  }

  async #findHosted({ run, version, chatHost }: AttemptOptions) {
    if (!run.connection) throw noConnection();
    const reference = await chatHost.hostedVersions.find(version.digest, run.connection.id);
    if (reference) return reference;
    throw new ConflictError(`This version no longer lives at ${run.connection.name}.`, {
      code: 'not-hosted',
    });
  }

  async #openSandbox(options: AttemptOptions, request: { network: boolean }): Promise<Sandbox> {
    const signal = this.#controller.signal;
    const emit = (event: RunEventPayload) => options.writer.emit(event);
    const sandbox = await openRunSandbox({ ...options, emit, signal }, request);
    if (signal.aborted || this.#disposed) {
      // It came while the sandbox was being made: whoever ends the run may have looked for its sandboxes already.
      await sandbox.dispose();
      signal.throwIfAborted();
      throw new Error('The run has ended: there is nothing left to open a sandbox for.');
    }
    this.#sandboxes.add(sandbox);
    // What a run goes on with holds the image that it began with, whatever the environment's is by now.
    const image = options.snapshot ? options.run.image : (options.environment.image?.digest ?? null);
    await options.recordSandbox(sandbox.isolation.name, image);
    return sandbox;
  }
}
