import { useRef, useState, type KeyboardEvent } from 'react';
import { Box, Field, TextInput } from '@strapi/design-system';
import { composesText } from '../../../forms/composes-text';
import { useT } from '../../../ui/use-t';

/** The most that a thread's name may have, in characters. */
const nameLength = 255;

interface ThreadNameInputProps {
  label: string;
  initial: string;
  /** `byKey`: the focus was in the field until now, and is nowhere when the field is gone. */
  onDone: (name: string, byKey: boolean) => void;
  onCancel: (byKey: boolean) => void;
}

/** A thread's name, where it stands: Enter, or leaving the field, takes it; Escape, or leaving it empty, does not. */
export function ThreadNameInput({ label, initial, onDone, onCancel }: ThreadNameInputProps) {
  const t = useT();
  const [name, setName] = useState(initial);
  // Enter takes the field away, which leaves it: the name is taken once.
  const settled = useRef(false);
  const settle = (taken: boolean, byKey: boolean) => {
    if (settled.current) return;
    settled.current = true;
    const text = name.trim();
    if (taken && text !== '' && text !== initial) onDone(text, byKey);
    else onCancel(byKey);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.key !== 'Enter' && event.key !== 'Escape') || composesText(event)) return;
    event.preventDefault();
    event.stopPropagation();
    settle(event.key === 'Enter', true);
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
          onBlur={() => settle(true, false)}
        />
      </Field.Root>
    </Box>
  );
}
