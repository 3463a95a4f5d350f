import { useMemo } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import { useT } from '../../ui/use-t';
import type { FieldErrors } from './field-errors';
import { fieldsOf } from './field-model';
import { FormContext, type FormState } from './form-context';
import type { JsonSchema } from './json-schema';
import { SchemaFields } from './schema-fields';
import { destinationChanged, type SecretsOf } from './secrets';
import type { SettingsValue } from './settings-values';

export interface SchemaFormProps {
  /** JSON Schema of an object, draft 2020-12. Keep its identity: the fields are made anew with another one. */
  schema: JsonSchema;
  /** Begin with `initialSettings(schema, stored)`, so that the defaults are there to be seen. */
  value: SettingsValue;
  onChange: (value: SettingsValue) => void;
  /** By the dotted path of the field; `useSettingsForm` makes them. The one at `''` stands above the fields. */
  errors?: FieldErrors;
  /** Needed by schemas with secret fields. */
  secrets?: SecretsOf;
  disabled?: boolean;
  /** What the names of inputs begin with; `settings` unless told. */
  name?: string;
}

const noErrors: FieldErrors = {};

/**
 * Fields for settings that a JSON Schema describes: the same for a connection and for a skill. What the schema says that no field can
 * ask for is asked for as JSON. It is controlled and holds no form element of its own:
 *
 * ```tsx
 * const [value, setValue] = useState(() => initialSettings(schema, stored));
 * const { errors, attempt } = useSettingsForm({ schema, value, failure });
 * // on submit: if (attempt()) save(value)
 * <SchemaForm schema={schema} value={value} onChange={setValue} errors={errors} />
 * ```
 */
export function SchemaForm(props: SchemaFormProps) {
  const { schema, value, onChange, errors = noErrors, secrets, disabled = false, name = 'settings' } = props;
  const t = useT();
  const fields = useMemo(() => fieldsOf(schema), [schema]);
  const anew = destinationChanged(fields, value, secrets?.saved);
  const state = useMemo<FormState>(
    () => ({ name, errors, secrets, anew, disabled }),
    [name, errors, secrets, anew, disabled],
  );
  if (fields.every(({ kind }) => kind === 'fixed')) {
    return <Typography textColor="neutral600">{t('schema-form.nothing')}</Typography>;
  }
  return (
    <FormContext.Provider value={state}>
      <Flex direction="column" alignItems="stretch" gap={5}>
        {errors[''] && (
          <Typography role="alert" textColor="danger600">
            {errors['']}
          </Typography>
        )}
        <SchemaFields fields={fields} value={value} at={[]} onChange={onChange} />
      </Flex>
    </FormContext.Provider>
  );
}
