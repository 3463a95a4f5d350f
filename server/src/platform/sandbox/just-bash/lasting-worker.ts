import type { SandboxOptions } from '../sandbox';
import { KeptFiles } from './kept-files';
import type { ListedFetch } from './listed-fetch';
import type { WorkerMethod, WorkerMethods } from './protocol';
import type { TakeOutput, WorkerClient } from './worker-client';

/** How long a worker that is to be ended may take to tell what has changed: one whose shell never pauses cannot. */
const lastWordsMs = 200;

type Argument<Method extends WorkerMethod> = Parameters<WorkerMethods[Method]>[0];
type Answer<Method extends WorkerMethod> = ReturnType<WorkerMethods[Method]>;

export type LastingNetwork = { kind: 'none' | 'open' } | { kind: 'listed'; fetch: ListedFetch };

export interface LastingOptions extends Pick<SandboxOptions, 'limits' | 'env'> {
  network: LastingNetwork;
}

/**
 * A sandbox's worker, and the next one when that had to be ended or has failed. The next one has the files as they were when the last
 * command ended; of a command that was ended, it has what was changed until then when the worker could still tell.
 */
export class LastingWorker {
  readonly #take: () => WorkerClient;
  readonly #options: LastingOptions;
  readonly #files = new KeptFiles();
  #archiveBytes = 0;
  #client: WorkerClient | undefined;
  #ready: Promise<WorkerClient> | undefined;
  #gone = false;

  constructor(take: () => WorkerClient, options: LastingOptions) {
    this.#take = take;
    this.#options = options;
  }

  /** Asks the worker, or a new one where there is none. Rejects when it ends before it answers. */
  async ask<Method extends WorkerMethod>(
    method: Method,
    argument: Argument<Method>,
    takeOutput?: TakeOutput,
  ): Promise<Answer<Method>> {
    const client = await this.#alive();
    return client.call(method, argument, takeOutput);
  }

  /** The same for what changes nothing: what a worker left unanswered when it was ended, the next one is asked. */
  async look<Method extends 'has' | 'read' | 'list'>(
    method: Method,
    argument: Argument<Method>,
  ): Promise<Answer<Method>> {
    const client = await this.#alive();
    try {
      return await client.call(method, argument);
    } catch (error) {
      if (!client.ended || this.#gone) throw error;
      return this.ask(method, argument);
    }
  }

  async exec(request: Argument<'exec'>, takeOutput: TakeOutput): Promise<Answer<'exec'>> {
    const answer = await this.ask('exec', request, takeOutput);
    this.#files.apply(answer.changes);
    return answer;
  }

  async line(request: Argument<'line'>, takeOutput: TakeOutput): Promise<Answer<'line'>> {
    const answer = await this.ask('line', request, takeOutput);
    this.#files.apply(answer.changes);
    return answer;
  }

  async write(request: Argument<'write'>): Promise<void> {
    this.#files.apply(await this.ask('write', request));
  }

  async unpack(folder: string, content: AsyncIterable<Buffer>): Promise<void> {
    const archive = await this.ask('unpack', folder);
    for await (const chunk of content) {
      this.#archiveBytes += chunk.length;
      await this.ask('unpacked', { archive, chunk });
    }
    this.#files.apply(await this.ask('unpacked', { archive, chunk: null }));
  }

  async *pack(folder: string): AsyncGenerator<Buffer> {
    // All parts from the same worker: the next one does not know the archive.
    const client = await this.#alive();
    const archive = await client.call('pack', folder);
    for (;;) {
      const chunk = await client.call('packed', archive);
      if (chunk === null) return;
      yield Buffer.from(chunk);
    }
  }

  /** Ends what runs, and keeps the files. */
  async end(): Promise<void> {
    const client = this.#client;
    if (!client) return;
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<undefined>(
      (resolve) => (timer = setTimeout(resolve, lastWordsMs, undefined)),
    );
    const changes = await Promise.race([client.call('changes', undefined).catch(() => undefined), tooLate]);
    clearTimeout(timer);
    if (changes) this.#files.apply(changes);
    await client.terminate();
  }

  async dispose(): Promise<void> {
    this.#gone = true;
    await this.#client?.terminate();
  }

  #alive(): Promise<WorkerClient> {
    if (this.#gone) return Promise.reject(new Error('The sandbox is disposed of.'));
    if (!this.#ready || this.#client?.ended) {
      this.#client = this.#take();
      this.#ready = this.#furnish(this.#client);
      this.#ready.catch(() => undefined);
    }
    return this.#ready;
  }

  async #furnish(client: WorkerClient): Promise<WorkerClient> {
    const { limits, network, env } = this.#options;
    if (network.kind === 'listed') client.answerFetches(network.fetch);
    await client.call('open', { limits, network: network.kind, env: { ...env } });
    const entries = this.#files.entries();
    if (entries.length > 0) await client.call('restore', { entries, archiveBytes: this.#archiveBytes });
    return client;
  }
}
