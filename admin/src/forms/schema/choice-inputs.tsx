import {
  Field,
  MultiSelect,
  MultiSelectOption,
  SingleSelect,
  SingleSelectOption,
} from '@strapi/design-system';
import { useT } from '../../ui/use-t';
import { errorWithin } from './field-errors';
import type { Choice, ChoiceField, ChoicesField, YesNoField } from './field-model';
import { inputName, useFormState } from './form-context';
import type { InputProps } from './input-props';

/** One of a few values. What need not be chosen can be taken back. */
export function ChoiceInput({ field, value, path, onChange }: InputProps<ChoiceField>) {
  const t = useT();
  const form = useFormState();
  const chosen = field.choices.find((choice) => choice.value === value);
  const clear = () => onChange(field.nullable ? null : undefined);
  return (
    <Field.Root
      name={inputName(form, path)}
      required={field.required}
      hint={field.hint}
      error={errorWithin(form.errors, path)}
    >
      <Field.Label>{field.label}</Field.Label>
      <SingleSelect
        value={chosen ? String(chosen.value) : value === undefined || value === null ? null : String(value)}
        disabled={form.disabled}
        placeholder={field.placeholder ?? t('schema-form.choose')}
        onChange={(text) =>
          onChange(field.choices.find((choice) => String(choice.value) === String(text))?.value)
        }
        {...(field.required || field.default !== undefined || form.disabled
          ? {}
          : { onClear: clear, clearLabel: t('schema-form.take-back', { name: field.label }) })}
      >
        {field.choices.map((choice) => (
          <SingleSelectOption key={String(choice.value)} value={String(choice.value)}>
            {choice.label}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}

/** Yes, no, or nothing said. */
export function YesNoInput({ field, ...props }: InputProps<YesNoField>) {
  const t = useT();
  const choices: Choice[] = [
    { value: true, label: t('common.yes') },
    { value: false, label: t('common.no') },
  ];
  return <ChoiceInput field={{ ...field, kind: 'choice', choices }} {...props} />;
}

/** Several of a few values. */
export function ChoicesInput({ field, value, path, onChange }: InputProps<ChoicesField>) {
  const t = useT();
  const form = useFormState();
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const change = (texts: string[]) => {
    const values = field.choices.filter((choice) => texts.includes(String(choice.value)));
    const nothing = values.length === 0 && !field.required && field.default === undefined;
    onChange(nothing ? undefined : values.map((choice) => choice.value));
  };
  return (
    <Field.Root
      name={inputName(form, path)}
      required={field.required}
      hint={field.hint}
      error={errorWithin(form.errors, path)}
    >
      <Field.Label>{field.label}</Field.Label>
      <MultiSelect
        withTags
        value={chosen}
        disabled={form.disabled}
        placeholder={field.placeholder ?? t('schema-form.choose')}
        onChange={change}
      >
        {field.choices.map((choice) => (
          <MultiSelectOption key={String(choice.value)} value={String(choice.value)}>
            {choice.label}
          </MultiSelectOption>
        ))}
      </MultiSelect>
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}
