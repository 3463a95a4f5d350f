import type {
  ChatClient,
  ChatEvent,
  ChatRequest,
  ConnectionContext,
  EmbeddingClient,
  Fetch,
  HostedSkillsFeature,
  ProviderContext,
  SkillsFeature,
} from '../provider';
import { demand, drain } from './assertions';
import type { ConformanceSubject, Peer, PeerScenario } from './subject';
import type { Expect } from './test-functions';

/** What the adapter handed to `ctx.fetch`. */
export interface FetchCall {
  url: string;
  headers: Record<string, string>;
  /** Whether the adapter has let go of it: aborted it, or cancelled its body. */
  ended: boolean;
}

export interface StandOptions {
  /** Aborts what the adapter does; never, unless told. */
  signal?: AbortSignal;
  /** Stands around the peer's `fetch`. */
  around?: (fetch: Fetch) => Fetch;
}

/** An adapter before a peer: what a test works with. */
export interface Stand {
  readonly peer: Peer;
  readonly context: ConnectionContext<unknown>;
  readonly calls: readonly FetchCall[];
  readonly logs: readonly string[];
  chat(): ChatClient;
  embedding(): EmbeddingClient;
  skills(): SkillsFeature;
  hosted(): HostedSkillsFeature;
  /** The events of an answer, drained. */
  ask(request?: Partial<ChatRequest>): Promise<ChatEvent[]>;
  /** A request with a prompt of one text. */
  request(more?: Partial<ChatRequest>): ChatRequest;
}

export interface Bench {
  readonly subject: ConformanceSubject;
  readonly expect: Expect;
  /** Opens a peer and stands the adapter before it; closed when the test ends. */
  open(scenario: PeerScenario, options?: StandOptions): Promise<Stand>;
}

/** Letters alone, so that it is found in any encoding of a request. */
export const prompt = 'Say conformanceprompt';

/** A bench, and what closes all that was opened on it. */
export function createBench(subject: ConformanceSubject, expect: Expect) {
  const peers: Peer[] = [];
  const bench: Bench = {
    subject,
    expect,
    async open(scenario, options = {}) {
      const peer = await subject.open(scenario);
      peers.push(peer);
      return createStand(subject, peer, options);
    },
  };
  const close = async () => void (await Promise.all(peers.map((peer) => peer.close())));
  return { bench, close };
}

function createStand(subject: ConformanceSubject, peer: Peer, options: StandOptions): Stand {
  const { provider, models } = subject;
  const settings: unknown = { ...(subject.settings as object), ...(peer.settings as object | undefined) };
  const logs: string[] = [];
  const calls: FetchCall[] = [];
  const log = (message: string) => void logs.push(message);
  const context: ProviderContext = {
    signal: options.signal ?? new AbortController().signal,
    fetch: recording(calls, options.around?.(peer.fetch) ?? peer.fetch),
    log: { debug: log, info: log, warn: log, error: log },
  };
  const chat = () => {
    demand(provider.capabilities.chat !== undefined, 'There is no capability "chat".');
    return provider.capabilities.chat.create(settings, context);
  };
  const request = (more: Partial<ChatRequest> = {}): ChatRequest => ({
    model: models.chat ?? '',
    messages: [{ role: 'user', content: [{ type: 'text', text: prompt }] }],
    ...more,
  });
  return {
    peer,
    calls,
    logs,
    context: { ...context, settings },
    chat,
    embedding() {
      demand(provider.capabilities.embedding !== undefined, 'There is no capability "embedding".');
      return provider.capabilities.embedding.create(settings, context);
    },
    skills: () => featureOf(subject, 'skills') as SkillsFeature,
    hosted: () => featureOf(subject, 'hosted-skills') as HostedSkillsFeature,
    request,
    ask: (more) => drain(chat().stream(request(more))),
  };
}

/** A feature of any capability; undefined when there is none. */
export function featureOf({ provider }: ConformanceSubject, id: string): unknown {
  for (const capability of Object.values(provider.capabilities)) {
    const feature = capability?.features?.[id];
    if (feature !== undefined) return feature;
  }
  return undefined;
}

function recording(calls: FetchCall[], fetch: Fetch): Fetch {
  return async (input, init) => {
    const request = typeof input === 'object' && 'headers' in input ? input : undefined;
    const call: FetchCall = {
      url: request ? request.url : String(input),
      headers: plainHeaders(new Headers(init?.headers ?? request?.headers)),
      ended: false,
    };
    calls.push(call);
    const signal = init?.signal ?? request?.signal;
    signal?.addEventListener('abort', () => (call.ended = true));
    const response = await fetch(input, init);
    const cancel = () => void (call.ended = true);
    return response.body ? tapped(response, response.body, cancel) : response;
  };
}

function plainHeaders(headers: Headers): Record<string, string> {
  const plain: Record<string, string> = {};
  headers.forEach((value, name) => (plain[name] = value));
  return plain;
}

/** The same response, with word of its body being cancelled. */
function tapped(response: Response, body: ReadableStream<Uint8Array>, onCancel: () => void): Response {
  const reader = body.getReader();
  const watched = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel(reason) {
      onCancel();
      return reader.cancel(reason);
    },
  });
  const { status, statusText, headers } = response;
  return Object.defineProperty(new Response(watched, { status, statusText, headers }), 'url', {
    value: response.url,
  });
}
