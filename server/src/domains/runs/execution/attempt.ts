import type { RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import { ConflictError, InvalidError } from '../../../http/errors';
import type { BlobStore } from '../../../platform/blob-store/blob-store';
import type { Sandbox, SandboxLimits, SandboxOptions } from '../../../platform/sandbox/sandbox';
import type { InputFile, RunChat, RunContext, VersionContent } from '../../skills';
import type { RunTotals, RunWithFiles } from '../run-record';
import { createArtifactStore, type ArtifactStoreOptions } from './artifacts';
import { openRunChat, type ChatHost } from './chat/run-chat';
import { RunMeter } from './chat/run-meter';
import type { EventWriter } from './event-writer';
import { filesForSandbox } from './version-content';

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
  writer: Pick<EventWriter, 'emit'>;
  blobs: Pick<BlobStore, 'put' | 'open' | 'readAll'>;
  createSandbox(options: SandboxOptions): Promise<Sandbox>;
  limits: SandboxLimits;
  /** Whether an administrator lets sandboxes use the network at all. */
  allowNetwork: boolean;
  recordArtifact: ArtifactStoreOptions['record'];
  recordIsolation(name: string): Promise<void>;
  chatHost: ChatHost;
}

function noConnection(): InvalidError {
  return new InvalidError('This run has no connection to work over.', {
    code: 'connection-required',
    path: ['connection'],
  });
}

/** One execution of a run: the context its executor sees, and the handle to stop it by. */
export class Attempt {
  readonly context: RunContext;
  readonly #controller = new AbortController();
  readonly #sandboxes = new Set<Sandbox>();
  readonly #meter = new RunMeter();
  #chat: Promise<RunChat> | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #stopped: StopReason | undefined;

  constructor(options: AttemptOptions) {
    this.context = this.#createContext(options);
  }

  get stopped(): StopReason | undefined {
    return this.#stopped;
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

  /** Kills what still runs in the sandboxes and removes their files. */
  async dispose(): Promise<void> {
    clearTimeout(this.#deadline);
    await Promise.all([...this.#sandboxes].map((sandbox) => sandbox.dispose()));
  }

  #createContext(options: AttemptOptions): RunContext {
    const { run, version, writer, blobs } = options;
    const store = createArtifactStore({
      blobs,
      record: options.recordArtifact,
      maxBytes: options.limits.diskBytes,
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
        const artifact = await store(file);
        await writer.emit({ type: 'artifact', artifact });
        return artifact;
      },
      sandbox: (request) => this.#openSandbox(options, request),
      chat: () => (this.#chat ??= this.#openChat(options)),
      hosted: () => this.#findHosted(options),
    };
  }

  async #openChat({ run, chatHost, writer }: AttemptOptions): Promise<RunChat> {
    if (!run.connection) throw noConnection();
    const { chatTimeoutMs } = chatHost;
    const stop = () => this.stop({ type: 'time-limit', limitMs: chatTimeoutMs });
    this.#deadline ??= setTimeout(stop, chatTimeoutMs);
    return openRunChat({
      ...chatHost,
      connectionId: run.connection.id,
      model: run.model,
      signal: this.#controller.signal,
      meter: this.#meter,
      emit: (event) => writer.emit(event),
    });
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
    signal.throwIfAborted();
    const network = request.network && options.allowNetwork;
    if (request.network && !network) {
      await options.writer.emit({
        type: 'log-line',
        level: 'warn',
        message: 'The skill asks for the network, which an administrator has not allowed: it runs without.',
      });
    }
    const sandbox = await options.createSandbox({
      files: filesForSandbox(options.version.files, options.blobs),
      limits: options.limits,
      network,
      env: {},
      signal,
    });
    this.#sandboxes.add(sandbox);
    // The stop may have come while the sandbox was being made, when there was nothing yet to kill.
    signal.throwIfAborted();
    await options.recordIsolation(sandbox.isolation.name);
    return sandbox;
  }
}
