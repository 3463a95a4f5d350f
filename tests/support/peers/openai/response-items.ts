import type {
  ResponseOutputItem,
  ResponseOutputText,
  ResponseStreamEvent,
} from 'openai/resources/responses/responses';
import type { PeerAnswer } from './answers';
import type { Containers, StoredFile } from './containers';

/** An event without what every event has: it gets its number when it goes out. */
export type PeerEvent = ResponseStreamEvent extends infer Event
  ? Event extends ResponseStreamEvent
    ? Omit<Event, 'sequence_number'>
    : never
  : never;

/** Events that go out together, as one step of the model. */
export type Step = PeerEvent[];

export interface Written {
  steps: Step[];
  items: ResponseOutputItem[];
}

type Write = (index: number) => { steps: Step[]; items: ResponseOutputItem[] };

const added = (item: ResponseOutputItem, index: number): PeerEvent => ({
  type: 'response.output_item.added',
  item,
  output_index: index,
});

const done = (item: ResponseOutputItem, index: number): PeerEvent => ({
  type: 'response.output_item.done',
  item,
  output_index: index,
});

const plain =
  (item: ResponseOutputItem): Write =>
  (index) => ({
    steps: [[added(item, index)], [done(item, index)]],
    items: [item],
  });

/** The answer as items and the events that they come in. */
export function writeItems(answer: PeerAnswer, containers: Containers, turn: string): Written {
  const files: StoredFile[] = [];
  const written: Written = { steps: [], items: [] };
  for (const write of writers(answer, containers, turn, files)) {
    const { steps, items } = write(written.items.length);
    written.steps.push(...steps);
    written.items.push(...items);
  }
  return written;
}

function* writers(
  answer: PeerAnswer,
  containers: Containers,
  turn: string,
  files: StoredFile[],
): Generator<Write> {
  const { webSearch, fileSearch, codeInterpreter, shell } = answer;
  if (answer.reasoning) yield reasoning(answer.reasoning, turn);
  if (webSearch)
    yield plain({
      type: 'web_search_call',
      id: `ws_${turn}`,
      status: 'completed',
      action: {
        type: 'search',
        query: webSearch.query,
        sources: webSearch.sources.map(({ url }) => ({ type: 'url', url })),
      },
    });
  if (fileSearch)
    yield plain({
      type: 'file_search_call',
      id: `fs_${turn}`,
      status: 'completed',
      queries: fileSearch.queries,
      results: fileSearch.results.map(({ fileId, filename, text }) => ({
        file_id: fileId,
        filename,
        text,
        score: 0.9,
      })),
    });
  if (codeInterpreter) {
    const container = containers.open(codeInterpreter.files);
    files.push(...container.files);
    yield codeCall(codeInterpreter, container.id, turn);
  }
  if (shell) {
    const container = containers.open(shell.files);
    files.push(...container.files);
    yield* shellCall(shell, container.id, turn);
  }
  for (const [index, image] of (answer.images ?? []).entries())
    yield imageCall(image, `ig_${turn}_${index + 1}`);
  yield* calls(answer, turn);
  if (answer.refusal) yield refusal(answer.refusal, turn);
  else if (!answer.toolCalls || answer.text) yield message(answer, files, turn);
}

function reasoning(text: string, turn: string): Write {
  const id = `rs_${turn}`;
  return (index) => {
    const item: ResponseOutputItem = {
      type: 'reasoning',
      id,
      summary: [{ type: 'summary_text', text }],
      encrypted_content: `encrypted-${turn}`,
    };
    const at = { item_id: id, output_index: index, summary_index: 0 };
    return {
      steps: [
        [added({ ...item, summary: [] }, index)],
        [{ type: 'response.reasoning_summary_text.delta', ...at, delta: text }],
        [{ type: 'response.reasoning_summary_text.done', ...at, text }, done(item, index)],
      ],
      items: [item],
    };
  };
}

function codeCall(
  { code, logs = '', imageUrl }: NonNullable<PeerAnswer['codeInterpreter']>,
  containerId: string,
  turn: string,
): Write {
  const item: ResponseOutputItem = {
    type: 'code_interpreter_call',
    id: `ci_${turn}`,
    container_id: containerId,
    code,
    outputs: [{ type: 'logs', logs }, ...(imageUrl ? [{ type: 'image' as const, url: imageUrl }] : [])],
    status: 'completed',
  };
  return (index) => {
    const at = { item_id: item.id, output_index: index };
    return {
      steps: [
        [added({ ...item, code: '', outputs: null, status: 'in_progress' }, index)],
        [
          { type: 'response.code_interpreter_call_code.delta', ...at, delta: code },
          { type: 'response.code_interpreter_call_code.done', ...at, code },
          { type: 'response.code_interpreter_call.interpreting', ...at },
        ],
        [{ type: 'response.code_interpreter_call.completed', ...at }, done(item, index)],
      ],
      items: [item],
    };
  };
}

