import { Field, Textarea, TextInput } from '@strapi/design-system';

interface TextFieldProps {
  name: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  error?: string;
  required?: boolean;
  disabled?: boolean;
  multiline?: boolean;
  maxLength?: number;
  placeholder?: string;
}

/** A labelled line, or lines, of text. */
export function TextField({ name, label, value, onChange, hint, error, multiline, ...rest }: TextFieldProps) {
  const { required, disabled, maxLength, placeholder } = rest;
  const input = { value, disabled, maxLength, placeholder };
  return (
    <Field.Root name={name} required={required} hint={hint} error={error}>
      <Field.Label>{label}</Field.Label>
      {multiline ? (
        <Textarea {...input} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <TextInput {...input} onChange={(event) => onChange(event.target.value)} />
      )}
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}
