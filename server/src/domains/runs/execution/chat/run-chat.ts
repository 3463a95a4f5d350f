import { setTimeout as sleep } from 'node:timers/promises';
import type { RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import type {
  ChatClient,
  ChatEvent,
  ChatRequest,
  ProviderErrorData,
} from 'strapi-plugin-skills-shared/provider';
import { InvalidError } from '../../../../http/errors';
import type { ConnectionsService, OpenConnection } from '../../../connections';
import { findPrice, type ConfiguredPrice } from '../../../providers';
import type { RunChat } from '../../../skills';
import type { HostedVersions } from '../../hosted-versions';
import { attendedStream } from './attended-stream';
import { costOf } from './cost';
import { RequestMeter, type CostOfUsage, type RunMeter } from './run-meter';
import { checkedSkills } from './checked-skills';
import { TokenEstimate } from './token-estimate';

/** Where the models of runs are had. */
export interface ChatHost {
  connections: Pick<ConnectionsService, 'open'>;
  hostedVersions: HostedVersions;
  /** The config's prices, which go before the adapters' own. */
  prices: readonly ConfiguredPrice[];
  /** Milliseconds that a vendor may be silent while it answers. */
  idleTimeoutMs: number;
  /** Milliseconds from the moment a run asks for its model until it is stopped. */
  chatTimeoutMs: number;
}

export interface RunChatOptions extends Pick<ChatHost, 'connections' | 'prices' | 'idleTimeoutMs'> {
  connectionId: string;
  /** Null leaves it to the connection. */
  model: string | null;
  /** The run's. */
  signal: AbortSignal;
  meter: RunMeter;
  emit(event: RunEventPayload): Promise<void>;
  /** Nobody waits for it to be stored. */
  tell(event: RunEventPayload): void;
}

/** A connection for one request at a time: ending its request early ends nothing else. */
interface Line {
  opened: OpenConnection;
  client: ChatClient;
  controller: AbortController;
}

/** Retries of a request that the vendor refused before it answered anything. */
const MAX_RETRIES = 2;
const FIRST_PAUSE_MS = 500;
/** Who is told to wait longer is better told so than kept waiting. */
const MAX_PAUSE_MS = 20_000;

/** Milliseconds until the request is made again; undefined when it is not. */
function pauseBefore(retry: number, error: ProviderErrorData): number | undefined {
  if (error.retryable !== true || retry >= MAX_RETRIES) return undefined;
  const pause = error.retryAfterMs ?? FIRST_PAUSE_MS * 2 ** retry;
  return pause > MAX_PAUSE_MS ? undefined : Math.max(0, pause);
}

/** The model that a request over this connection goes to. Throws 400 `model-required`. */
export function modelOver(opened: OpenConnection, asked: string | null): string {
  const model = asked ?? opened.defaultModel();
  if (model !== undefined && model !== '') return model;
  throw new InvalidError(`${opened.name} has no model of its own choice: name one.`, {
    code: 'model-required',
    path: ['model'],
  });
}

/** Opens the connection of a run's target. Rejects as `RunContext.chat` says. */
export async function openRunChat(options: RunChatOptions): Promise<RunChat> {
  const first = await openLine(options);
  return new CountedChat(options, first);
}

async function openLine({ connections, connectionId, signal }: RunChatOptions): Promise<Line> {
  const controller = new AbortController();
  const opened = await connections.open(connectionId, {
    signal: AbortSignal.any([signal, controller.signal]),
  });
  return { opened, client: opened.chat(), controller };
}

class CountedChat implements RunChat {
  readonly connection: RunChat['connection'];
  readonly model: string;
  readonly #options: RunChatOptions;
  readonly #costOf: CostOfUsage;
  readonly #free: Line[];

  constructor(options: RunChatOptions, first: Line) {
    const { opened } = first;
    this.#options = options;
    this.#free = [first];
    this.model = modelOver(opened, options.model);
    this.connection = { id: opened.id, name: opened.name, providerId: opened.provider.id };
    this.#costOf = (usage, models) => {
      const lookup = { configured: options.prices, provider: opened.provider };
      const price = models.map((model) => findPrice(lookup, model)).find((found) => found !== undefined);
      return costOf(usage, price);
    };
  }

  async *stream(
    request: Omit<ChatRequest, 'model'>,
    options: { signal?: AbortSignal } = {},
  ): AsyncGenerator<ChatEvent, void, void> {
    const { signal: ofRun } = this.#options;
    const signal = options.signal ? AbortSignal.any([ofRun, options.signal]) : ofRun;
    for (let retry = 0; ; retry += 1) {
      const failure = yield* this.#attempt(request, signal, (error) => pauseBefore(retry, error));
      if (!failure) return;
      if (await this.#pause(failure, signal)) continue;
      const message = 'The run was stopped while the model was waited for.';
      yield { type: 'error', error: { code: 'cancelled', message } };
      return;
    }
  }

  /** Makes the request once. Answers the refusal instead of yielding it when the request is to be made again. */
  async *#attempt(
    request: Omit<ChatRequest, 'model'>,
    signal: AbortSignal,
    pauseFor: (error: ProviderErrorData) => number | undefined,
  ): AsyncGenerator<ChatEvent, Refusal | undefined, void> {
    const line = this.#free.pop() ?? (await openLine(this.#options));
    const meter = new RequestMeter(this.model, this.#costOf, new TokenEstimate(request));
    this.#options.meter.add(meter);
    const skills = await checkedSkills(line.opened, request.skills);
    const events = this.#attend(line, { ...request, ...(skills && { skills }), model: this.model }, signal);
    for await (const event of events) {
      if (event.type === 'error' && !meter.answered) {
        const pauseMs = pauseFor(event.error);
        if (pauseMs !== undefined) return { error: event.error, pauseMs };
      }
      meter.observe(event);
      if (event.type === 'finish' || event.type === 'error') this.#tellUsage(meter);
      yield event;
    }
    return undefined;
  }

  async *#attend(
    line: Line,
    request: ChatRequest,
    signal: AbortSignal,
  ): AsyncGenerator<ChatEvent, void, void> {
    const { idleTimeoutMs } = this.#options;
    let abandoned = false;
    const abandon = (): void => {
      abandoned = true;
      line.controller.abort();
    };
    const { displayName } = line.opened.provider;
    try {
      yield* attendedStream(line.client.stream(request), { displayName, signal, idleTimeoutMs, abandon });
    } finally {
      if (!abandoned) this.#free.push(line);
    }
  }

  /**
   * Told before the answer ends, and events are stored in the order of their telling: whoever sees the end has seen what it took. Nobody
   * waits for it, an agent's next step least of all; that it cannot be stored, the run hears from the writer of its events.
   */
  #tellUsage(meter: RequestMeter): void {
    if (!meter.usage || this.#options.signal.aborted) return;
    const { inputTokens = null, outputTokens = null } = this.#options.meter.totals() ?? {};
    if (inputTokens === null || outputTokens === null) return;
    this.#options.tell({ type: 'usage', inputTokens, outputTokens });
  }

  /** False when the run was stopped meanwhile. */
  async #pause({ error, pauseMs }: Refusal, signal: AbortSignal): Promise<boolean> {
    const { emit } = this.#options;
    const message = `${error.message} Asking again in ${(pauseMs / 1000).toFixed(1)} seconds.`;
    await emit({ type: 'log-line', level: 'warn', message });
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    return !signal.aborted;
  }
}

interface Refusal {
  error: ProviderErrorData;
  pauseMs: number;
}
