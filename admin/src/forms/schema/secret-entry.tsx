import { useState } from 'react';
import { Field, Textarea, TextInput } from '@strapi/design-system';
import { Eye, EyeStriked } from '@strapi/icons';
import { useT } from '../../ui/use-t';
import type { SecretField } from './field-model';

interface SecretEntryProps {
  field: SecretField;
  value: string;
  /** Takes the focus: the field has just taken the place of the button that was pressed. */
  focused: boolean;
  onChange: (value: string) => void;
}

/** Where a secret is typed. What is typed here may be looked at; it is never filled in by us, nor kept by the browser. */
export function SecretEntry({ field, value, focused, onChange }: SecretEntryProps) {
  const t = useT();
  const [shown, setShown] = useState(false);
  const input = { value, placeholder: field.placeholder, autoFocus: focused };
  if (field.multiline) {
    return (
      <Textarea
        {...input}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return (
    <TextInput
      {...input}
      type={shown ? 'text' : 'password'}
      autoComplete="new-password"
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
      endAction={
        <Field.Action
          label={t(shown ? 'schema-form.secret.hide' : 'schema-form.secret.show')}
          onClick={() => setShown(!shown)}
        >
          {shown ? <Eye fill="neutral500" /> : <EyeStriked fill="neutral500" />}
        </Field.Action>
      }
    />
  );
}
