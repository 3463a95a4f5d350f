import { Field, Toggle } from '@strapi/design-system';
import { useT } from '../../ui/use-t';
import { fieldKey } from './field-errors';
import type { GroupField } from './field-model';
import { Fieldset } from './fieldset';
import { inputName, useFormState } from './form-context';
import type { NestingProps } from './input-props';
import { isRecord } from './json-schema';
import { isOpenGroup, settledGroup, withDefaults } from './settings-values';

/** Settings within a setting. A group that may be left out, and demands something when it is there, is switched on first. */
export function GroupInput({ field, value, path, onChange, Fields }: NestingProps<GroupField>) {
  const t = useT();
  const form = useFormState();
  const open = isOpenGroup(field);
  const there = isRecord(value);
  return (
    <Fieldset label={field.label} hint={field.hint} error={form.errors[fieldKey(path)]}>
      {!open && (
        <Field.Root name={inputName(form, path)} maxWidth="32rem">
          <Field.Label>{t('schema-form.group-set', { name: field.label })}</Field.Label>
          <Toggle
            checked={there}
            disabled={form.disabled}
            onLabel={t('common.yes')}
            offLabel={t('common.no')}
            onChange={(event) =>
              onChange(event.target.checked ? withDefaults(field.fields) : field.nullable ? null : undefined)
            }
          />
        </Field.Root>
      )}
      {(open || there) && (
        <Fields
          fields={field.fields}
          value={there ? value : {}}
          at={path}
          onChange={(to) => onChange(settledGroup(field, to))}
        />
      )}
    </Fieldset>
  );
}
