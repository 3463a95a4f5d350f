import type { RunCitation, RunEvent, RunFile } from 'strapi-plugin-skills-shared/contracts';

export interface AnswerToolCall {
  id: string;
  name: string;
  input: unknown;
  /** Whether the vendor ran it, in its own place. */
  by: 'provider' | 'run';
  /** Absent while it is under way, and where the vendor does not tell. */
  result?: { output: unknown; isError: boolean };
}

/** What a model did, in the order in which it did it. */
export type AnswerBlock =
  | { kind: 'answer'; text: string }
  | { kind: 'reasoning'; text: string }
  | { kind: 'tool'; call: AnswerToolCall };

/** Where statements come from: one a page, with everything that was cited from it. */
export interface Source {
  url?: string;
  title?: string;
  quotes: readonly string[];
}

export interface AnswerModel {
  blocks: readonly AnswerBlock[];
  sources: readonly Source[];
  files: readonly RunFile[];
  usage: { inputTokens: number; outputTokens: number } | undefined;
  lastSeq: number;
}

export const emptyAnswer: AnswerModel = {
  blocks: [],
  sources: [],
  files: [],
  usage: undefined,
  lastSeq: 0,
};

/** Whether a model has said or done anything: a script's run has no answer. */
export const hasAnswer = ({ blocks, sources }: AnswerModel): boolean =>
  blocks.length > 0 || sources.length > 0;

/** Adds events to an answer; those that it has already (a stream taken up again may repeat some) are skipped. */
export function appendAnswer(answer: AnswerModel, events: readonly RunEvent[]): AnswerModel {
  const fresh = events.filter(({ seq }) => seq > answer.lastSeq);
  const last = fresh.at(-1);
  if (!last) return answer;
  const blocks = [...answer.blocks];
  let { sources, files, usage } = answer;
  for (const { payload } of fresh) {
    switch (payload.type) {
      case 'text-delta':
        if (payload.stream === 'answer' || payload.stream === 'reasoning')
          write(blocks, payload.stream, payload.text);
        break;
      case 'tool-call': {
        const { id, name, input, by } = payload;
        blocks.push({ kind: 'tool', call: { id, name, input, by } });
        break;
      }
      case 'tool-result':
        close(blocks, payload.id, { output: payload.output, isError: payload.isError });
        break;
      case 'citation':
        sources = withCitation(sources, payload.citation);
        break;
      case 'artifact':
        files = [...files.filter(({ name }) => name !== payload.artifact.name), payload.artifact];
        break;
      case 'usage':
        usage = { inputTokens: payload.inputTokens, outputTokens: payload.outputTokens };
        break;
      case 'run-start':
      case 'log-line':
      case 'provider-event':
      case 'run-end':
    }
  }
  return { blocks, sources, files, usage, lastSeq: last.seq };
}

function write(blocks: AnswerBlock[], kind: 'answer' | 'reasoning', text: string): void {
  const last = blocks.at(-1);
  if (last?.kind === kind) blocks[blocks.length - 1] = { kind, text: last.text + text };
  else if (text !== '') blocks.push({ kind, text });
}

function close(blocks: AnswerBlock[], id: string, result: AnswerToolCall['result']): void {
  const index = blocks.findLastIndex((block) => block.kind === 'tool' && block.call.id === id);
  const block = blocks[index];
  if (block?.kind === 'tool') blocks[index] = { kind: 'tool', call: { ...block.call, result } };
}

function withCitation(sources: readonly Source[], { url, title, quote }: RunCitation): readonly Source[] {
  const index = sources.findIndex((source) =>
    url === undefined ? source.url === undefined && source.title === title : source.url === url,
  );
  const known = sources[index];
  if (!known) return [...sources, { url, title, quotes: quote === undefined ? [] : [quote] }];
  const quotes =
    quote === undefined || known.quotes.includes(quote) ? known.quotes : [...known.quotes, quote];
  return sources.with(index, { url, title: known.title ?? title, quotes });
}

/** The address of a source if it may be followed: of the web, and nothing that a browser would execute. */
export function webAddress(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
