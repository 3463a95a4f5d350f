import type { ModelChoice } from '../../connections';
import { noOptions, type RunOptions } from './run-options';

/** A prompt, or a message, that is being written in a thread. */
export interface Draft {
  text: string;
  files: readonly File[];
}

/** What is being written for a skill. Each thread has a draft of its own; what is chosen holds for all of them. */
export interface Composing {
  /** By thread; the empty name is that of no thread. */
  drafts: Readonly<Record<string, Draft>>;
  /** The model, once somebody has chosen it. */
  choice: ModelChoice | undefined;
  options: RunOptions;
}

export const noDraft: Draft = { text: '', files: [] };
export const nothingComposed: Composing = { drafts: {}, choice: undefined, options: noOptions };

export const draftOf = ({ drafts }: Composing, thread: string): Draft => drafts[thread] ?? noDraft;

export const isEmpty = ({ text, files }: Draft): boolean => text.trim() === '' && files.length === 0;

export function withDraft(composing: Composing, thread: string, change: Partial<Draft>): Composing {
  const { [thread]: now = noDraft, ...others } = composing.drafts;
  return { ...composing, drafts: { ...others, [thread]: { ...now, ...change } } };
}

/** Takes what is written in one thread along into another, unless something is being written there. */
export function withDraftMoved(composing: Composing, from: string, to: string): Composing {
  if (isEmpty(draftOf(composing, from)) || !isEmpty(draftOf(composing, to))) return composing;
  const moved = withDraft(composing, to, draftOf(composing, from));
  return withDraft(moved, from, noDraft);
}

/** Takes out of a draft what was sent. What was written or added while it was under way stays: it was not sent. */
export function withoutSent(composing: Composing, thread: string, sent: Draft): Composing {
  const { text, files } = draftOf(composing, thread);
  return withDraft(composing, thread, {
    text: text === sent.text ? '' : text,
    files: files.filter((file) => !sent.files.includes(file)),
  });
}
