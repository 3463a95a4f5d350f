import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeStream } from '../openai/sse';
import { answerByTools, callFirstFunction, hasToolResult, type PeerAnswer } from './answers';
import { FilesStore } from './files-store';
import { InvalidRequest } from './invalid-request';
import { failure, ok, send, type Reply } from './reply';
import { refusalOf, streamPlanOf, type AnthropicPeerScenario } from './scenarios';
import { messageRequestSchema, type MessageRequest } from './schemas/message-request';
import { serveSkills } from './skills-api';
import { SkillsStore } from './skills-store';
import { messageOf, messageSteps } from './write-message';

export interface AnthropicPeerOptions {
  /** The key that it demands; without one it takes any. */
  apiKey?: string;
  models?: readonly string[];
  /** Milliseconds before each step of an answer. */
  delayMs?: number;
  /** Answers in the order of requests, the last one again and again; or a function of the request. By the request's tools unless given. */
  answers?: readonly PeerAnswer[] | ((request: MessageRequest) => PeerAnswer);
  scenario?: AnthropicPeerScenario;
  /** Of each chunk of a stream's body. */
  chunkBytes?: number;
}

export interface RecordedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface AnthropicPeer {
  /** The base URL, without `/v1`. */
  readonly url: string;
  /** Settings of a connection to it. */
  readonly settings: { baseUrl: string; apiKey: string };
  readonly requests: readonly RecordedRequest[];
  /** What was wrong with requests, each a line: tests assert that there is none. */
  readonly failures: readonly string[];
  /** The skills that live there, by id. */
  readonly skills: SkillsStore['skills'];
  /** What was uploaded, and what the container made. */
  readonly files: FilesStore;
  /** Streams that are open now. */
  readonly openStreams: number;
  close(): Promise<void>;
}

/** A server that speaks Anthropic's dialect and refuses, with 400 and a line in `failures`, what the SDK's types do not allow. */
export async function startAnthropicPeer(options: AnthropicPeerOptions = {}): Promise<AnthropicPeer> {
  const peer = new Peer(options);
  await peer.listen();
  return peer;
}

class Peer implements AnthropicPeer {
  readonly requests: RecordedRequest[] = [];
  readonly failures: string[] = [];
  readonly files = new FilesStore();
  openStreams = 0;
  url = '';
  private readonly skillsStore = new SkillsStore();
  readonly skills = this.skillsStore.skills;
  private readonly server: Server;
  private turn = 0;

  constructor(private readonly options: AnthropicPeerOptions) {
    this.server = createServer({ keepAlive: true }, (request, response) => {
      this.serve(request, response).catch((error: unknown) => {
        this.failures.push(`The peer failed: ${String(error)}`);
        if (response.headersSent) response.destroy();
        else send(response, failure(500, 'api_error', 'The peer failed.'));
      });
    });
  }

