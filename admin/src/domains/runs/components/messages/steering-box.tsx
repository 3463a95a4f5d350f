import type { Dispatch, FormEvent, KeyboardEvent, SetStateAction } from 'react';
import { Button, Field, Flex, Textarea } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { toFailure } from '../../../../http/api-failure';
import { useT } from '../../../../ui/use-t';
import { useSendRunMessageMutation } from '../../api';
import { hasEnded } from '../run-state';

const textLength = 100_000;

interface SteeringBoxProps {
  run: Run;
  /** Held where it outlives a look at another part of the run. */
  text: string;
  onText: Dispatch<SetStateAction<string>>;
}

/**
 * A word to an agent that works: it reads it before its next step. Ctrl+Enter sends it. What was not sent when the run ends stays to be
 * read and copied.
 */
export function SteeringBox({ run, text, onText }: SteeringBoxProps) {
  const t = useT();
  const [send, { isLoading, error }] = useSendRunMessageMutation();
  const ended = hasEnded(run.status);
  const ready = text.trim() !== '' && !isLoading && !ended;
  if (ended && text === '') return null;

  const submit = async () => {
    if (!ready) return;
    const result = await send({ id: run.id, text: text.trim() });
    // What was written on while it was sent is the next message.
    if (!('error' in result)) onText((now) => (now === text ? '' : now));
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
          hint={t(ended ? 'messages.not-sent' : 'messages.hint')}
          error={error ? toFailure(error).message : undefined}
        >
          <Field.Label>{t('messages.steer')}</Field.Label>
          <Textarea
            value={text}
            maxLength={textLength}
            minHeight="6rem"
            readOnly={ended}
            onChange={(event) => onText(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <Field.Error />
          <Field.Hint />
        </Field.Root>
        {!ended && (
          <Flex>
            <Button type="submit" size="S" startIcon={<PaperPlane />} loading={isLoading} disabled={!ready}>
              {t('messages.send')}
            </Button>
          </Flex>
        )}
      </Flex>
    </form>
  );
}
