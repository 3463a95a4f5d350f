import type { FormEvent, KeyboardEvent, ReactNode } from 'react';
import { Button, Field, Flex, Textarea, Typography } from '@strapi/design-system';
import { Play } from '@strapi/icons';
import { useT } from '../../../ui/use-t';

/** The most that a prompt may have, in characters. */
const promptLength = 100_000;

interface PromptFrameProps {
  prompt: string;
  onPrompt: (prompt: string) => void;
  /** What is wrong with the prompt itself. */
  promptError: string | undefined;
  /** What is wrong besides, and stands at no field. */
  trouble: string | undefined;
  /** Whether nothing but a prompt is missing. */
  open: boolean;
  isLoading: boolean;
  /** Called with the prompt, without the space around it. */
  onSend: (prompt: string) => Promise<void>;
  /** The fields below the prompt. */
  children: ReactNode;
}

/** A form that asks for something in words. Ctrl+Enter sends it. */
export function PromptFrame(props: PromptFrameProps) {
  const { prompt, onPrompt, promptError, trouble, open, isLoading, onSend, children } = props;
  const t = useT();
  const ready = open && prompt.trim() !== '' && !isLoading;
  const send = () => {
    if (ready) void onSend(prompt.trim());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Field.Root name="prompt" required error={promptError} hint={t('run-form.prompt-hint')}>
          <Field.Label>{t('run.prompt')}</Field.Label>
          <Textarea
            value={prompt}
            maxLength={promptLength}
            onChange={(event) => onPrompt(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <Field.Error />
          <Field.Hint />
        </Field.Root>
        {children}
        {trouble !== undefined && (
          <Typography textColor="danger600" role="alert" style={{ overflowWrap: 'anywhere' }}>
            {trouble}
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
