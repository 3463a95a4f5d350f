import type { ResponseRequest } from './schemas/response-request';
import type { CompletionRequest } from './schemas/other-requests';
import type { Hold } from './sse';

/** What the peer's model answers, in the order of the members. Without any it says "Hello from the peer." */
export interface PeerAnswer {
  /** Instead of an answer: this status, with an error of the vendor's shape. */
  status?: number;
  headers?: Record<string, string>;
  /** A failure within a stream that began well (`response.failed`), or the text and code of the error that goes with `status`. */
  failure?: { code: string; message: string };
  reasoning?: string;
  webSearch?: { query: string; sources: { url: string; title: string }[] };
  fileSearch?: { queries: string[]; results: { fileId: string; filename: string; text: string }[] };
  codeInterpreter?: { code: string; logs?: string; files?: PeerFile[]; imageUrl?: string };
  shell?: { commands: string[]; stdout: string; stderr?: string; exitCode?: number; files?: PeerFile[] };
  /** Images as base64. */
  images?: string[];
  /** Whole, it goes out word by word; in parts, part by part: each is one step. */
  text?: string | readonly string[];
  refusal?: string;
  toolCalls?: { id?: string; name: string; arguments: object | string }[];
  incomplete?: 'max_output_tokens' | 'content_filter';
  usage?: { input: number; output: number; cached?: number; reasoning?: number };
  /** Milliseconds before the answer begins. */
  delayMs?: number;
  /** After this many steps of the answer the connection breaks, or nothing more comes. */
  brokenAfter?: number;
  silentAfter?: number;
  /** What is held back until somebody lets it go. */
  heldBefore?: Hold;
}

/** A file in the peer's container. `isCited` false: the answer does not name it. */
export interface PeerFile {
  name: string;
  content: string | Uint8Array;
  isCited?: boolean;
}

export type PeerRequest = ResponseRequest | CompletionRequest;

/** The last text that somebody said to the model. */
export function promptOf(request: PeerRequest): string {
  const messages = 'messages' in request ? request.messages : request.input;
  const said = messages.flatMap((message) =>
    'role' in message && message.role === 'user' ? [message.content] : [],
  );
  const last: unknown = said.at(-1) ?? '';
  if (typeof last === 'string') return last;
  return (last as { text?: string }[]).flatMap(({ text }) => text ?? []).join('\n');
}

/** One red dot, as PNG. */
export const tinyPng =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8Dwn4EIwAAA//8DAAMCAf/4y6mKAAAAAElFTkSuQmCC';

/** What a model would do with the tools that it is given: used where no answer is scripted. */
export function answerByTools(request: PeerRequest): PeerAnswer {
  const types = new Set<string>('messages' in request ? [] : (request.tools ?? []).map(({ type }) => type));
  const prompt = promptOf(request);
  const answer: PeerAnswer = {};
  if (types.has('web_search'))
    answer.webSearch = {
      query: prompt,
      sources: [
        { url: 'https://example.com/first', title: 'The first source' },
        { url: 'https://example.com/second', title: 'The second source' },
      ],
    };
  if (types.has('file_search'))
    answer.fileSearch = {
      queries: [prompt],
      results: [{ fileId: 'file-1', filename: 'handbook.pdf', text: 'It is said in the handbook.' }],
    };
  if (types.has('code_interpreter'))
    answer.codeInterpreter = {
      code: 'print(6 * 7)',
      logs: '42\n',
      files: [{ name: 'result.csv', content: 'answer\n42\n' }],
    };
  if (types.has('shell'))
    answer.shell = {
      commands: ['python3 scripts/report.py'],
      stdout: 'done\n',
      files: [{ name: 'report.txt', content: 'A report.\n', isCited: false }],
    };
  if (types.has('image_generation')) answer.images = [tinyPng];
  return answer;
}
