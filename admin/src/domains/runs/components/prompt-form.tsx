import { useState } from 'react';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { toFailure } from '../../../http/api-failure';
import { useStartRunMutation } from '../api';
import { ModelField } from '../../connections';
import { PromptFrame } from './prompt-frame';

interface PromptFormProps {
  skillId: string;
  /** Whose models there are to choose from; undefined when it cannot be used now. */
  connection: string | undefined;
  /** Set where the caller says where the run works: in the provider's container. */
  execution?: 'hosted';
  /** What the form begins with: an earlier run's. */
  initialPrompt: string;
  initialModel: string;
  /** Why the version cannot be run now. */
  obstacle?: string;
  onStarted: (run: Run) => void;
}

/** Asks a model to do something with the skill: in words, and with a model to choose. Ctrl+Enter starts it. */
export function PromptForm(props: PromptFormProps) {
  const { skillId, connection, execution, initialPrompt, initialModel, obstacle, onStarted } = props;
  const [start, { isLoading, error }] = useStartRunMutation();
  const [prompt, setPrompt] = useState(initialPrompt);
  const [model, setModel] = useState(initialModel);
  const failure = error ? toFailure(error) : undefined;
  const at = failure?.details?.path?.[0];
  const faultOf = (field: string) => (at === field ? failure?.message : undefined);

  const send = async (text: string) => {
    const body = {
      prompt: text,
      ...(model === '' ? {} : { model }),
      ...(execution ? { execution, connection } : {}),
    };
    const result = await start({ skillId, body });
    if ('data' in result && result.data) onStarted(result.data);
  };
  const elsewhere = at !== 'prompt' && at !== 'model' ? failure?.message : undefined;

  return (
    <PromptFrame
      prompt={prompt}
      onPrompt={setPrompt}
      promptError={faultOf('prompt')}
      trouble={obstacle ?? elsewhere}
      open={obstacle === undefined}
      isLoading={isLoading}
      onSend={send}
    >
      {connection !== undefined && (
        <ModelField connection={connection} value={model} error={faultOf('model')} onChange={setModel} />
      )}
    </PromptFrame>
  );
}
