import type {
  Actor,
  RunCitation,
  RunFile,
  TextStreamName,
  WaitReason,
} from 'strapi-plugin-skills-shared/contracts';

/** The events that an item was made of: the numbers and times of its first and last. */
export interface Span {
  from: number;
  to: number;
  at: string;
  until: string;
}

/** Where statements come from: one a page, with everything that was cited from it. */
export interface Source {
  url?: string;
  title?: string;
  quotes: readonly string[];
}

/** Text of one stream in one piece. What an answer cites stands with it. */
export interface TextItem extends Span {
  kind: 'text';
  stream: TextStreamName;
  text: string;
  sources: readonly Source[];
}

/**
 * One use of a tool, with all that became of it. Each part is an event of its own, and may lie in a page that is not read: without
 * `call` the beginning is not there yet.
 */
export interface ToolItem extends Span {
  kind: 'tool';
  callId: string;
  /** Empty where no part that is there tells it. */
  name: string;
  /** `by`: whether the vendor runs it, in its own place. */
  call?: { input: unknown; by: 'provider' | 'run' };
  /** Absent while it is under way, and where the vendor does not tell. `artifact` holds all of an output that was cut. */
  result?: { output: unknown; isError: boolean; artifact?: string };
  /** Set when it had to wait for a person. */
  request?: { input: unknown };
  decision?: { approved: boolean; note: string | null; by: Actor };
  /** The run that it became. */
  child?: { runId: string; alias: string };
}

export type TrajectoryItem =
  | TextItem
  | ToolItem
  | (Span & { kind: 'step'; step: number })
  | (Span & { kind: 'skill-load'; alias: string; version: number })
  | (Span & { kind: 'file-load'; alias: string; path: string })
  | (Span & { kind: 'context-trim'; results: number; characters: number })
  | (Span & { kind: 'message'; text: string; author: Actor })
  | (Span & { kind: 'wait'; reason: WaitReason; deadline: string })
  | (Span & { kind: 'resume' })
  | (Span & { kind: 'changes'; added: number; modified: number; removed: number })
  | (Span & { kind: 'artifact'; artifact: RunFile })
  | (Span & { kind: 'log'; level: 'debug' | 'info' | 'warn' | 'error'; message: string })
  | (Span & {
      kind: 'end';
      status: string;
      error: { code: string; message: string } | null;
    });

export type ItemOf<Kind extends TrajectoryItem['kind']> = Extract<TrajectoryItem, { kind: Kind }>;

const sameSource = (one: Source, other: Source): boolean =>
  one.url === undefined ? other.url === undefined && one.title === other.title : one.url === other.url;

/** Both, each page once. */
export function joinSources(some: readonly Source[], more: readonly Source[]): readonly Source[] {
  if (more.length === 0) return some;
  const all = [...some];
  for (const source of more) {
    const index = all.findIndex((known) => sameSource(known, source));
    const known = all[index];
    if (!known) {
      all.push(source);
      continue;
    }
    const quotes = [...new Set([...known.quotes, ...source.quotes])];
    all[index] = { ...known, title: known.title ?? source.title, quotes };
  }
  return all;
}

export function sourceOf({ url, title, quote }: RunCitation): Source {
  return { url, title, quotes: quote === undefined ? [] : [quote] };
}

/** The address of a source if it may be followed: of the web, and nothing that a browser would execute. */
export function webAddress(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
