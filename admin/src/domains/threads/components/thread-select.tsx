import { useState } from 'react';
import { Box, Field, Flex, IconButton, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import type { Thread } from 'strapi-plugin-skills-shared/contracts';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useRenameThreadMutation } from '../api';
import { ThreadMenu } from './thread-menu';
import { ThreadNameInput } from './thread-name-input';
import { useFocusBack } from './use-focus-back';

interface ThreadSelectProps {
  threads: readonly Thread[];
  current: Thread | undefined;
  editable: boolean;
  onChoose: (threadId: string) => void;
  onCreate: (name: string) => void;
  onDeleted: (thread: Thread) => void;
}

/** The threads where there is no room for a list beside the runs. */
export function ThreadSelect({
  threads,
  current,
  editable,
  onChoose,
  onCreate,
  onDeleted,
}: ThreadSelectProps) {
  const t = useT();
  const notify = useNotify();
  const [naming, setNaming] = useState<'new' | 'current'>();
  const [rename] = useRenameThreadMutation();
  // One that was opened by its address may stand on another page of the list.
  const options = current && threads.every(({ id }) => id !== current.id) ? [current, ...threads] : threads;
  const { container, closedByKey } = useFocusBack<HTMLDivElement>(naming !== undefined);
  const close = (byKey: boolean) => {
    if (byKey) closedByKey();
    setNaming(undefined);
  };
  const take = async (name: string, byKey: boolean) => {
    if (naming === 'new' || !current) {
      setNaming(undefined);
      return onCreate(name);
    }
    close(byKey);
    const result = await rename({ id: current.id, skillId: current.skillId, name });
    if ('error' in result) notify.failure(result.error);
  };
  if (naming !== undefined) {
    return (
      <ThreadNameInput
        label={
          naming === 'new' || !current
            ? t('threads.new-name')
            : t('threads.rename-label', { name: current.name })
        }
        initial={naming === 'new' ? '' : (current?.name ?? '')}
        onDone={take}
        onCancel={close}
      />
    );
  }
  return (
    <Flex ref={container} gap={2} alignItems="flex-end">
      <Box flex="1" minWidth={0}>
        <Field.Root name="thread">
          <Field.Label>{t('threads.thread')}</Field.Label>
          <SingleSelect
            value={current?.id ?? null}
            placeholder={t('threads.choose')}
            disabled={options.length === 0}
            onChange={(id) => onChoose(String(id))}
          >
            {options.map(({ id, name, activeRuns }) => (
              <SingleSelectOption key={id} value={id}>
                {activeRuns > 0 ? `${name} ●` : name}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Field.Root>
      </Box>
      {editable && (
        <IconButton label={t('threads.new')} onClick={() => setNaming('new')}>
          <Plus aria-hidden />
        </IconButton>
      )}
      {editable && current && (
        <ThreadMenu
          thread={current}
          onRename={() => setNaming('current')}
          onDeleted={() => onDeleted(current)}
        />
      )}
    </Flex>
  );
}
