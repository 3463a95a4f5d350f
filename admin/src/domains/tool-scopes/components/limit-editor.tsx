import { useState } from 'react';
import type { ScopeLimit, ToolScope } from 'strapi-plugin-skills-shared/contracts';
import {
  Badge,
  Button,
  Field,
  Flex,
  MultiSelect,
  MultiSelectOption,
  Typography,
} from '@strapi/design-system';
import { Check, Pencil } from '@strapi/icons';
import { ChoiceField } from '../../../forms/choice-field';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useUpdateScopeLimitMutation } from '../api';

interface LimitEditorProps {
  limit: ScopeLimit;
  scopes: readonly ToolScope[];
  editable: boolean;
}

/** The limit of one token or role: read, and changed in its place. */
export function LimitEditor({ limit, scopes, editable }: LimitEditorProps) {
  const t = useT();
  const [editing, setEditing] = useState(false);
  const { subject } = limit;
  return (
    <Flex
      tag="li"
      direction="column"
      alignItems="stretch"
      gap={3}
      paddingTop={3}
      paddingBottom={3}
      data-limit={`${subject.type}:${subject.name}`}
    >
      <Flex gap={3} justifyContent="space-between" wrap="wrap">
        <Flex gap={2} wrap="wrap" minWidth={0}>
          <Typography fontWeight="semiBold" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
            {subject.name}
          </Typography>
          <Badge>{t(`scopes.subject.${subject.type}`)}</Badge>
        </Flex>
        {editable && !editing && (
          <Button
            size="S"
            variant="tertiary"
            startIcon={<Pencil />}
            aria-label={t('scopes.edit-of', { name: subject.name })}
            onClick={() => setEditing(true)}
          >
            {t('scopes.edit')}
          </Button>
        )}
      </Flex>
      {editing ? (
        <LimitForm limit={limit} scopes={scopes} onClose={() => setEditing(false)} />
      ) : (
        <LimitTold scopes={limit.scopes} known={scopes} />
      )}
    </Flex>
  );
}

function LimitTold({ scopes, known }: { scopes: readonly string[] | null; known: readonly ToolScope[] }) {
  const t = useT();
  if (scopes === null) return <Typography textColor="neutral600">{t('scopes.no-limit')}</Typography>;
  if (scopes.length === 0)
    return <Typography textColor="warning700">{t('scopes.nothing-allowed')}</Typography>;
  return (
    <Flex gap={1} wrap="wrap">
      {scopes.map((id) => (
        <Badge key={id} variant="primary" title={id}>
          {known.find((scope) => scope.id === id)?.name ?? t('scopes.unknown', { id })}
        </Badge>
      ))}
    </Flex>
  );
}

function LimitForm({ limit, scopes, onClose }: Omit<LimitEditorProps, 'editable'> & { onClose: () => void }) {
  const t = useT();
  const notify = useNotify();
  const [save, { isLoading }] = useUpdateScopeLimitMutation();
  const [chosen, setChosen] = useState<readonly string[] | null>(limit.scopes);
  // A scope whose plugin is gone still limits: it stays to be seen, and to be taken out.
  const gone = (limit.scopes ?? []).filter((id) => scopes.every((scope) => scope.id !== id));
  const choices = [
    ...scopes.map(({ id, name }) => ({ id, name })),
    ...gone.map((id) => ({ id, name: t('scopes.unknown', { id }) })),
  ];
  const name = `limit.${limit.subject.type}.${limit.subject.id}`;

  const submit = async () => {
    const result = await save({ subject: limit.subject, scopes: chosen && [...chosen] });
    if ('error' in result) return notify.failure(result.error);
    notify.success(t('scopes.saved', { name: limit.subject.name }));
    onClose();
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={4} background="neutral100" hasRadius padding={4}>
      <ChoiceField
        name={`${name}.kind`}
        label={t('scopes.may-use')}
        value={chosen === null ? 'all' : 'some'}
        choices={[
          { value: 'all', label: t('scopes.no-limit') },
          { value: 'some', label: t('scopes.only') },
        ]}
        onChange={(kind) => setChosen(kind === 'all' ? null : (limit.scopes ?? []))}
      />
      {chosen !== null && (
        <Field.Root
          name={`${name}.scopes`}
          hint={chosen.length === 0 ? t('scopes.nothing-allowed') : t('scopes.unscoped-hint')}
        >
          <Field.Label>{t('scopes.title')}</Field.Label>
          <MultiSelect
            withTags
            value={[...chosen]}
            placeholder={t('scopes.choose')}
            onChange={(to: string[]) => setChosen(to)}
          >
            {choices.map((choice) => (
              <MultiSelectOption key={choice.id} value={choice.id}>
                {choice.name}
              </MultiSelectOption>
            ))}
          </MultiSelect>
          <Field.Hint />
        </Field.Root>
      )}
      <Flex gap={2} justifyContent="flex-end">
        <Button size="S" variant="tertiary" disabled={isLoading} onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button size="S" startIcon={<Check />} loading={isLoading} onClick={() => void submit()}>
          {t('common.save')}
        </Button>
      </Flex>
    </Flex>
  );
}
