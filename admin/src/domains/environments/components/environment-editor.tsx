import type { FormEvent } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import type { Environment } from 'strapi-plugin-skills-shared/contracts';
import { ConflictNotice } from '../../../forms/conflict-notice';
import { useKeptForm } from '../../../forms/use-kept-form';
import { toFailure } from '../../../http/api-failure';
import { Panel } from '../../../ui/panel';
import { useNotify } from '../../../ui/use-notify';
import { useT, type MessageKey } from '../../../ui/use-t';
import { useUnsavedGuard } from '../../../ui/use-unsaved-guard';
import { useSaveEnvironmentMutation } from '../api';
import {
  formAfterSave,
  formOf,
  rowFaultOf,
  saveOf,
  type EnvironmentForm,
  type FormField,
} from '../environment-form';
import { BuildPanel } from './build-panel';
import { HostsField } from './hosts-field';
import { SecretRows } from './secret-rows';
import { SetupEditor } from './setup-editor';
import { VariableRows } from './variable-rows';

const labels: Record<FormField, MessageKey> = {
  variables: 'environment.variables',
  secrets: 'environment.secrets',
  setup: 'environment.setup',
  allowedHosts: 'environment.hosts',
};

/** A field as a text for people; of secrets their names alone. */
function textOf(form: EnvironmentForm, field: FormField): string {
  switch (field) {
    case 'variables':
      return form.variables.map(({ name, value }) => `${name}=${value}`).join('\n');
    case 'secrets':
      return form.secrets.map(({ name }) => name).join(', ');
    case 'setup':
      return form.setup;
    case 'allowedHosts':
      return form.allowedHosts.join(', ');
  }
}

interface EnvironmentEditorProps {
  environment: Environment;
  editable: boolean;
  mayOpenHosts: boolean;
  onReload: () => void;
}

/** An environment's form, and below it the image that its setup commands make. */
export function EnvironmentEditor({ environment, editable, mayOpenHosts, onReload }: EnvironmentEditorProps) {
  const t = useT();
  const { kept, faultOf, rowFault, isSaving, submit } = useEnvironmentForm(environment, mayOpenHosts);
  const { form, stored, dirty, disputed, taken, set } = kept;
  const guard = useUnsavedGuard(dirty);
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex tag="form" direction="column" alignItems="stretch" gap={4} onSubmit={submit} noValidate>
        <Panel
          title={t('environment.title')}
          actions={
            editable && (
              <Button type="submit" size="S" startIcon={<Check />} disabled={!dirty} loading={isSaving}>
                {t('common.save')}
              </Button>
            )
          }
        >
          <Typography
            tag="p"
            textColor="neutral600"
            paddingBottom={disputed.length + taken.length > 0 ? 4 : 0}
          >
            {t(editable ? 'environment.what' : 'environment.read-only')}
          </Typography>
          <ConflictNotice
            disputed={disputed.map((field) => ({
              label: t(labels[field]),
              mine: textOf(form, field),
              theirs: textOf(stored, field),
            }))}
            taken={taken.map((field) => t(labels[field]))}
            onLoadTheirs={kept.reset}
            onKeepMine={kept.dismiss}
          />
        </Panel>
        <Panel title={t('environment.variables')}>
          <VariableRows
            variables={form.variables}
            fault={rowFault}
            disabled={!editable}
            onChange={(variables) => set({ variables })}
          />
        </Panel>
        <Panel title={t('environment.secrets')}>
          <Typography tag="p" textColor="neutral600" paddingBottom={3}>
            {t('environment.secrets-hint')}
          </Typography>
          <SecretRows
            stored={environment.secrets}
            edits={form.secrets}
            fault={rowFault}
            disabled={!editable}
            onChange={(secrets) => set({ secrets })}
          />
        </Panel>
        <Panel title={t('environment.network')}>
          <HostsField
            hosts={form.allowedHosts}
            mayOpen={mayOpenHosts}
            hostsAllowed={environment.hostsAllowed}
            disabled={!editable}
            error={faultOf('allowedHosts')}
            onChange={(allowedHosts) => set({ allowedHosts })}
          />
        </Panel>
        <Panel title={t('environment.setup')}>
          <Typography tag="p" textColor="neutral600" paddingBottom={3}>
            {t('environment.setup-hint')}
          </Typography>
          <SetupEditor
            label={t('environment.setup')}
            value={form.setup}
            readOnly={!editable}
            onChange={(setup) => set({ setup })}
          />
        </Panel>
      </Flex>
      <BuildPanel environment={environment} editable={editable} dirty={dirty} onEnd={onReload} />
      {guard.dialog}
    </Flex>
  );
}

/** The form over what is stored: what was typed outlives what others save meanwhile. */
function useEnvironmentForm(environment: Environment, mayOpenHosts: boolean) {
  const t = useT();
  const notify = useNotify();
  const { skillId, revision } = environment;
  const [save, { isLoading, error }] = useSaveEnvironmentMutation();
  const kept = useKeptForm(formOf(environment), `${skillId} ${revision}`);
  const failure = error ? toFailure(error) : undefined;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const result = await save({ skillId, save: saveOf(kept.form, revision, mayOpenHosts) });
    if ('error' in result) return notify.failure(result.error);
    kept.settle(kept.form, formOf(result.data), (...forms) => formAfterSave(result.data, ...forms));
    notify.success(t('environment.saved'));
  };
  return {
    kept,
    submit,
    isSaving: isLoading,
    rowFault: rowFaultOf(kept.form, failure),
    faultOf: (field: FormField) => (failure?.details?.path?.[0] === field ? failure.message : undefined),
  };
}
