import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { z } from 'zod';
import { answerByTools, type PeerAnswer, type PeerRequest } from './answers';
import { createContainers } from './containers';
import { callFirstFunction, refusalOf, streamPlanOf, type OpenAIPeerScenario } from './scenarios';
import {
  completionRequestSchema,
  embeddingRequestSchema,
  type CompletionRequest,
} from './schemas/other-requests';
import { responseRequestSchema, type ResponseRequest } from './schemas/response-request';
import { createSkillsApi, failure, type Reply } from './skills-api';
import { UploadError } from './skills-store';
import { writeStream, type StreamPlan } from './sse';
import { completionSteps } from './write-completion';
import { responseSteps } from './write-response';

export interface OpenAIPeerOptions {
  /** The key that it demands; without one it takes any, and none. */
  apiKey?: string;
  models?: readonly string[];
  /** Milliseconds before each step of an answer. */
  delayMs?: number;
  /** Answers in the order of requests, the last one again and again; or a function of the request. By the request's tools unless given. */
  answers?: readonly PeerAnswer[] | ((request: PeerRequest) => PeerAnswer);
  scenario?: OpenAIPeerScenario;
  /** As Ollama and older servers are: Chat Completions, models and embeddings only. */
  lacksResponses?: boolean;
  /** Of each chunk of a stream's body. */
  chunkBytes?: number;
}

export interface RecordedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface OpenAIPeer {
  /** The base URL, with `/v1`. */
  readonly url: string;
  /** Settings of a connection to it. */
  readonly settings: { baseUrl: string; api: 'auto' | 'responses'; apiKey?: string };
  readonly requests: readonly RecordedRequest[];
  /** What was wrong with requests, each a line: tests assert that there is none. */
  readonly failures: readonly string[];
  /** The skills that live there, by id. */
  readonly skills: ReturnType<typeof createSkillsApi>['skills'];
  /** Streams that are open now. */
  readonly openStreams: number;
  /** Connections that were ever made to it. */
  readonly connections: number;
  close(): Promise<void>;
}

/** A server that speaks OpenAI's dialect and refuses, with 400 and a line in `failures`, what the SDK's types do not allow. */
export async function startOpenAIPeer(options: OpenAIPeerOptions = {}): Promise<OpenAIPeer> {
  const peer = new Peer(options);
  await peer.listen();
  return peer;
}

const bearer = (request: IncomingMessage) => /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];

class Peer implements OpenAIPeer {
  readonly requests: RecordedRequest[] = [];
  readonly failures: string[] = [];
  openStreams = 0;
  connections = 0;
  url = '';
  private readonly containers = createContainers();
  private readonly skillsApi = createSkillsApi();
  readonly skills = this.skillsApi.skills;
  private readonly server: Server;
  private turn = 0;

  constructor(private readonly options: OpenAIPeerOptions) {
    this.server = createServer({ keepAlive: true }, (request, response) => {
      this.serve(request, response).catch((error: unknown) => {
        this.failures.push(`The peer failed: ${String(error)}`);
        if (response.headersSent) response.destroy();
        else reply(response, failure(500, 'The peer failed.'));
      });
    });
    this.server.on('connection', () => (this.connections += 1));
  }

