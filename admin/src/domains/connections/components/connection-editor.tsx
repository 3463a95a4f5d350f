import { Layouts } from '@strapi/strapi/admin';
import { Flex, Grid, Typography } from '@strapi/design-system';
import { useNavigate } from 'react-router-dom';
import type { Connection } from 'strapi-plugin-skills-shared/contracts';
import { SchemaForm, type JsonSchema } from '../../../forms/schema';
import type { Allowed } from '../../../http/permissions';
import { Panel } from '../../../ui/panel';
import { useT } from '../../../ui/use-t';
import { useUnsavedGuard } from '../../../ui/use-unsaved-guard';
import { ConnectionFields } from './connection-fields';
import { ConnectionHeader } from './connection-header';
import { ConnectionInfo } from './connection-info';
import { ModelsPanel } from './models-panel';
import { SettingsFacts } from './settings-facts';
import { StaleNotice } from './stale-notice';
import { TestPanel } from './test-panel';
import { useConnectionEditor } from './use-connection-editor';
import type { useConnectionTest } from './use-connection-test';
import { UsersDialog } from './users-dialog';
import { UsersPanel } from './users-panel';

interface ConnectionEditorProps {
  connection: Connection;
  /** Of the provider's settings; undefined when the adapter is gone or the role may not see providers. */
  schema: JsonSchema | undefined;
  allowed: Allowed;
  /** Resolves with the connection as it is stored now. */
  onReload: () => Promise<Connection | undefined>;
}

/** A connection opened: what it is called, its settings, what a test finds, and what uses it. */
export function ConnectionEditor({ connection, schema, allowed, onReload }: ConnectionEditorProps) {
  const t = useT();
  const navigate = useNavigate();
  const editor = useConnectionEditor({ connection, schema, onReload });
  const { base, draft, changes, dirty } = editor.edits;
  const guard = useUnsavedGuard(dirty);
  const editable = allowed.updateConnections;
  return (
    <form ref={editor.form} onSubmit={editor.submit} noValidate>
      <ConnectionHeader
        connection={base}
        allowed={allowed}
        dirty={dirty}
        saving={editor.saving.saving}
        onDiscard={editor.discard}
        onDeleted={() => {
          guard.release();
          navigate('/plugins/skills/connections');
        }}
      />
      <Layouts.Content>
        {editor.stale && <StaleNotice loading={editor.reloading} onReload={() => void editor.reload()} />}
        {!base.provider.installed && <ProviderGone name={base.provider.displayName} />}
        <Grid.Root gap={4} style={{ alignItems: 'start' }}>
          <Grid.Item col={8} s={12} xs={12} direction="column" alignItems="stretch" gap={4}>
            <Panel title={t('connection.general')}>
              <ConnectionFields
                id={base.id}
                draft={draft}
                disabled={!editable}
                faultOf={editor.faultOf}
                onChange={editor.change}
              />
            </Panel>
            <Panel title={t('connection.settings')}>
              {schema ? (
                <SchemaForm
                  schema={schema}
                  value={draft.settings}
                  errors={editor.errors}
                  secrets={editor.secrets}
                  disabled={!editable}
                  onChange={(value) => editor.change({ settings: value })}
                />
              ) : (
                <SettingsFacts connection={base} hidden={base.provider.installed} />
              )}
            </Panel>
            {allowed.startRuns && base.active && base.provider.installed && <ModelsPanel id={base.id} />}
          </Grid.Item>
          <Grid.Item col={4} s={12} xs={12} direction="column" alignItems="stretch" gap={4}>
            <ConnectionTestPanel
              trial={editor.trial}
              edited={editor.edited}
              allowed={allowed}
              connection={base}
              onTest={editor.test}
            />
            <UsersPanel id={base.id} />
            <ConnectionInfo connection={base} />
          </Grid.Item>
        </Grid.Root>
      </Layouts.Content>
      {editor.saving.asking && (
        <UsersDialog
          users={editor.saving.asking}
          deactivates={changes.active === false}
          onConfirm={() => void editor.saving.send()}
          onClose={editor.saving.dismiss}
        />
      )}
      {guard.dialog}
    </form>
  );
}

interface ConnectionTestPanelProps {
  trial: ReturnType<typeof useConnectionTest>;
  edited: boolean;
  allowed: Allowed;
  connection: Connection;
  onTest: () => Promise<void>;
}

/** The test of an existing connection: what is stored is tested by who may change it, edits by who may make connections. */
function ConnectionTestPanel({ trial, edited, allowed, connection, onTest }: ConnectionTestPanelProps) {
  const t = useT();
  const may = edited ? allowed.createConnections : allowed.updateConnections;
  const testable = may && connection.provider.installed;
  const hint = !connection.provider.installed
    ? 'connection.test-gone'
    : edited
      ? may
        ? 'connection.test-hint-draft'
        : 'connection.test-save-first'
      : 'connection.test-hint';
  return (
    <TestPanel
      result={trial.result}
      ofDraft={trial.ofDraft}
      testing={trial.testing}
      hint={t(hint)}
      onTest={testable ? () => void onTest() : undefined}
    />
  );
}

/** The adapter was uninstalled: all stays readable, and nothing works. */
function ProviderGone({ name }: { name: string }) {
  const t = useT();
  return (
    <Flex role="alert" background="danger100" hasRadius padding={4} marginBottom={4}>
      <Typography textColor="danger700">{t('connection.provider-gone-hint', { name })}</Typography>
    </Flex>
  );
}
