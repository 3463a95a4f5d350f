/**
 * What a stream of the AI SDK (version 6, its UI message stream protocol, version 1) is made of, as far as runs make use of it. Written here
 * because a server needs nothing of that package; the tests check every chunk against the package's own schema.
 */
export type UiMessageChunk =
  | { type: 'start'; messageId: string; messageMetadata: MessageMetadata }
  | { type: 'start-step' }
  | { type: 'finish-step' }
  | { type: 'text-start' | 'text-end' | 'reasoning-start' | 'reasoning-end'; id: string }
  | { type: 'text-delta' | 'reasoning-delta'; id: string; delta: string }
  | {
      type: 'tool-input-available';
      toolCallId: string;
      toolName: string;
      input: unknown;
      /** Its name and types are not in the client's code. */
      dynamic: true;
      providerExecuted?: true;
    }
  | {
      type: 'tool-output-available';
      toolCallId: string;
      output: unknown;
      dynamic: true;
      providerExecuted?: true;
    }
  | {
      type: 'tool-output-error';
      toolCallId: string;
      errorText: string;
      dynamic: true;
      providerExecuted?: true;
    }
  | { type: 'tool-approval-request'; approvalId: string; toolCallId: string }
  | { type: 'tool-output-denied'; toolCallId: string }
  | { type: 'source-url'; sourceId: string; url: string; title?: string }
  | { type: 'source-document'; sourceId: string; mediaType: string; title: string }
  | { type: 'file'; url: string; mediaType: string }
  | { type: `data-${string}`; id?: string; data: unknown; transient?: true }
  | { type: 'message-metadata'; messageMetadata: MessageMetadata }
  | { type: 'error'; errorText: string }
  | { type: 'abort'; reason: string }
  | { type: 'finish'; finishReason: 'stop' | 'error' | 'tool-calls'; messageMetadata?: MessageMetadata };

/** What a client finds in its message's `metadata`; later chunks add to it. */
export interface MessageMetadata {
  runId?: string;
  model?: string;
  usage?: { inputTokens: number; outputTokens: number; cost: number | null };
  status?: string;
  error?: { code: string; message: string } | null;
  durationMs?: number | null;
}
