import type { ProviderErrorData } from '../provider-error';
import type { Json, JsonObject } from '../settings-schema';

export interface ChatModel {
  /** What the vendor calls it in requests. */
  id: string;
  name?: string;
  /** Tokens that a conversation may have. */
  contextTokens?: number;
}

/** A tool that the caller executes. `inputSchema` is a JSON Schema of an object. */
export interface FunctionTool {
  name: string;
  description: string;
  inputSchema: Record<string, unknown>;
}

/** A provider skill that is switched on for this request, with settings that fit its schema. */
export interface SkillSelection {
  skillTypeId: string;
  settings: JsonObject;
}

/** A bundle that lives at the vendor and is put into its container for this request. */
export interface HostedSkillReference {
  hostedId: string;
  hostedVersion: string;
}

/** A file that goes into a conversation: its bytes are read when the request is made. */
export interface ChatFile {
  name: string;
  mime: string;
  read(): Promise<Uint8Array>;
}

export type UserPart = { type: 'text'; text: string } | { type: 'file'; file: ChatFile };

export interface ToolCall {
  id: string;
  name: string;
  /** As the model wrote it, read as JSON; a text that is not JSON stays a string. */
  input: Json;
}

export type ChatMessage =
  | { role: 'user'; content: UserPart[] }
  | AssistantMessage
  | { role: 'tool'; toolCallId: string; content: string; isError?: boolean };

/** What the model said in one turn. */
export interface AssistantMessage {
  role: 'assistant';
  text: string;
  toolCalls: ToolCall[];
  /**
   * The turn in the provider's own words (reasoning, signatures, its own tools' items): JSON that only this adapter reads, handed back
   * with the message so that the conversation goes on where it was. Absent in a message that another provider wrote.
   */
  providerState?: { providerId: string; data: Json };
}

export interface ChatRequest {
  model: string;
  /** The system prompt. */
  instructions?: string;
  messages: ChatMessage[];
  tools?: FunctionTool[];
  skills?: SkillSelection[];
  hostedSkills?: HostedSkillReference[];
  maxOutputTokens?: number;
}

/** Tokens are counted as the vendor bills them; `inputTokens` includes those that came from its cache. */
export interface ChatUsage {
  inputTokens: number;
  outputTokens: number;
  cachedInputTokens?: number;
  cacheWriteTokens?: number;
  /** Part of `outputTokens`. */
  reasoningTokens?: number;
  /** Calls of the vendor's own tools that are billed one by one, by the tool's name. */
  billedToolCalls?: Record<string, number>;
}

/** Where a statement comes from. */
export interface Citation {
  url?: string;
  title?: string;
  /** What is cited, in its own words. */
  quote?: string;
}

export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'refusal' | 'other';

/**
 * What happens while a model answers, in this order. Exactly one event is terminal (`finish` or `error`), and it is the last;
 * the iteration itself never throws. Event types may be added: readers skip those that they do not know.
 */
export type ChatEvent =
  | { type: 'text-delta'; text: string }
  | { type: 'reasoning-delta'; text: string }
  /**
   * A call is told once, whole. Those `by: 'caller'` are the caller's to execute: they are in `finish.message.toolCalls` too.
   * Those `by: 'provider'` are under way at the vendor.
   */
  | { type: 'tool-call'; id: string; name: string; input: Json; by: 'provider' | 'caller' }
  /** What a tool of the vendor's answered, where the vendor tells. */
  | { type: 'tool-result'; id: string; name: string; output: Json; isError: boolean }
  | { type: 'citation'; citation: Citation }
  /** A file that was made: an image, a document. It is read once, after the event and before the iteration goes on. */
  | { type: 'file'; name: string; mime: string; open(): Promise<AsyncIterable<Uint8Array>> }
  /** Totals of this request so far; the last one counts. */
  | { type: 'usage'; usage: ChatUsage }
  /** What only this vendor tells, for people who read trajectories. */
  | { type: 'provider-event'; name: string; data: Json }
  | { type: 'finish'; reason: FinishReason; message: AssistantMessage; model: string }
  | { type: 'error'; error: ProviderErrorData };

export interface ChatClient {
  /** Rejects with a `ProviderError`. */
  listModels(): Promise<ChatModel[]>;
  /** Starts with the first `next()`. Ending the iteration early ends the request. */
  stream(request: ChatRequest): AsyncIterable<ChatEvent>;
}

/**
 * What a model's tokens cost, in US dollars a million. `model` is an id; it stands for that model's dated snapshots too
 * (`gpt-4.1` for `gpt-4.1-2025-04-14`).
 */
export interface ModelPrice {
  model: string;
  input: number;
  output: number;
  /** Absent: as `input`. */
  cachedInput?: number;
  /** Absent: as `input`. */
  cacheWrite?: number;
  /** US dollars a call of the vendor's own tools, by the names that `billedToolCalls` has. */
  toolCalls?: Record<string, number>;
}
