import { useSyncExternalStore } from 'react';
import { useAuth } from '@strapi/strapi/admin';
import type { ModelChoice } from '../../connections';
import { useWorkspace } from '../../skills';
import { draftOf, withDraft, withDraftMoved, withoutSent, type Draft } from './composing';
import { createComposingStore } from './composing-store';
import { firstChoice, rememberChoice, rememberedChoice } from './model-choice';
import type { RunOptions } from './run-options';
import type { RunTarget } from './use-run-target';

/** What is being written in the open thread, and how it is changed. */
export interface ComposerState {
  draft: Draft;
  setDraft: (change: Partial<Draft>) => void;
  choice: ModelChoice;
  setChoice: (choice: ModelChoice) => void;
  options: RunOptions;
  setOptions: (change: Partial<RunOptions>) => void;
  /** Takes the draft of the open thread along into another. */
  moveTo: (thread: string) => void;
  /** What was sent is said now, in this thread. */
  sent: (thread: string, what: Draft) => void;
}

const store = createComposingStore();

/** `thread`: empty where none is open. */
export function useComposer(thread: string, target: RunTarget): ComposerState {
  const { skill } = useWorkspace();
  // Who logs in next in this window must not find what somebody else was writing.
  const person = useAuth('skills', ({ user }) => user?.id);
  const key = `${person}:${skill.id}`;
  const composing = useSyncExternalStore(store.listen, () => store.read(key));
  const { connections, defaults } = target;
  // Also what was chosen in this panel is passed over once it cannot be used any more.
  const remembered = composing.choice ?? rememberedChoice(window.localStorage, skill.id);
  return {
    draft: draftOf(composing, thread),
    setDraft: (change) => store.change(key, (now) => withDraft(now, thread, change)),
    choice: firstChoice({ connections, remembered, skill, defaults }),
    setChoice: (choice) => {
      store.change(key, (now) => ({ ...now, choice }));
      rememberChoice(window.localStorage, skill.id, choice);
    },
    options: composing.options,
    setOptions: (change) => store.change(key, (now) => ({ ...now, options: { ...now.options, ...change } })),
    moveTo: (to) => store.change(key, (now) => withDraftMoved(now, thread, to)),
    sent: (to, what) => store.change(key, (now) => withoutSent(now, to, what)),
  };
}
