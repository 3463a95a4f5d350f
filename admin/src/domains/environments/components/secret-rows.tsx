import { Button, Field, Flex, IconButton, TextInput, Typography } from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import type { Environment } from 'strapi-plugin-skills-shared/contracts';
import { SecretStored } from '../../../forms/schema';
import { SecretActions } from '../../../forms/schema/secret-actions';
import { TimeAgo } from '../../../ui/time-ago';
import { useT } from '../../../ui/use-t';
import type { RowFault, SecretEdit } from '../environment-form';
import { SecretValue } from './secret-value';

interface SecretRowsProps {
  stored: Environment['secrets'];
  edits: readonly SecretEdit[];
  fault: RowFault | undefined;
  disabled: boolean;
  onChange: (edits: SecretEdit[]) => void;
}

/** Secrets are set, replaced and removed; what is stored is never shown. */
export function SecretRows({ stored, edits, fault, disabled, onChange }: SecretRowsProps) {
  const t = useT();
  const faultOf = (edit: SecretEdit) =>
    fault?.list === 'secrets' && edits[fault.index] === edit ? fault : undefined;
  const replace = (edit: SecretEdit, change: Partial<SecretEdit>) =>
    onChange(edits.map((other) => (other === edit ? { ...other, ...change } : other)));
  const drop = (edit: SecretEdit) => onChange(edits.filter((other) => other !== edit));
  const added = edits.filter(({ isNew }) => isNew);
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      {stored.length === 0 && added.length === 0 && (
        <Typography textColor="neutral600">{t('environment.no-secrets')}</Typography>
      )}
      {stored.map(({ name, updatedAt }) => {
        const edit = edits.find((other) => other.name === name && !other.isNew);
        return (
          <StoredSecret
            key={name}
            name={name}
            updatedAt={updatedAt}
            edit={edit}
            error={edit && faultOf(edit)?.message}
            disabled={disabled}
            onSet={(value) =>
              edit ? replace(edit, { value }) : onChange([...edits, { name, value, isNew: false }])
            }
            onKeep={() => edit && drop(edit)}
          />
        );
      })}
      {added.map((edit, index) => (
        <NewSecret
          key={index}
          number={index + 1}
          edit={edit}
          fault={faultOf(edit)}
          onChange={(change) => replace(edit, change)}
          onDrop={() => drop(edit)}
        />
      ))}
      {!disabled && (
        <Flex>
          <Button
            size="S"
            variant="secondary"
            startIcon={<Plus />}
            onClick={() => onChange([...edits, { name: '', value: '', isNew: true }])}
          >
            {t('environment.add-secret')}
          </Button>
        </Flex>
      )}
    </Flex>
  );
}

interface StoredSecretProps {
  name: string;
  updatedAt: string;
  edit: SecretEdit | undefined;
  error: string | undefined;
  disabled: boolean;
  onSet: (value: string | null) => void;
  onKeep: () => void;
}

function StoredSecret({ name, updatedAt, edit, error, disabled, onSet, onKeep }: StoredSecretProps) {
  const t = useT();
  const replacing = typeof edit?.value === 'string';
  return (
    <Field.Root name={`secrets.${name}`} error={error}>
      <Flex gap={2} alignItems="baseline" wrap="wrap">
        <Typography variant="pi" fontWeight="bold">
          {name}
        </Typography>
        <Typography variant="pi" textColor="neutral600">
          {t('environment.secret-set')} <TimeAgo at={updatedAt} />
        </Typography>
      </Flex>
      {replacing && !disabled ? (
        <Flex direction="column" alignItems="stretch" gap={2}>
          <SecretValue
            label={t('environment.secret-value', { name })}
            value={edit.value ?? ''}
            focused={edit.value === ''}
            onChange={onSet}
          />
          <Flex>
            <Button size="S" variant="tertiary" onClick={onKeep}>
              {t('schema-form.secret.keep')}
            </Button>
          </Flex>
        </Flex>
      ) : (
        <SecretStored state={{ source: 'stored' }} cleared={edit?.value === null}>
          {!disabled && (
            <SecretActions
              label={name}
              cleared={edit?.value === null}
              mayClear
              onReplace={() => onSet('')}
              onClear={() => onSet(null)}
              onKeep={onKeep}
            />
          )}
        </SecretStored>
      )}
      <Field.Error />
    </Field.Root>
  );
}

interface NewSecretProps {
  number: number;
  edit: SecretEdit;
  fault: RowFault | undefined;
  onChange: (change: Partial<SecretEdit>) => void;
  onDrop: () => void;
}

function NewSecret({ number, edit, fault, onChange, onDrop }: NewSecretProps) {
  const t = useT();
  const label = edit.name || t('environment.new-secret', { number });
  return (
    <Flex gap={2} alignItems="flex-start" wrap="wrap">
      <Field.Root
        name={`secrets.new.${number}.name`}
        error={fault?.field === 'name' ? fault.message : undefined}
        flex="1 1 16rem"
      >
        <TextInput
          aria-label={t('environment.secret-name', { number })}
          placeholder="NAME"
          value={edit.name}
          maxLength={100}
          spellCheck={false}
          onChange={(event) => onChange({ name: event.target.value })}
        />
        <Field.Error />
      </Field.Root>
      <Field.Root
        name={`secrets.new.${number}.value`}
        error={fault?.field === 'value' ? fault.message : undefined}
        flex="2 1 24rem"
      >
        <SecretValue
          label={t('environment.secret-value', { name: label })}
          value={edit.value ?? ''}
          focused={false}
          onChange={(value) => onChange({ value })}
        />
        <Field.Error />
      </Field.Root>
      <IconButton label={t('form.remove', { name: label })} onClick={onDrop}>
        <Trash />
      </IconButton>
    </Flex>
  );
}
