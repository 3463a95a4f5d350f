import type { ReactNode } from 'react';
import type { SchemaField } from './field-model';
import { ChoicesInput, ChoiceInput, YesNoInput } from './choice-inputs';
import { GroupInput } from './group-input';
import type { FieldsProps, InputProps } from './input-props';
import { JsonInput } from './json-input';
import { ListInput } from './list-input';
import { NumericInput, SwitchInput, LineInput } from './scalar-inputs';
import { SecretInput } from './secret-input';
import { changed } from './settings-values';
import { WordsInput } from './words-input';

/** The inputs of an object's fields, in their order. */
export function SchemaFields({ fields, value, at, onChange }: FieldsProps) {
  return (
    <>
      {fields.map((field) => (
        <SchemaInput
          key={field.name}
          field={field}
          value={value[field.name]}
          path={[...at, field.name]}
          onChange={(to) => onChange(changed(value, field.name, to))}
        />
      ))}
    </>
  );
}

function SchemaInput({ field, ...props }: InputProps<SchemaField>): ReactNode {
  switch (field.kind) {
    case 'text':
      return <LineInput field={field} {...props} />;
    case 'secret':
      return <SecretInput field={field} {...props} />;
    case 'number':
      return <NumericInput field={field} {...props} />;
    case 'switch':
      return <SwitchInput field={field} {...props} />;
    case 'yes-no':
      return <YesNoInput field={field} {...props} />;
    case 'choice':
      return <ChoiceInput field={field} {...props} />;
    case 'choices':
      return <ChoicesInput field={field} {...props} />;
    case 'words':
      return <WordsInput field={field} {...props} />;
    case 'list':
      return <ListInput field={field} Fields={SchemaFields} {...props} />;
    case 'group':
      return <GroupInput field={field} Fields={SchemaFields} {...props} />;
    case 'json':
      return <JsonInput field={field} {...props} />;
    case 'fixed':
      return null;
  }
}
