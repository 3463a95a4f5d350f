import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useField, type Filters } from '@strapi/strapi/admin';

/** A filter's value from a list. Strapi shows a chosen option by its label only for filters with an input of their own. */
export function FilterSelect({ name, options = [], 'aria-label': label }: Filters.ValueInputProps) {
  const field = useField<string>(name);
  return (
    <Field.Root name={name}>
      <SingleSelect
        aria-label={label}
        value={field.value ?? null}
        onChange={(value) => field.onChange(name, String(value))}
      >
        {options.map((option) => {
          const { value, label: text = value } = typeof option === 'string' ? { value: option } : option;
          return (
            <SingleSelectOption key={value} value={value}>
              {text}
            </SingleSelectOption>
          );
        })}
      </SingleSelect>
    </Field.Root>
  );
}
