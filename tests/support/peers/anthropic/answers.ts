import type { StopReason } from '@anthropic-ai/sdk/resources/messages';
import type { MessageRequest } from './schemas/message-request';

/** A file that the peer's container makes. `downloadable` false: the vendor does not give it out. */
export interface PeerFile {
  name: string;
  content: string | Uint8Array;
  mime?: string;
  downloadable?: boolean;
}

/** What the peer's model answers, in the order of the members. Without any it says "Hello from the peer." */
export interface PeerAnswer {
  /** Instead of an answer: this status, with an error of the vendor's shape. */
  status?: number;
  headers?: Record<string, string>;
  /** The error that goes with `status`; without one, an `error` event after all that the answer has. */
  failure?: { type: string; message: string };
  thinking?: string;
  redactedThinking?: string;
  /** What is said before the vendor's tools work. */
  preamble?: string;
  webSearch?: { query: string; sources?: { url: string; title: string }[]; errorCode?: 'max_uses_exceeded' };
  webFetch?: { url: string; title?: string; text?: string; errorCode?: 'url_not_accessible' };
  codeExecution?: {
    tool?: 'bash' | 'python';
    code: string;
    stdout?: string;
    stderr?: string;
    returnCode?: number;
    files?: PeerFile[];
  };
  editor?: { path: string; text: string };
  /** Whole, it goes out word by word; in parts, part by part: each is one step. It cites what was found or fetched. */
  text?: string | readonly string[];
  /** `arguments` that are a text go out as they are, be they JSON or not. */
  toolCalls?: { id?: string; name: string; arguments: object | string }[];
  stopReason?: StopReason;
  refusal?: { category: 'cyber' | 'bio'; explanation: string };
  usage?: { input: number; output: number; cached?: number; cacheWrite?: number; thinking?: number };
}

/** The last text that somebody said to the model. */
export function promptOf({ messages }: Pick<MessageRequest, 'messages'>): string {
  for (const { role, content } of messages.toReversed()) {
    if (role !== 'user') continue;
    const texts =
      typeof content === 'string'
        ? [content]
        : content.flatMap((block) => (block.type === 'text' ? [block.text] : []));
    if (texts.length > 0) return texts.join('\n');
  }
  return '';
}

/** What a model would do with the tools that it is given: used where no answer is scripted. */
export function answerByTools(request: MessageRequest): PeerAnswer {
  const names = new Set((request.tools ?? []).map(({ name }) => name));
  const query = promptOf(request);
  return {
    ...(names.has('web_search') ? { webSearch: { query, sources } } : {}),
    ...(names.has('web_fetch')
      ? { webFetch: { url: 'https://example.com/page', title: 'A page', text: 'What it says.' } }
      : {}),
    ...(names.has('code_execution') ? { codeExecution: codeFor(request) } : {}),
  };
}

const sources = [
  { url: 'https://example.com/first', title: 'The first source' },
  { url: 'https://example.com/second', title: 'The second source' },
];

/** A document for each skill in the container; a table where there is none. */
function codeFor({ container }: MessageRequest): NonNullable<PeerAnswer['codeExecution']> {
  const skills = container?.skills ?? [];
  const documents = skills.map(({ type, skill_id }): PeerFile =>
    type === 'anthropic'
      ? { name: `document.${skill_id}`, content: `A ${skill_id} of the peer.` }
      : { name: 'report.txt', content: 'A report.\n', mime: 'text/plain' },
  );
  const table: PeerFile = { name: 'result.csv', content: 'answer\n42\n', mime: 'text/csv' };
  return { code: 'python3 make.py', stdout: 'done\n', files: documents.length > 0 ? documents : [table] };
}

/** What the model does that is asked to use a function. */
export function callFirstFunction({ tools = [] }: MessageRequest): PeerAnswer {
  const tool = tools.find((each) => 'input_schema' in each);
  return { toolCalls: [{ id: 'toolu_1', name: tool?.name ?? 'lookup', arguments: { query: 'peer' } }] };
}

export const hasToolResult = ({ messages }: MessageRequest): boolean =>
  messages.some(
    ({ role, content }) =>
      role === 'user' && typeof content !== 'string' && content.some(({ type }) => type === 'tool_result'),
  );