  get settings(): OpenAIPeer['settings'] {
    const { apiKey, lacksResponses } = this.options;
    return {
      baseUrl: this.url,
      api: lacksResponses ? 'auto' : 'responses',
      ...(apiKey ? { apiKey } : {}),
    };
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
    // The port is free again, and nobody listens there.
    if (this.options.scenario === 'unreachable') await this.close();
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch (error) {
      // Whoever gives up in the middle of a request has asked for nothing.
      if (request.destroyed) return;
      throw error;
    }
    const body = Buffer.concat(chunks);
    const { method = 'GET', url = '/', headers } = request;
    this.requests.push({ url, method, headers, body: body.toString() });
    response.setHeader('x-request-id', `req_${this.requests.length}`);
    const key = bearer(request);
    const refused = refusalOf(this.options.scenario ?? 'answer', key ?? '');
    if (refused) return refuse(response, refused);
    if (this.options.apiKey && key !== this.options.apiKey)
      return refuse(response, refusalOf('unauthorized', key ?? '') ?? {});
    if (this.options.scenario === 'malformed')
      return reply(response, { status: 200, body: { unexpected: [1] } });
    const path = new URL(url, 'http://peer').pathname.replace(/^\/v1\//, '');
    try {
      await this.route(`${method} ${path}`, path.split('/'), body, headers, response);
    } catch (error) {
      if (!(error instanceof UploadError || error instanceof InvalidRequest)) throw error;
      this.failures.push(`${method} ${url}: ${error.message}`);
      reply(response, failure(400, error.message, 'invalid_value'));
    }
  }

  private async route(
    route: string,
    parts: string[],
    body: Buffer,
    headers: IncomingMessage['headers'],
    response: ServerResponse,
  ): Promise<void> {
    if (route === 'GET models') return reply(response, this.models());
    if (route === 'POST embeddings') return reply(response, embeddings(check(embeddingRequestSchema, body)));
    if (route === 'POST chat/completions')
      return this.complete(check<CompletionRequest>(completionRequestSchema, body), response);
    if (!this.options.lacksResponses) {
      if (route === 'POST responses')
        return this.respond(check<ResponseRequest>(responseRequestSchema, body), response);
      if (parts[0] === 'skills') {
        const [method = ''] = route.split(' ');
        const answer = await this.skillsApi.serve(
          method,
          parts.slice(1),
          body,
          headers['content-type'] ?? '',
        );
        if (answer) return reply(response, answer);
      }
      if (route.startsWith('GET containers/')) return this.container(parts, response);
    }
    response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found');
  }

  private models(): Reply {
    const { models = ['gpt-5.4-mini', 'gpt-4.1', 'text-embedding-3-small'] } = this.options;
    const data = models.map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'peer' }));
    return { status: 200, body: { object: 'list', data } };
  }

  private answerTo(request: PeerRequest): PeerAnswer {
    const { answers = answerByTools, scenario } = this.options;
    if (scenario === 'answer-with-tool-call' && !hasToolResult(request))
      return callFirstFunction(request.tools ?? []);
    if (typeof answers === 'function') return answers(request);
    return answers[Math.min(this.turn, answers.length) - 1] ?? {};
  }

  private get plan(): StreamPlan {
    const { scenario = 'answer', delayMs = 0, chunkBytes } = this.options;
    return { delayMs, ...(chunkBytes === undefined ? {} : { chunkBytes }), ...streamPlanOf(scenario) };
  }

  private async respond(request: ResponseRequest, response: ServerResponse): Promise<void> {
    const turn = String((this.turn += 1));
    const answer = this.answerTo(request);
    if (answer.status !== undefined) return refuse(response, answer);
    await this.stream(response, answer, responseSteps(request, answer, this.containers, turn));
  }

  private async complete(request: CompletionRequest, response: ServerResponse): Promise<void> {
    const turn = String((this.turn += 1));
    const answer = this.answerTo(request);
    if (answer.status !== undefined) return refuse(response, answer);
    await this.stream(response, answer, completionSteps(request, answer, turn));
  }

  private async stream(
    response: ServerResponse,
    { delayMs, brokenAfter, silentAfter, heldBefore }: PeerAnswer,
    steps: Iterable<string>,
  ): Promise<void> {
    this.openStreams += 1;
    try {
      if (delayMs !== undefined) await wait(delayMs);
      await writeStream(response, steps, {
        ...this.plan,
        ...(brokenAfter !== undefined && { brokenAfter }),
        ...(silentAfter !== undefined && { silentAfter }),
        ...(heldBefore !== undefined && { heldBefore }),
      });
    } finally {
      this.openStreams -= 1;
    }
  }

  private container(parts: readonly string[], response: ServerResponse): void {
    const [, containerId = '', , fileId, content] = parts;
    if (fileId === undefined) {
      const files = this.containers.list(containerId);
      if (!files) return reply(response, failure(404, 'No such container.'));
      const data = files.map(({ content: _content, isCited: _isCited, ...file }) => file);
      return reply(response, { status: 200, body: { object: 'list', data, has_more: false } });
    }
    const file = this.containers.find(containerId, fileId);
    if (!file || content !== 'content') return reply(response, failure(404, 'No such file.'));
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.content);
  }
}

class InvalidRequest extends Error {}

function check<Output>(schema: z.ZodType<Output>, body: Buffer): Output {
  const result = schema.safeParse(JSON.parse(body.toString()));
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new InvalidRequest(issues.join('; '));
}

function hasToolResult(request: PeerRequest): boolean {
  return 'messages' in request
    ? request.messages.some(({ role }) => role === 'tool')
    : request.input.some((item) => 'type' in item && item.type === 'function_call_output');
}

function refuse(response: ServerResponse, { status = 500, headers = {}, failure: said }: PeerAnswer): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  reply(response, failure(status, said?.message ?? 'Refused.', said?.code ?? null));
}

function reply(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Each text becomes a vector of its length and its first letter, so that the order shows. */
function embeddings({ input, model }: z.output<typeof embeddingRequestSchema>): Reply {
  const data = input.map((text, index) => ({
    object: 'embedding',
    index,
    embedding: [text.length, text.charCodeAt(0) || 0, 1],
  }));
  const tokens = input.reduce((sum, text) => sum + Math.ceil(text.length / 4), 0);
  const usage = { prompt_tokens: tokens, total_tokens: tokens };
  // The API promises an index, not an order.
  return { status: 200, body: { object: 'list', data: data.reverse(), model, usage } };
}
