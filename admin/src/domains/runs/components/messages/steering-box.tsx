import { useState, type FormEvent, type KeyboardEvent } from 'react';
import { Button, Field, Flex, Textarea } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { toFailure } from '../../../../http/api-failure';
import { useT } from '../../../../ui/use-t';
import { useSendRunMessageMutation } from '../../api';

const textLength = 100_000;

/** A word to an agent that works: it reads it before its next step. Ctrl+Enter sends it. */
export function SteeringBox({ run }: { run: Run }) {
  const t = useT();
  const [text, setText] = useState('');
  const [send, { isLoading, error }] = useSendRunMessageMutation();
  const ready = text.trim() !== '' && !isLoading;

  const submit = async () => {
    if (!ready) return;
    const result = await send({ id: run.id, text: text.trim() });
    if (!('error' in result)) setText('');
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void submit();
  };
  return (
    <form onSubmit={onSubmit} noValidate>
      <Flex direction="column" alignItems="stretch" gap={2}>
        <Field.Root
          name="steering"
          hint={t('messages.hint')}
          error={error ? toFailure(error).message : undefined}
        >
          <Field.Label>{t('messages.steer')}</Field.Label>
          <Textarea
            value={text}
            maxLength={textLength}
            minHeight="6rem"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <Field.Error />
          <Field.Hint />
        </Field.Root>
        <Flex>
          <Button type="submit" size="S" startIcon={<PaperPlane />} loading={isLoading} disabled={!ready}>
            {t('messages.send')}
          </Button>
        </Flex>
      </Flex>
    </form>
  );
}