function* shellCall(
  { commands, stdout, stderr = '', exitCode = 0 }: NonNullable<PeerAnswer['shell']>,
  containerId: string,
  turn: string,
): Generator<Write> {
  const callId = `call_sh_${turn}`;
  yield plain({
    type: 'shell_call',
    id: `sh_${turn}`,
    call_id: callId,
    status: 'completed',
    action: { commands, timeout_ms: null, max_output_length: null },
    environment: { type: 'container_reference', container_id: containerId },
  });
  yield plain({
    type: 'shell_call_output',
    id: `sho_${turn}`,
    call_id: callId,
    status: 'completed',
    max_output_length: null,
    output: [{ stdout, stderr, outcome: { type: 'exit', exit_code: exitCode } }],
  });
}

function imageCall(image: string, id: string): Write {
  const item: ResponseOutputItem = { type: 'image_generation_call', id, result: image, status: 'completed' };
  return (index) => {
    const at = { item_id: id, output_index: index };
    return {
      steps: [
        [
          added({ ...item, result: null, status: 'in_progress' }, index),
          { type: 'response.image_generation_call.in_progress', ...at },
        ],
        [{ type: 'response.image_generation_call.generating', ...at }],
        [{ type: 'response.image_generation_call.completed', ...at }, done(item, index)],
      ],
      items: [item],
    };
  };
}

function* calls({ toolCalls = [] }: PeerAnswer, turn: string): Generator<Write> {
  for (const [number, call] of toolCalls.entries()) {
    const id = `fc_${turn}_${number + 1}`;
    const text = typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments);
    yield (index) => {
      const item: ResponseOutputItem = {
        type: 'function_call',
        id,
        call_id: call.id ?? `call_${turn}_${number + 1}`,
        name: call.name,
        arguments: text,
        status: 'completed',
      };
      const at = { item_id: id, output_index: index };
      return {
        steps: [
          [added({ ...item, arguments: '', status: 'in_progress' }, index)],
          [{ type: 'response.function_call_arguments.delta', ...at, delta: text }],
          [
            { type: 'response.function_call_arguments.done', ...at, name: call.name, arguments: text },
            done(item, index),
          ],
        ],
        items: [item],
      };
    };
  }
}

function refusal(text: string, turn: string): Write {
  return (index) => {
    const id = `msg_${turn}`;
    const item: ResponseOutputItem = {
      type: 'message',
      id,
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'refusal', refusal: text }],
    };
    const at = { item_id: id, output_index: index, content_index: 0 };
    return {
      steps: [
        [added({ ...item, content: [], status: 'in_progress' }, index)],
        [{ type: 'response.refusal.delta', ...at, delta: text }],
        [{ type: 'response.refusal.done', ...at, refusal: text }, done(item, index)],
      ],
      items: [item],
    };
  };
}

/** A text as the parts that it goes out in. */
export const partsOf = (text: PeerAnswer['text'] = 'Hello from the peer.'): readonly string[] =>
  typeof text === 'string' ? (text.match(/\S+\s*|\s+/g) ?? []) : text;

function message(answer: PeerAnswer, files: readonly StoredFile[], turn: string): Write {
  const parts = partsOf(answer.text);
  const id = `msg_${turn}`;
  const text = parts.join('');
  const annotations = annotationsOf(answer, files, text.length);
  const item: ResponseOutputItem = {
    type: 'message',
    id,
    role: 'assistant',
    status: answer.incomplete ? 'incomplete' : 'completed',
    content: [{ type: 'output_text', text, annotations }],
  };
  return (index) => {
    const at = { item_id: id, output_index: index, content_index: 0 };
    return {
      steps: [
        [
          added({ ...item, content: [], status: 'in_progress' }, index),
          {
            type: 'response.content_part.added',
            ...at,
            part: { type: 'output_text', text: '', annotations: [] },
          },
        ],
        ...parts.map((delta): Step => [{ type: 'response.output_text.delta', ...at, delta, logprobs: [] }]),
        annotations.map((annotation, annotationIndex) => ({
          type: 'response.output_text.annotation.added',
          ...at,
          annotation,
          annotation_index: annotationIndex,
        })),
        [{ type: 'response.output_text.done', ...at, text, logprobs: [] }, done(item, index)],
      ],
      items: [item],
    };
  };
}

function annotationsOf(
  { webSearch, fileSearch }: PeerAnswer,
  files: readonly StoredFile[],
  end: number,
): ResponseOutputText['annotations'] {
  const place = { start_index: 0, end_index: end };
  return [
    ...(webSearch?.sources ?? []).map(({ url, title }) => ({
      type: 'url_citation' as const,
      url,
      title,
      ...place,
    })),
    ...(fileSearch?.results ?? []).map(({ fileId, filename }) => ({
      type: 'file_citation' as const,
      file_id: fileId,
      filename,
      index: end,
    })),
    ...files
      .filter(({ isCited }) => isCited)
      .map((file) => ({
        type: 'container_file_citation' as const,
        container_id: file.container_id,
        file_id: file.id,
        filename: file.path.split('/').at(-1) ?? file.id,
        ...place,
      })),
  ];
}
