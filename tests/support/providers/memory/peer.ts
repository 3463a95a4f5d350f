import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { HostedStore, type HostedContent } from './hosted-store';
import { echo, type Answer, type AnswerStep, type Script } from './script';
import { chatRequestSchema, embeddingRequestSchema } from './wire';

export interface RecordedRequest {
  method: string;
  /** With the query, without the host. */
  url: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

/** An answer to every request instead of the usual one. */
export interface MemoryFailure {
  status: number;
  headers?: Record<string, string>;
  body?: string;
  /** Which requests fail, by the path's beginning; all unless told. */
  path?: string;
}

export interface MemoryPeerOptions {
  /** The key that it lets in; any when absent. */
  apiKey?: string;
  /** Milliseconds before each step of an answer. */
  delayMs?: number;
  script?: Script;
  skillTypes?: string[];
}

export interface MemoryPeer {
  /** `http://127.0.0.1:<port>`: what `baseUrl` wants. */
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** What `hosted-skills` has put here, by `<id>/<version>`. Deleting one is what a vendor's own panel would do. */
  readonly hosted: Map<string, HostedContent>;
  /** Requests whose answer is under way now. */
  readonly open: number;
  /** How the next chats are answered. */
  answer(script: Script | Answer): void;
  /** Lets every request fail so, until it is told `null`. */
  fail(failure: MemoryFailure | null): void;
  /** Milliseconds before each step, and before answers that are no chat. */
  delay(ms: number): void;
  close(): Promise<void>;
}

interface State {
  options: MemoryPeerOptions;
  script: Script;
  delayMs: number;
  failure: MemoryFailure | null;
  turns: number;
  open: number;
  requests: RecordedRequest[];
  files: { mime: string; content: Uint8Array }[];
  hosted: HostedStore;
}

/** Starts a server on a free port of this machine that speaks the memory provider's dialect. The caller closes it. */
export async function startMemoryPeer(options: MemoryPeerOptions = {}): Promise<MemoryPeer> {
  const state: State = {
    options,
    script: options.script ?? echo,
    delayMs: options.delayMs ?? 0,
    failure: null,
    turns: 0,
    open: 0,
    requests: [],
    files: [],
    hosted: new HostedStore(),
  };
  const server = createServer((request, response) => {
    state.open += 1;
    response.once('close', () => (state.open -= 1));
    // A caller that goes away in the middle is no fault of the peer's.
    handle(state, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests: state.requests,
    hosted: state.hosted.versions,
    get open() {
      return state.open;
    },
    answer: (script) => void (state.script = typeof script === 'function' ? script : () => script),
    fail: (failure) => void (state.failure = failure),
    delay: (ms) => void (state.delayMs = ms),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function handle(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const recorded = await record(request);
  state.requests.push(recorded);
  const { failure, options } = state;
  if (failure && recorded.url.startsWith(failure.path ?? '/')) {
    response.writeHead(failure.status, failure.headers).end(failure.body ?? 'No.');
    return;
  }
  const { authorization } = recorded.headers;
  if (options.apiKey !== undefined && authorization !== `Bearer ${options.apiKey}`) {
    // Vendors repeat what they were sent; whoever reads this must not.
    response.writeHead(401).end(`Unknown credentials: ${String(authorization)}`);
    return;
  }
  if (recorded.url === '/chat') return answerChat(state, recorded, response);
  await sleep(state.delayMs);
  answerPlain(state, recorded, response);
}

async function record(request: IncomingMessage): Promise<RecordedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = 'GET', url = '/', headers } = request;
  return { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
}

function answerPlain(state: State, request: RecordedRequest, response: ServerResponse): void {
  const send = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body));
  const fileId = /^\/files\/(\d+)$/.exec(request.url)?.[1];
  if (fileId !== undefined) {
    const file = state.files[Number(fileId)];
    if (!file) return void send(404, { message: 'No such file.' });
    response.writeHead(200, { 'content-type': file.mime }).end(file.content);
  } else if (request.url === '/models') {
    send(200, {
      models: [
        { id: 'memory-large', name: 'Large', contextTokens: 100_000 },
        { id: 'memory-small', name: 'Small', contextTokens: 10_000 },
      ],
    });
  } else if (request.url === '/skill-types') {
    const all = ['web-search', 'code-interpreter', 'image-generation'];
    send(200, { skillTypes: state.options.skillTypes ?? all });
  } else if (request.url === '/embeddings') {
    const { texts } = embeddingRequestSchema.parse(JSON.parse(request.body));
    send(200, { vectors: texts.map(vectorOf), inputTokens: texts.join(' ').length });
  } else if (request.url.startsWith('/skills')) {
    const { status, body } = state.hosted.answer(request);
    send(status, body);
  } else send(404, { message: 'There is nothing here.' });
}

/** Texts that share letters lie near one another. */
function vectorOf(text: string): number[] {
  const vector = Array.from({ length: 8 }, () => 0);
  for (const character of text) vector[(character.codePointAt(0) ?? 0) % 8]! += 1;
  return vector;
}

async function answerChat(state: State, request: RecordedRequest, response: ServerResponse): Promise<void> {
  const parsed = chatRequestSchema.safeParse(JSON.parse(request.body));
  if (!parsed.success) {
    response.writeHead(400).end(parsed.error.message);
    return;
  }
  const steps = state.script(parsed.data, state.turns);
  state.turns += 1;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  response.writeHead(200, { 'content-type': 'application/jsonl' });
  response.flushHeaders();
  for (const step of steps) {
    if (state.delayMs > 0) await sleep(state.delayMs, undefined, { signal: gone.signal });
    await play(state, step, response, gone.signal);
    if (step.type === 'cut' || gone.signal.aborted) return;
  }
  response.end();
}

async function play(
  state: State,
  step: AnswerStep,
  response: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  const write = (text: string) => void response.write(text);
  switch (step.type) {
    case 'wait':
      return sleep(step.ms, undefined, { signal: gone });
    case 'hang':
      return new Promise((resolve) => gone.addEventListener('abort', () => resolve(), { once: true }));
    case 'cut':
      return void response.destroy();
    case 'raw':
      return write(step.text);
    case 'made-file': {
      const { name, mime, content } = step;
      const fileId = String(state.files.push({ mime, content }) - 1);
      return write(`${JSON.stringify({ type: 'file', name, mime, fileId })}\n`);
    }
    // Everything else is what the dialect says.
    case 'text':
    case 'reasoning':
    case 'call':
    case 'own-call':
    case 'own-result':
    case 'citation':
    case 'file':
    case 'usage':
    case 'note':
    case 'failure':
    case 'done':
      return write(`${JSON.stringify(step)}\n`);
  }
}
