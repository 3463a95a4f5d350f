import { useState } from 'react';
import { Button, Field, Flex } from '@strapi/design-system';
import { useT } from '../../ui/use-t';
import { errorWithin } from './field-errors';
import type { SecretField } from './field-model';
import { inputName, useFormState } from './form-context';
import type { InputProps } from './input-props';
import { SecretActions } from './secret-actions';
import { SecretEntry } from './secret-entry';
import { SecretStored } from './secret-stored';
import { secretStateAt, secretValueOf } from './secrets';
import { VariableSelect } from './variable-select';

/**
 * A secret: it is entered and never shown again. What is stored is told in words, and kept unless it is replaced or cleared. Where the
 * server allows environment variables, it may be taken from one.
 */
export function SecretInput({ field, value, path, onChange }: InputProps<SecretField>) {
  const t = useT();
  const form = useFormState();
  const state = secretStateAt(form.secrets, path);
  const entered = secretValueOf(value);
  const variables = form.secrets?.variables ?? [];
  const [preferred, setPreferred] = useState<'typed' | 'environment'>('typed');
  const stored = state.source !== 'none';
  const entering = entered === undefined ? !stored || form.anew : entered !== null;
  const source =
    typeof entered === 'string'
      ? 'typed'
      : entered
        ? 'environment'
        : variables.length > 0
          ? preferred
          : 'typed';

  const choose = (to: 'typed' | 'environment') => {
    setPreferred(to);
    // What was typed goes with the field that it stood in; what is stored is still being replaced.
    onChange(to === 'environment' ? { env: '' } : stored ? '' : undefined);
  };
  return (
    <Field.Root
      name={inputName(form, path)}
      required={field.required}
      hint={field.hint}
      error={errorWithin(form.errors, path)}
    >
      <Field.Label>{field.label}</Field.Label>
      {entering && !form.disabled ? (
        <Flex direction="column" alignItems="stretch" gap={2}>
          {source === 'environment' ? (
            <VariableSelect
              variables={variables}
              value={entered && typeof entered === 'object' ? entered.env : ''}
              onChange={(env) => onChange({ env })}
            />
          ) : (
            <SecretEntry
              field={field}
              value={typeof entered === 'string' ? entered : ''}
              focused={entered === '' && stored && !form.anew}
              onChange={(text) => onChange(text === '' && !stored ? undefined : text)}
            />
          )}
          <Flex gap={2} wrap="wrap">
            {source === 'environment' ? (
              <Button size="S" variant="tertiary" onClick={() => choose('typed')}>
                {t('schema-form.secret.type-instead')}
              </Button>
            ) : (
              variables.length > 0 && (
                <Button size="S" variant="tertiary" onClick={() => choose('environment')}>
                  {t('schema-form.secret.variable-instead')}
                </Button>
              )
            )}
            {stored && !form.anew && (
              <Button size="S" variant="tertiary" onClick={() => onChange(undefined)}>
                {t('schema-form.secret.keep')}
              </Button>
            )}
          </Flex>
        </Flex>
      ) : (
        <SecretStored state={state} cleared={entered === null}>
          {!form.disabled && (
            <SecretActions
              label={field.label}
              cleared={entered === null}
              mayClear={!field.required}
              onReplace={() => onChange('')}
              onClear={() => onChange(null)}
              onKeep={() => onChange(undefined)}
            />
          )}
        </SecretStored>
      )}
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}
