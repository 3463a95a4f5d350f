import { useState } from 'react';
import type { Run, Skill } from 'strapi-plugin-skills-shared/contracts';
import { toFailure } from '../../../http/api-failure';
import { useT } from '../../../ui/use-t';
import {
  ChatConnectionsNote,
  ModelChoiceFields,
  useChatConnections,
  type ModelChoice,
} from '../../connections';
import { useStartRunMutation } from '../api';
import { PromptFrame } from './prompt-frame';
import { CarriedOptions } from './carried-options';
import { agentRequest, type RunDraft } from './run-draft';

interface AgentFormProps {
  skill: Pick<Skill, 'id'>;
  /** Whether the connections may be seen, and so be chosen from. */
  mayChoose: boolean;
  /** What the form begins with: an earlier run's. */
  draft: RunDraft;
  /** Why the version cannot be run now. */
  obstacle: string | undefined;
  onStarted: (run: Run) => void;
}

/** Asks an agent to do something with the skill. Without a choice it works with the skill's model, or the plugin's. Ctrl+Enter starts it. */
export function AgentForm({ skill, mayChoose, draft, obstacle, onStarted }: AgentFormProps) {
  const t = useT();
  const [start, { isLoading, error }] = useStartRunMutation();
  const found = useChatConnections({ skip: !mayChoose });
  const [prompt, setPrompt] = useState(draft.prompt ?? '');
  const [choice, setChoice] = useState<ModelChoice>({
    connection: draft.connection?.id ?? '',
    model: draft.model ?? '',
  });
  const [carried, setCarried] = useState(draft.carried ?? {});
  const failure = error ? toFailure(error) : undefined;
  const at = failure?.details?.path?.[0];

  const send = async (text: string) => {
    const body = agentRequest(text, choice, carried);
    const result = await start({ skillId: skill.id, body });
    if ('data' in result && result.data) onStarted(result.data);
  };
  const shownAtField =
    at === 'prompt' || (choice.connection !== '' && (at === 'connection' || at === 'model'));
  const elsewhere = obstacle ?? (shownAtField ? undefined : failure?.message);
  return (
    <PromptFrame
      prompt={prompt}
      onPrompt={setPrompt}
      promptError={at === 'prompt' ? failure?.message : undefined}
      trouble={elsewhere}
      open={obstacle === undefined}
      isLoading={isLoading}
      onSend={send}
    >
      {mayChoose && (
        <>
          <ModelChoiceFields
            connections={found.connections}
            value={choice}
            noneLabel={t('run-form.connection-default')}
            failure={failure}
            stacked
            onChange={setChoice}
          />
          <ChatConnectionsNote found={found} />
        </>
      )}
      <CarriedOptions carried={carried} onChange={setCarried} />
    </PromptFrame>
  );
}
