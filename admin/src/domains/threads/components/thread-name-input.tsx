import { useRef, useState, type KeyboardEvent } from 'react';
import { Box, Field, TextInput } from '@strapi/design-system';
import { useT } from '../../../ui/use-t';

/** The most that a thread's name may have, in characters. */
const nameLength = 255;

interface ThreadNameInputProps {
  label: string;
  initial: string;
  onDone: (name: string) => void;
  onCancel: () => void;
}

/** A thread's name, where it stands: Enter, or leaving the field, takes it; Escape, or leaving it empty, does not. */
export function ThreadNameInput({ label, initial, onDone, onCancel }: ThreadNameInputProps) {
  const t = useT();
  const [name, setName] = useState(initial);
  // Enter takes the field away, which leaves it: the name is taken once.
  const settled = useRef(false);
  const settle = (taken: boolean) => {
    if (settled.current) return;
    settled.current = true;
    const text = name.trim();
    if (taken && text !== '' && text !== initial) onDone(text);
    else onCancel();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    settle(event.key === 'Enter');
  };
  return (
    <Box paddingBottom={2}>
      <Field.Root name="thread-name">
        <TextInput
          aria-label={label}
          autoFocus
          size="S"
          value={name}
          maxLength={nameLength}
          placeholder={t('threads.name-placeholder')}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={() => settle(true)}
        />
      </Field.Root>
    </Box>
  );
}
