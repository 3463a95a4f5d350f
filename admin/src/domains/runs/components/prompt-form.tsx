import { useState, type FormEvent, type KeyboardEvent } from 'react';
import { Button, Field, Flex, Textarea, Typography } from '@strapi/design-system';
import { Play } from '@strapi/icons';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { toFailure } from '../../../http/api-failure';
import { useT } from '../../../ui/use-t';
import { useStartRunMutation } from '../api';
import { ModelField } from './model-field';

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

/** The most that a prompt may have, in characters. */
const promptLength = 100_000;

/** Asks a model to do something with the skill: in words, and with a model to choose. Ctrl+Enter starts it. */
export function PromptForm(props: PromptFormProps) {
  const { skillId, connection, execution, initialPrompt, initialModel, obstacle, onStarted } = props;
  const t = useT();
  const [start, { isLoading, error }] = useStartRunMutation();
  const [prompt, setPrompt] = useState(initialPrompt);
  const [model, setModel] = useState(initialModel);
  const failure = error ? toFailure(error) : undefined;
  const at = failure?.details?.path?.[0];
  const faultOf = (field: string) => (at === field ? failure?.message : undefined);
  const ready = obstacle === undefined && prompt.trim() !== '' && !isLoading;

  const send = async () => {
    if (!ready) return;
    const body = {
      prompt: prompt.trim(),
      ...(model === '' ? {} : { model }),
      ...(execution ? { execution, connection } : {}),
    };
    const result = await start({ skillId, body, idempotencyKey: crypto.randomUUID() });
    if ('data' in result && result.data) onStarted(result.data);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  };
  const elsewhere = at !== 'prompt' && at !== 'model' ? failure?.message : undefined;

  return (
    <form onSubmit={submit} noValidate>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Field.Root name="prompt" required error={faultOf('prompt')} hint={t('run-form.prompt-hint')}>
          <Field.Label>{t('run.prompt')}</Field.Label>
          <Textarea
            value={prompt}
            maxLength={promptLength}
            onChange={(event) => setPrompt(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <Field.Error />
          <Field.Hint />
        </Field.Root>
        {connection !== undefined && (
          <ModelField connection={connection} value={model} error={faultOf('model')} onChange={setModel} />
        )}
        {(obstacle ?? elsewhere) && (
          <Typography textColor="danger600" role="alert" style={{ overflowWrap: 'anywhere' }}>
            {obstacle ?? elsewhere}
          </Typography>
        )}
        <Flex>
          <Button type="submit" startIcon={<Play />} loading={isLoading} disabled={!ready}>
            {t('run-form.start')}
          </Button>
        </Flex>
      </Flex>
    </form>
  );
}
