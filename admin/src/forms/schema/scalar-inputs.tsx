import { Field, NumberInput, Textarea, TextInput, Toggle, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { useT, type Translate } from '../../ui/use-t';
import { errorWithin } from './field-errors';
import type { NumberField, SwitchField, TextField } from './field-model';
import { inputName, useFormState } from './form-context';
import type { InputProps } from './input-props';

/** Text of one line or several. */
export function LineInput({ field, value, path, onChange }: InputProps<TextField>) {
  const t = useT();
  const form = useFormState();
  const text = typeof value === 'string' ? value : '';
  const input = { value: text, disabled: form.disabled, placeholder: field.placeholder };
  const change = (to: string) => onChange(to === '' ? (field.nullable ? null : undefined) : to);
  const hasSecrets = Object.values(form.secrets?.states ?? {}).some(({ source }) => source !== 'none');
  const warns = field.destination && form.anew && hasSecrets;
  return (
    <Field.Root
      name={inputName(form, path)}
      required={field.required}
      hint={field.hint}
      error={errorWithin(form.errors, path)}
    >
      <Field.Label>{field.label}</Field.Label>
      {field.multiline ? (
        <Textarea {...input} onChange={(event) => change(event.target.value)} />
      ) : (
        <TextInput {...input} autoComplete="off" onChange={(event) => change(event.target.value)} />
      )}
      <Field.Error />
      <Field.Hint />
      {warns && (
        <Typography variant="pi" role="status" textColor="warning700">
          {t('schema-form.destination-changed')}
        </Typography>
      )}
    </Field.Root>
  );
}

/** What a number may be, where the schema says more than "a number". */
function rangeOf(t: Translate, { rules: { minimum: min, maximum: max } }: NumberField): string | undefined {
  if (min !== undefined && max !== undefined) return t('schema-form.range', { min, max });
  if (min !== undefined) return t('schema-form.range-from', { min });
  return max === undefined ? undefined : t('schema-form.range-to', { max });
}

export function NumericInput({ field, value, path, onChange }: InputProps<NumberField>) {
  const t = useT();
  const { locale } = useIntl();
  const form = useFormState();
  return (
    <Field.Root
      name={inputName(form, path)}
      required={field.required}
      hint={[field.hint, rangeOf(t, field)].filter(Boolean).join(' ')}
      error={errorWithin(form.errors, path)}
    >
      <Field.Label>{field.label}</Field.Label>
      <NumberInput
        locale={locale}
        value={typeof value === 'number' ? value : undefined}
        step={field.rules.multipleOf ?? (field.rules.integer ? 1 : 0.1)}
        disabled={form.disabled}
        placeholder={field.placeholder}
        onValueChange={(to) => onChange(to ?? (field.nullable ? null : undefined))}
      />
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}

export function SwitchInput({ field, value, path, onChange }: InputProps<SwitchField>) {
  const t = useT();
  const form = useFormState();
  return (
    <Field.Root
      name={inputName(form, path)}
      hint={field.hint}
      error={errorWithin(form.errors, path)}
      maxWidth="32rem"
    >
      <Field.Label>{field.label}</Field.Label>
      <Toggle
        checked={value === true}
        disabled={form.disabled}
        onLabel={t('common.yes')}
        offLabel={t('common.no')}
        onChange={(event) => onChange(event.target.checked)}
      />
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}
