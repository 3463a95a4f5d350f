import type {
  ResponseCodeInterpreterToolCall,
  ResponseFileSearchToolCall,
  ResponseFunctionShellToolCall,
  ResponseFunctionShellToolCallOutput,
  ResponseFunctionWebSearch,
  ResponseOutputItem,
} from 'openai/resources/responses/responses';
import type { ChatEvent, Json } from 'strapi-plugin-skills-shared/provider';
import { plainJson } from '../plain-json';
import { imageType, inlineFile, linkedImage, type FileSource } from './made-files';

const call = (id: string, name: string, input: Json): ChatEvent => ({
  type: 'tool-call',
  id,
  name,
  input,
  by: 'provider',
});

const result = (id: string, name: string, output: Json, isError: boolean): ChatEvent => ({
  type: 'tool-result',
  id,
  name,
  output,
  isError,
});

/**
 * What a finished item of one of the vendor's own tools means. `isTold` says that the call itself was told before; undefined for an
 * item of another kind.
 */
export function toolItemEvents(
  item: ResponseOutputItem,
  isTold: boolean,
  source: FileSource,
): ChatEvent[] | undefined {
  switch (item.type) {
    case 'web_search_call':
      return webSearchEvents(item);
    case 'file_search_call':
      return fileSearchEvents(item);
    case 'code_interpreter_call':
      return codeInterpreterEvents(item, isTold, source);
    case 'image_generation_call':
      return imageEvents(item, isTold);
    case 'shell_call':
      return [call(item.call_id, 'shell', shellInput(item))];
    case 'shell_call_output':
      return [shellResult(item)];
    default:
      return undefined;
  }
}

function webSearchEvents(item: ResponseFunctionWebSearch): ChatEvent[] {
  // Failed searches come without an action.
  const { sources, ...action } = { sources: undefined, ...item.action };
  return [
    call(item.id, 'web_search', plainJson(action)),
    result(
      item.id,
      'web_search',
      plainJson({ status: item.status, sources: sources?.map(({ url }) => url) }),
      item.status === 'failed',
    ),
  ];
}

function fileSearchEvents(item: ResponseFileSearchToolCall): ChatEvent[] {
  const results = item.results?.map(({ file_id, filename, score, text }) => ({
    file_id,
    filename,
    score,
    text,
  }));
  return [
    call(item.id, 'file_search', plainJson({ queries: item.queries })),
    result(item.id, 'file_search', plainJson({ status: item.status, results }), item.status === 'failed'),
  ];
}

function codeInterpreterEvents(
  item: ResponseCodeInterpreterToolCall,
  isTold: boolean,
  source: FileSource,
): ChatEvent[] {
  const outputs = item.outputs ?? [];
  const logs = outputs.flatMap((output) => (output.type === 'logs' ? [output.logs] : [])).join('');
  const images = outputs.flatMap((output) => (output.type === 'image' ? [output.url] : []));
  return [
    ...(isTold ? [] : [codeCall(item.id, item.code ?? '')]),
    result(
      item.id,
      'code_interpreter',
      plainJson({ status: item.status, logs }),
      item.status === 'failed' || item.status === 'incomplete',
    ),
    ...images.map((url, index) => linkedImage(`${item.id}-${index + 1}.png`, url, source)),
  ];
}

export const codeCall = (id: string, code: string): ChatEvent => call(id, 'code_interpreter', { code });

/** The prompt of an image is the model's secret: the call is told with nothing in it, as soon as it begins. */
export const imageCall = (id: string): ChatEvent => call(id, 'image_generation', {});

function imageEvents(item: ResponseOutputItem.ImageGenerationCall, isTold: boolean): ChatEvent[] {
  const isError = item.status === 'failed' || !item.result;
  const { ending, mime } = imageType(item.result ?? '');
  return [
    ...(isTold ? [] : [imageCall(item.id)]),
    result(item.id, 'image_generation', { status: item.status }, isError),
    ...(item.result ? [inlineFile(`${item.id}.${ending}`, item.result, mime)] : []),
  ];
}

function shellInput({ action }: ResponseFunctionShellToolCall): Json {
  return plainJson({ commands: action.commands, timeout_ms: action.timeout_ms ?? undefined });
}

function shellResult(item: ResponseFunctionShellToolCallOutput): ChatEvent {
  const output = item.output.map(({ stdout, stderr, outcome }) => ({ stdout, stderr, outcome }));
  const isError = output.some(({ outcome }) => outcome.type === 'timeout' || outcome.exit_code !== 0);
  return result(item.call_id, 'shell', plainJson(output), isError);
}
