import { useState } from 'react';
import { Field, Textarea } from '@strapi/design-system';
import { useT } from '../../ui/use-t';
import { errorWithin } from './field-errors';
import type { JsonField } from './field-model';
import { inputName, useFormState } from './form-context';
import type { InputProps } from './input-props';
import { sameSettings, Unreadable } from './settings-values';

function textOf(value: unknown): string {
  if (value instanceof Unreadable) return value.text;
  return value === undefined ? '' : JSON.stringify(value, null, 2);
}

/** What the text says; undefined when there is none. */
function read(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return new Unreadable(text);
  }
}

/** A value for which there is no field of its own, as JSON. The text stays as it is typed. */
export function JsonInput({ field, value, path, onChange }: InputProps<JsonField>) {
  const t = useT();
  const form = useFormState();
  const [typed, setTyped] = useState(() => textOf(value));
  const shown = sameSettings(read(typed), value) ? typed : textOf(value);
  const error =
    errorWithin(form.errors, path) ??
    (value instanceof Unreadable ? t('schema-form.problem.json') : undefined);
  return (
    <Field.Root
      name={inputName(form, path)}
      required={field.required}
      hint={[field.hint, t('schema-form.as-json')].filter(Boolean).join(' ')}
      error={error}
    >
      <Field.Label>{field.label}</Field.Label>
      <Textarea
        value={shown}
        disabled={form.disabled}
        placeholder={field.placeholder ?? (field.shape === 'array' ? '[]' : '{}')}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(read(event.target.value));
        }}
      />
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}
