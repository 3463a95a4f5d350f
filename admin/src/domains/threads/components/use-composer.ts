import { useState } from 'react';
import type { ModelChoice } from '../../connections';
import { useWorkspace } from '../../skills';
import { firstChoice, rememberChoice, rememberedChoice } from './model-choice';
import { noOptions, type RunOptions } from './run-options';
import type { RunTarget } from './use-run-target';

/** What is being written, for as long as the tester is open. Each thread has its own draft; what is chosen stays for all of them. */
export interface ComposerState {
  text: string;
  setText: (text: string) => void;
  choice: ModelChoice;
  setChoice: (choice: ModelChoice) => void;
  options: RunOptions;
  setOptions: (change: Partial<RunOptions>) => void;
  files: readonly File[];
  setFiles: (files: readonly File[]) => void;
  /** Takes the draft of no thread along into one that was made for it. */
  moveTo: (thread: string) => void;
  /** What was written has become a run of this thread. */
  sent: (thread: string) => void;
}

/** `thread`: empty where none is open. */
export function useComposer(thread: string, target: RunTarget): ComposerState {
  const { skill } = useWorkspace();
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  const [chosen, setChosen] = useState<ModelChoice>();
  const [options, setOptions] = useState(noOptions);
  const [files, setFiles] = useState<readonly File[]>([]);
  const { connections, defaults } = target;
  const remembered = rememberedChoice(window.localStorage, skill.id);
  const choice = chosen ?? firstChoice({ connections, remembered, skill, defaults });
  return {
    text: drafts[thread] ?? '',
    setText: (text) => setDrafts((all) => ({ ...all, [thread]: text })),
    choice,
    setChoice: (next) => {
      setChosen(next);
      rememberChoice(window.localStorage, skill.id, next);
    },
    options,
    setOptions: (change) => setOptions((now) => ({ ...now, ...change })),
    files,
    setFiles,
    moveTo: (made) => setDrafts((all) => ({ ...all, '': '', [made]: all[''] ?? '' })),
    sent: (to) => {
      setDrafts((all) => ({ ...all, [to]: '' }));
      setFiles([]);
    },
  };
}
