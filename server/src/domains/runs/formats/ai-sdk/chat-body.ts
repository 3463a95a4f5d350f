import { Readable } from 'node:stream';
import { extension } from 'mime-types';
import { runCreateSchema, type RunApprovalsCreate } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { InvalidError, TooLargeError } from '../../../../http/errors';
import { parseInput } from '../../../../http/invalid-input';
import type { InputUpload } from '../../starting/input-files';
import type { StartBody } from '../../starting/start-body';
import { messageSchema, type ChatMessage, type ChatPart } from './chat-message';
import { promptOf } from './chat-prompt';

/** What `useChat` sends, and `DefaultChatTransport`, beside the fields of `runCreateSchema` that a client adds (`body`). */
const chatBodySchema = z.looseObject({
  id: z.string().min(1).max(200),
  messages: z.array(messageSchema).min(1).max(1_000),
});

export type ChatRequest = { chatId: string } & (
  | { type: 'start'; body: StartBody }
  /** A person's answers to the tool calls that a run waits with. */
  | { type: 'decide'; runId: string; decisions: RunApprovalsCreate['decisions'] }
);

export interface ChatLimits {
  /** Bytes of one file. */
  maxInputFileBytes: number;
}

const MAX_FILES = 100;

/** Whether a body is a chat's, rather than one of our own. */
export function isChatBody(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'messages' in body;
}

/**
 * What a chat asks for: the last message is a person's words, with which a run starts, or the assistant's with answers to what it asked.
 * Earlier messages become part of the prompt, since every run starts anew. Rejects with 400 `invalid-input`, `chat-without-words`,
 * `file-url-unsupported`, `too-many-files`; 413 `upload-too-large`.
 */
export function readChatBody(body: unknown, limits: ChatLimits): ChatRequest {
  const { id: chatId, messages, ...rest } = parseInput(chatBodySchema, body);
  const last = messages.at(-1)!;
  if (last.role === 'assistant') return { chatId, type: 'decide', ...answersOf(last) };
  if (last.role !== 'user') throw noWords();
  const fields = parseInput(runCreateSchema, rest);
  const uploads = filesOf(last.parts, limits);
  const prompt = promptOf(messages);
  if (prompt === '' && uploads.length === 0) throw noWords();
  return { chatId, type: 'start', body: { ...fields, ...(prompt !== '' && { prompt }), uploads } };
}

function noWords(): InvalidError {
  const message = 'The last message holds neither words nor files of a person, nor an answer to a tool call.';
  return new InvalidError(message, { code: 'chat-without-words', path: ['messages'] });
}

const answerSchema = z.looseObject({
  toolCallId: z.string().min(1).max(200),
  approval: z.looseObject({ approved: z.boolean(), reason: z.string().max(4_000).optional() }),
});

function answersOf({ id, parts }: ChatMessage): {
  runId: string;
  decisions: RunApprovalsCreate['decisions'];
} {
  const answered = parts.filter(({ state }) => state === 'approval-responded');
  if (id === undefined || answered.length === 0 || answered.length > 100) throw noWords();
  const decisions = answered.map((part) => {
    const { toolCallId: callId, approval } = parseInput(answerSchema, part);
    const note = approval.reason?.trim();
    return { callId, approved: approval.approved, ...(note && { note }) };
  });
  return { runId: id, decisions };
}

const filePartSchema = z.looseObject({
  url: z.string(),
  mediaType: z.string().max(200).default('application/octet-stream'),
  filename: z.string().optional(),
});

/** Files of a message, which travel as data URLs. Of files with one name, the later ones are numbered. */
function filesOf(parts: readonly ChatPart[], limits: ChatLimits): InputUpload[] {
  const files = parts.filter(({ type }) => type === 'file').map((part) => parseInput(filePartSchema, part));
  if (files.length > MAX_FILES) {
    throw new InvalidError(`Send at most ${MAX_FILES} files at once; these are ${files.length}.`, {
      code: 'too-many-files',
      limit: MAX_FILES,
    });
  }
  const taken = new Set<string>();
  return files.map(({ url, mediaType, filename }, index) => {
    const content = bytesOf(url, limits);
    const wanted = filename ?? `file-${index + 1}.${extension(mediaType) || 'bin'}`;
    const name = unlike(wanted, taken);
    taken.add(name.toLowerCase());
    return { field: 'files', name, mime: mediaType, open: () => Readable.from([content]) };
  });
}

function bytesOf(url: string, { maxInputFileBytes: limit }: ChatLimits): Buffer {
  const comma = url.indexOf(',');
  const head = /^data:[^,]*$/i.exec(url.slice(0, Math.max(0, comma)));
  if (!head) {
    throw new InvalidError('Files are taken as data URLs; this server fetches no others.', {
      code: 'file-url-unsupported',
      path: ['messages'],
    });
  }
  const text = url.slice(comma + 1);
  const content = /;base64$/i.test(head[0])
    ? Buffer.from(text, 'base64')
    : Buffer.from(unescaped(text), 'latin1');
  if (content.length <= limit) return content;
  throw new TooLargeError(`A file is larger than ${limit} bytes.`, {
    code: 'upload-too-large',
    path: ['messages'],
    limit,
  });
}

/** Bytes, each as one character. */
function unescaped(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function unlike(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name.toLowerCase())) return name;
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let number = 2; ; number += 1) {
    const candidate = `${stem}-${number}${ending}`;
    if (!taken.has(candidate.toLowerCase())) return candidate;
  }
}
