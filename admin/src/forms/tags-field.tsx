import { useState, type KeyboardEvent } from 'react';
import { Field, Flex, Tag, TextInput } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { composesText } from './composes-text';
import { useT } from '../ui/use-t';

interface TagsFieldProps {
  name: string;
  label: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  hint?: string;
  error?: string;
  required?: boolean;
  disabled?: boolean;
  placeholder?: string;
}

/** Words, each added by Enter or a comma and taken away by its cross. */
export function TagsField(props: TagsFieldProps) {
  const { name, label, values, onChange, hint, error, required, disabled, placeholder } = props;
  const t = useT();
  const [typed, setTyped] = useState('');

  const add = () => {
    const words = typed
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '');
    if (words.length > 0) onChange([...new Set([...values, ...words])]);
    setTyped('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (composesText(event)) return;
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && typed === '' && values.length > 0) {
      onChange(values.slice(0, -1));
    }
  };

  return (
    <Field.Root name={name} hint={hint} error={error} required={required}>
      <Field.Label>{label}</Field.Label>
      {!disabled && (
        <TextInput
          value={typed}
          placeholder={placeholder ?? t('form.tags-placeholder')}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={add}
        />
      )}
      {values.length > 0 && (
        <Flex gap={1} wrap="wrap" paddingTop={1}>
          {values.map((value) => (
            <Tag
              key={value}
              icon={<Cross aria-hidden />}
              label={t('form.remove', { name: value })}
              disabled={disabled}
              onClick={() => onChange(values.filter((other) => other !== value))}
            >
              {value}
            </Tag>
          ))}
        </Flex>
      )}
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}
