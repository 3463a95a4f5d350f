import { TagsField } from '../tags-field';
import { errorWithin } from './field-errors';
import type { WordsField } from './field-model';
import { inputName, useFormState } from './form-context';
import type { InputProps } from './input-props';

/** A list of texts, each added by Enter. */
export function WordsInput({ field, value, path, onChange }: InputProps<WordsField>) {
  const form = useFormState();
  const words = Array.isArray(value) ? value.map(String) : [];
  const mayBeLeftOut = !field.required && field.default === undefined;
  return (
    <TagsField
      name={inputName(form, path)}
      label={field.label}
      hint={field.hint}
      error={errorWithin(form.errors, path)}
      required={field.required}
      placeholder={field.placeholder}
      values={words}
      disabled={form.disabled}
      onChange={(to) => onChange(to.length === 0 && mayBeLeftOut ? undefined : to)}
    />
  );
}