  get settings(): AnthropicPeer['settings'] {
    return { baseUrl: this.url, apiKey: this.options.apiKey ?? 'sk-ant-peer-0123456789' };
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
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
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = 'GET', url = '/', headers } = request;
    this.requests.push({ url, method, headers, body: body.toString() });
    response.setHeader('request-id', `req_${this.requests.length}`);
    const refusal = this.refusal(keyOf(headers));
    if (refusal) return refuse(response, refusal);
    if (this.options.scenario === 'malformed') return send(response, ok({ unexpected: [1] }));
    try {
      checkHeaders(headers);
      await this.route(method, new URL(url, 'http://peer').pathname, body, headers, response);
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      this.failures.push(`${method} ${url}: ${error.message}`);
      send(response, failure(400, 'invalid_request_error', error.message));
    }
  }

  private refusal(key: string): PeerAnswer | undefined {
    const { scenario = 'answer', apiKey } = this.options;
    const isWrong = key === '' || (apiKey !== undefined && key !== apiKey);
    return refusalOf(scenario, key) ?? (isWrong ? refusalOf('unauthorized', key) : undefined);
  }

  private async route(
    method: string,
    path: string,
    body: Buffer,
    headers: IncomingHttpHeaders,
    response: ServerResponse,
  ): Promise<void> {
    const [, version, collection, ...parts] = path.split('/');
    const form = () => readForm(body, headers);
    const route = `${method} ${path}`;
    if (route === 'POST /v1/messages') return this.answer(parse(body), response);
    if (route === 'GET /v1/models') return send(response, this.models());
    if (route === 'POST /v1/files') return send(response, await this.upload(await form()));
    if (version === 'v1' && method === 'GET' && collection === 'files') return this.file(parts, response);
    if (version === 'v1' && collection === 'skills') {
      const reply = await serveSkills(this.skillsStore, method, parts, form);
      if (reply) return send(response, reply);
    }
    send(response, failure(404, 'not_found_error', 'Not found'));
  }

  private models(): Reply {
    const { models = ['claude-haiku-4-5-20251001', 'claude-sonnet-5-5', 'claude-opus-5-5'] } = this.options;
    const data = models.map((id) => ({
      id,
      type: 'model',
      display_name: id.replace(/-/g, ' '),
      created_at: '2026-01-01T00:00:00Z',
      lifecycle: 'active',
      max_input_tokens: 200_000,
      max_tokens: 64_000,
    }));
    return ok({ data, has_more: false, first_id: models[0] ?? null, last_id: models.at(-1) ?? null });
  }

  private async answer(request: MessageRequest, response: ServerResponse): Promise<void> {
    this.turn += 1;
    this.checkReferences(request);
    const answer = this.answerTo(request);
    if (answer.status !== undefined) return refuse(response, answer);
    const message = messageOf(request, answer, this.files, String(this.turn));
    if (!request.stream) return send(response, ok(message));
    const { scenario = 'answer', delayMs = 0, chunkBytes } = this.options;
    this.openStreams += 1;
    try {
      await writeStream(response, messageSteps(message, answer), {
        delayMs,
        ...(chunkBytes === undefined ? {} : { chunkBytes }),
        ...streamPlanOf(scenario),
      });
    } finally {
      this.openStreams -= 1;
    }
  }

  private answerTo(request: MessageRequest): PeerAnswer {
    const { answers = answerByTools, scenario } = this.options;
    if (scenario === 'answer-with-tool-call' && !hasToolResult(request)) return callFirstFunction(request);
    if (typeof answers === 'function') return answers(request);
    return answers[Math.min(this.turn, answers.length) - 1] ?? {};
  }

  /** Files and skills that a request names must be there. */
  private checkReferences({ container, messages }: MessageRequest): void {
    for (const { type, skill_id, version } of container?.skills ?? []) {
      const versions = this.skills.get(skill_id)?.versions;
      if (type === 'custom' && !(version === 'latest' ? versions : versions?.has(version ?? '')))
        throw new InvalidRequest(`No skill ${skill_id} in version ${version}.`);
    }
    for (const { content } of messages) {
      for (const block of typeof content === 'string' ? [] : content) {
        if (block.type === 'container_upload' && !this.files.find(block.file_id))
          throw new InvalidRequest(`No file ${block.file_id}.`);
      }
    }
  }

  private async upload(form: FormData): Promise<Reply> {
    const file = form.get('file');
    if (file === null || typeof file === 'string') throw new InvalidRequest('No part called file.');
    const content = new Uint8Array(await file.arrayBuffer());
    return ok(this.files.add({ name: file.name, content, mime: file.type, downloadable: false }));
  }

  private file([id = '', content]: readonly string[], response: ServerResponse): void {
    const file = this.files.find(id);
    if (!file) return send(response, failure(404, 'not_found_error', `No file ${id}.`));
    if (content === undefined) return send(response, ok(file.metadata));
    if (file.metadata.downloadable === false)
      return send(response, failure(400, 'invalid_request_error', 'This file is not downloadable.'));
    response.writeHead(200, { 'content-type': file.metadata.mime_type }).end(file.content);
  }
}

/** The SDK sends keys as bearer tokens; others may still use the vendor's own header. */
function keyOf({ authorization = '', 'x-api-key': key }: IncomingHttpHeaders): string {
  return /^Bearer (.+)$/.exec(authorization)?.[1] ?? (typeof key === 'string' ? key : '');
}

function parse(body: Buffer): MessageRequest {
  const result = messageRequestSchema.safeParse(JSON.parse(body.toString()));
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new InvalidRequest(issues.join('; '));
}

/** With the headers of the former betas the vendor would answer in its former shapes. */
function checkHeaders(headers: IncomingHttpHeaders): void {
  if (!headers['anthropic-version']) throw new InvalidRequest('anthropic-version: header is required');
  const beta = String(headers['anthropic-beta'] ?? '');
  if (/skills-2025-10-02|files-api-2025-04-14/.test(beta))
    throw new InvalidRequest(`anthropic-beta: ${beta}`);
}

async function readForm(body: Buffer, headers: IncomingHttpHeaders): Promise<FormData> {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) throw new InvalidRequest(`A form was expected, not ${type}.`);
  return new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
}

function refuse(response: ServerResponse, { status = 500, headers = {}, failure: said }: PeerAnswer): void {
  send(response, { ...failure(status, said?.type ?? 'api_error', said?.message ?? 'Refused.'), headers });
}
