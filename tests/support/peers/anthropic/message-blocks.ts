import type * as sdk from '@anthropic-ai/sdk/resources/messages';
import type { PeerAnswer } from './answers';
import type { FilesStore } from './files-store';

const direct: sdk.DirectCaller = { type: 'direct' };
/** Opaque to everybody but the vendor, and needed when the block comes back. */
const sealed = (text: string): string => Buffer.from(text).toString('base64');

/** The blocks of an answer, whole. `turn` makes ids that no other answer has. */
export function blocksOf(answer: PeerAnswer, files: FilesStore, turn: string): sdk.ContentBlock[] {
  return [
    ...thinkingBlocks(answer),
    ...(answer.preamble ? [textBlock(answer.preamble, [])] : []),
    ...searchBlocks(answer, turn),
    ...fetchBlocks(answer, turn),
    ...codeBlocks(answer, files, turn),
    ...editorBlocks(answer, turn),
    ...finalText(answer),
    ...callBlocks(answer, turn),
  ];
}

function thinkingBlocks({ thinking, redactedThinking }: PeerAnswer): sdk.ContentBlock[] {
  return [
    ...(thinking ? [{ type: 'thinking', thinking, signature: sealed(thinking) } as const] : []),
    ...(redactedThinking ? [{ type: 'redacted_thinking', data: sealed(redactedThinking) } as const] : []),
  ];
}

const textBlock = (text: string, citations: sdk.TextCitation[]): sdk.TextBlock => ({
  type: 'text',
  text,
  citations: citations.length > 0 ? citations : null,
});

const serverTool = (
  id: string,
  name: sdk.ServerToolUseBlock['name'],
  input: Record<string, unknown>,
): sdk.ServerToolUseBlock => ({ type: 'server_tool_use', id, name, input, caller: direct });

function searchBlocks({ webSearch }: PeerAnswer, turn: string): sdk.ContentBlock[] {
  if (!webSearch) return [];
  const id = `srvtoolu_search_${turn}`;
  const content: sdk.WebSearchToolResultBlockContent = webSearch.errorCode
    ? { type: 'web_search_tool_result_error', error_code: webSearch.errorCode }
    : (webSearch.sources ?? []).map(({ url, title }) => ({
        type: 'web_search_result',
        url,
        title,
        encrypted_content: sealed(title),
        page_age: null,
      }));
  return [
    serverTool(id, 'web_search', { query: webSearch.query }),
    { type: 'web_search_tool_result', tool_use_id: id, content, caller: direct },
  ];
}

function fetchBlocks({ webFetch }: PeerAnswer, turn: string): sdk.ContentBlock[] {
  if (!webFetch) return [];
  const id = `srvtoolu_fetch_${turn}`;
  const { url, title = null, text = '', errorCode } = webFetch;
  const source = { type: 'text', media_type: 'text/plain', data: text } as const;
  const content: sdk.WebFetchToolResultBlock['content'] = errorCode
    ? { type: 'web_fetch_tool_result_error', error_code: errorCode }
    : {
        type: 'web_fetch_result',
        url,
        retrieved_at: '2026-11-21T12:00:00Z',
        content: { type: 'document', source, title, citations: { enabled: true } },
      };
  return [
    serverTool(id, 'web_fetch', { url }),
    { type: 'web_fetch_tool_result', tool_use_id: id, content, caller: direct },
  ];
}

function codeBlocks({ codeExecution }: PeerAnswer, files: FilesStore, turn: string): sdk.ContentBlock[] {
  if (!codeExecution) return [];
  const id = `srvtoolu_code_${turn}`;
  const { code, stdout = '', stderr = '', returnCode = 0, tool = 'bash' } = codeExecution;
  const fileIds = (codeExecution.files ?? []).map((file) => files.add(file).id);
  const output = { stdout, stderr, return_code: returnCode };
  if (tool === 'python') {
    const content = fileIds.map((file_id) => ({ type: 'code_execution_output', file_id }) as const);
    return [
      serverTool(id, 'code_execution', { code }),
      {
        type: 'code_execution_tool_result',
        tool_use_id: id,
        content: { type: 'code_execution_result', content, ...output },
      },
    ];
  }
  const content = fileIds.map((file_id) => ({ type: 'bash_code_execution_output', file_id }) as const);
  return [
    serverTool(id, 'bash_code_execution', { command: code }),
    {
      type: 'bash_code_execution_tool_result',
      tool_use_id: id,
      content: { type: 'bash_code_execution_result', content, ...output },
    },
  ];
}

function editorBlocks({ editor }: PeerAnswer, turn: string): sdk.ContentBlock[] {
  if (!editor) return [];
  const id = `srvtoolu_editor_${turn}`;
  return [
    serverTool(id, 'text_editor_code_execution', {
      command: 'create',
      path: editor.path,
      file_text: editor.text,
    }),
    {
      type: 'text_editor_code_execution_tool_result',
      tool_use_id: id,
      content: { type: 'text_editor_code_execution_create_result', is_file_update: false },
    },
  ];
}

function finalText(answer: PeerAnswer): sdk.ContentBlock[] {
  const { text, toolCalls, failure, webSearch, webFetch } = answer;
  const said = typeof text === 'string' ? text : text?.join('');
  const isSilent = said === undefined && (toolCalls !== undefined || failure !== undefined);
  if (isSilent || said === '') return [];
  const found = (webSearch?.sources ?? []).map(({ url, title }) => ({
    type: 'web_search_result_location' as const,
    url,
    title,
    cited_text: `From ${title}.`,
    encrypted_index: sealed(url),
  }));
  const read = webFetch?.text
    ? [
        {
          type: 'char_location' as const,
          cited_text: webFetch.text,
          document_index: 0,
          document_title: webFetch.title ?? null,
          start_char_index: 0,
          end_char_index: webFetch.text.length,
          file_id: null,
        },
      ]
    : [];
  return [textBlock(said ?? 'Hello from the peer.', [...found, ...read])];
}

const callBlocks = ({ toolCalls = [] }: PeerAnswer, turn: string): sdk.ContentBlock[] =>
  toolCalls.map(({ id, name, arguments: input }, index) => ({
    type: 'tool_use',
    id: id ?? `toolu_${turn}_${index}`,
    name,
    input,
    caller: direct,
  }));
