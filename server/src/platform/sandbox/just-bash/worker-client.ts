import { Worker } from 'node:worker_threads';
import type { ListedFetch } from './listed-fetch';
import type {
  FetchAnswer,
  FetchRequest,
  WorkerMessage,
  WorkerMethod,
  WorkerMethods,
  WorkerStart,
} from './protocol';

export type TakeOutput = (stream: 'stdout' | 'stderr', chunk: Buffer) => Promise<void>;

interface Waiter {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The server's end of one worker. */
export class WorkerClient {
  readonly memoryBytes: number;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiter>();
  #requests = 0;
  #takeOutput: TakeOutput | undefined;
  #fetch: ListedFetch | undefined;
  readonly #gone = new AbortController();
  #ended: Error | undefined;

  constructor(start: WorkerStart) {
    this.memoryBytes = start.memoryBytes;
    this.#worker = new Worker(start.file, {
      workerData: start,
      // Nothing of the server's is in reach: not its environment, not its arguments, not its terminal.
      env: {},
      argv: [],
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: Math.max(64, Math.floor(start.memoryBytes / 2 ** 20)) },
    });
    this.#worker.stdout.resume();
    this.#worker.stderr.resume();
    this.#worker.on('message', (message: WorkerMessage) => this.#receive(message));
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new Error('The sandbox was ended.')));
  }

  /** True once the worker is gone, and everything in it. */
  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /** An idle worker does not keep the server from exiting; a busy one does. */
  keepAlive(keep: boolean): void {
    if (keep) this.#worker.ref();
    else this.#worker.unref();
  }

  async call<Method extends WorkerMethod>(
    method: Method,
    argument: Parameters<WorkerMethods[Method]>[0],
    takeOutput?: TakeOutput,
  ): Promise<ReturnType<WorkerMethods[Method]>> {
    if (this.#ended) throw this.#ended;
    const id = (this.#requests += 1);
    if (takeOutput) this.#takeOutput = takeOutput;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#worker.postMessage({ type: 'request', id, method, argument });
    return answer as Promise<ReturnType<WorkerMethods[Method]>>;
  }

  /** What its commands ask of the network is asked by this; without, they have none. */
  answerFetches(fetch: ListedFetch): void {
    this.#fetch = fetch;
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(message: WorkerMessage): void {
    if (message.type === 'output') {
      const taken = this.#takeOutput?.(message.stream, Buffer.from(message.chunk)) ?? Promise.resolve();
      taken.then(
        () => this.#worker.postMessage({ type: 'taken', id: message.id }),
        (error: Error) => this.#end(error),
      );
      return;
    }
    if (message.type === 'fetch') {
      void this.#answerFetch(message.id, message.request);
      return;
    }
    const waiter = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === 'answer') waiter?.resolve(message.value);
    else waiter?.reject(new Error(message.message));
  }

  async #answerFetch(id: number, request: FetchRequest): Promise<void> {
    const result = await this.#ask(request).catch((error: Error) => ({ problem: error.message }));
    this.#worker.postMessage({ type: 'fetched', id, result });
  }

  async #ask(request: FetchRequest): Promise<FetchAnswer> {
    if (!this.#fetch) throw new Error('This sandbox has no network.');
    return this.#fetch(request, this.#gone.signal);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    this.#gone.abort();
    for (const waiter of this.#waiting.values()) waiter.reject(this.#ended);
    this.#waiting.clear();
    if (error.message !== 'The sandbox was ended.') void this.#worker.terminate();
  }
}

/** What Node says of a worker whose heap is full. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
