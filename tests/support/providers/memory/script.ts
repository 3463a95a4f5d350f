import type { MemoryChatRequest, WireEvent } from './wire';

/**
 * What the peer does while it answers: an event; `wait` some milliseconds; `hang` until the caller goes away; `cut` the
 * connection; `raw` text that need not be of the dialect.
 */
export type AnswerStep =
  | WireEvent
  | { type: 'wait'; ms: number }
  | { type: 'hang' }
  | { type: 'cut' }
  | { type: 'raw'; text: string }
  | { type: 'made-file'; name: string; mime: string; content: Uint8Array };

export type Answer = readonly AnswerStep[];

/** Answers a request; `turn` counts the answers that the peer has given, from 0. */
export type Script = (request: MemoryChatRequest, turn: number) => Answer;

const usage = (request: MemoryChatRequest, words: number): WireEvent => ({
  type: 'usage',
  usage: { inputTokens: JSON.stringify(request.messages).length, outputTokens: words, reasoningTokens: 2 },
});

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

function byTool(type: string): AnswerStep[] {
  switch (type) {
    case 'web_search':
      return [
        { type: 'own-call', id: 'search-1', name: 'web-search', input: { query: 'memory' } },
        { type: 'own-result', id: 'search-1', name: 'web-search', output: { hits: 1 }, isError: false },
        { type: 'citation', url: 'https://example.com/memory', title: 'On memory', quote: 'It fades.' },
      ];
    case 'code_interpreter':
      return [
        { type: 'own-call', id: 'code-1', name: 'code-interpreter', input: { code: 'print(1 + 1)' } },
        { type: 'own-result', id: 'code-1', name: 'code-interpreter', output: '2', isError: false },
        { type: 'made-file', name: 'table.csv', mime: 'text/csv', content: Buffer.from('a,b\n1,2\n') },
      ];
    case 'image_generation':
      return [{ type: 'made-file', name: 'image.png', mime: 'image/png', content: pixel }];
    default:
      return [];
  }
}

/** Says what it was asked, word by word, after what the tools of the request do. */
export const echo: Script = (request) => {
  const last = request.messages.at(-1);
  const said =
    last?.role === 'user'
      ? last.parts.map((part) => (part.type === 'text' ? part.text : `[${part.name}]`)).join(' ')
      : last?.role === 'tool'
        ? last.content
        : '';
  const words = `You said: ${said}`.split(/(?<= )/);
  return [
    { type: 'reasoning', text: 'It wants an echo.' },
    { type: 'note', name: 'echo', data: { words: words.length } },
    ...(request.tools ?? []).flatMap((tool) => byTool(String(tool.type))),
    ...(request.hosted ?? []).flatMap(({ id, version }): AnswerStep[] => [
      { type: 'own-call', id: `hosted-${id}`, name: 'hosted-skill', input: { id, version } },
      { type: 'own-result', id: `hosted-${id}`, name: 'hosted-skill', output: 'done', isError: false },
    ]),
    ...words.map((text): WireEvent => ({ type: 'text', text })),
    usage(request, words.length),
    { type: 'done', reason: 'stop' },
  ];
};

/** Calls the first of the request's functions, until its result is there. */
export const callFunction: Script = (request, turn) => {
  const [tool] = request.functions ?? [];
  if (!tool || request.messages.at(-1)?.role === 'tool') return echo(request, turn);
  return [
    { type: 'text', text: 'I shall ask.' },
    { type: 'call', id: `call-${turn}`, name: tool.name, input: { question: 'why' } },
    usage(request, 3),
    { type: 'done', reason: 'calls' },
  ];
};
