import { Button, Field, Flex, IconButton, TextInput, Textarea, Typography } from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import { useT } from '../../../ui/use-t';
import type { EnvironmentForm, RowFault } from '../environment-form';

type Variable = EnvironmentForm['variables'][number];

interface VariableRowsProps {
  variables: readonly Variable[];
  fault: RowFault | undefined;
  disabled: boolean;
  onChange: (variables: Variable[]) => void;
}

/** Names and values, a row each. */
export function VariableRows({ variables, fault, disabled, onChange }: VariableRowsProps) {
  const t = useT();
  const replace = (index: number, change: Partial<Variable>) =>
    onChange(variables.map((row, at) => (at === index ? { ...row, ...change } : row)));
  const faultAt = (index: number, field: RowFault['field']) =>
    fault?.list === 'variables' && fault.index === index && fault.field === field ? fault.message : undefined;
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      {variables.length === 0 && (
        <Typography textColor="neutral600">{t('environment.no-variables')}</Typography>
      )}
      {variables.map(({ name, value }, index) => (
        <Flex key={index} gap={2} alignItems="flex-start" wrap="wrap">
          <Field.Root name={`variables.${index}.name`} error={faultAt(index, 'name')} flex="1 1 16rem">
            <TextInput
              aria-label={t('environment.variable-name', { number: index + 1 })}
              placeholder="NAME"
              value={name}
              disabled={disabled}
              maxLength={100}
              spellCheck={false}
              onChange={(event) => replace(index, { name: event.target.value })}
            />
            <Field.Error />
          </Field.Root>
          <Field.Root name={`variables.${index}.value`} error={faultAt(index, 'value')} flex="2 1 24rem">
            {value.includes('\n') ? (
              <Textarea
                aria-label={t('environment.variable-value', { name: name || index + 1 })}
                value={value}
                disabled={disabled}
                spellCheck={false}
                onChange={(event) => replace(index, { value: event.target.value })}
              />
            ) : (
              <TextInput
                aria-label={t('environment.variable-value', { name: name || index + 1 })}
                value={value}
                disabled={disabled}
                spellCheck={false}
                onChange={(event) => replace(index, { value: event.target.value })}
              />
            )}
            <Field.Error />
          </Field.Root>
          {!disabled && (
            <IconButton
              label={t('form.remove', { name: name || index + 1 })}
              onClick={() => onChange(variables.filter((_, at) => at !== index))}
            >
              <Trash />
            </IconButton>
          )}
        </Flex>
      ))}
      {!disabled && (
        <Flex>
          <Button
            size="S"
            variant="secondary"
            startIcon={<Plus />}
            onClick={() => onChange([...variables, { name: '', value: '' }])}
          >
            {t('environment.add-variable')}
          </Button>
        </Flex>
      )}
    </Flex>
  );
}
