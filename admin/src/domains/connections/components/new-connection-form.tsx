import { useMemo, useRef, useState, type FormEvent } from 'react';
import { BackButton, Layouts } from '@strapi/strapi/admin';
import { Button, Flex, Grid, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';
import type { InstalledProvider } from 'strapi-plugin-skills-shared/contracts';
import { aliasFrom } from '../../../forms/alias-from';
import {
  focusFirstError,
  initialSettings,
  SchemaForm,
  useSettingsForm,
  type JsonSchema,
  type SecretsOf,
} from '../../../forms/schema';
import { toFailure } from '../../../http/api-failure';
import { Panel } from '../../../ui/panel';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useUnsavedGuard } from '../../../ui/use-unsaved-guard';
import { ProviderIcon } from '../../providers';
import { useCreateConnectionMutation, useGetEnvironmentVariablesQuery } from '../api';
import { ConnectionFields } from './connection-fields';
import type { ConnectionDraft } from './connection-form';
import { TestPanel } from './test-panel';
import { useConnectionTest } from './use-connection-test';

const emptySchema: JsonSchema = { type: 'object' };
const maxAlias = 100;

/** The second step of a new connection: its name, and the provider's settings. The alias follows the name until it is written by hand. */
export function NewConnectionForm({ provider }: { provider: InstalledProvider & { id: string } }) {
  const t = useT();
  const navigate = useNavigate();
  const notify = useNotify();
  const element = useRef<HTMLFormElement>(null);
  const schema = provider.settingsSchema ?? emptySchema;
  const displayName = provider.displayName ?? provider.id;
  const beginning = useMemo(
    () => ({ name: displayName, active: true, settings: initialSettings(schema) }),
    [displayName, schema],
  );
  const [draft, setDraft] = useState<Omit<ConnectionDraft, 'alias'> & { alias?: string }>(beginning);
  const [failure, setFailure] = useState<unknown>();
  const [create, { isLoading }] = useCreateConnectionMutation();
  const { data: variables } = useGetEnvironmentVariablesQuery();
  const secrets = useMemo<SecretsOf>(() => ({ states: {}, variables: variables ?? [] }), [variables]);
  const settings = useSettingsForm({ schema, value: draft.settings, secrets, failure });
  const trial = useConnectionTest({ provider: provider.id, settings: draft.settings, edited: true });
  const guard = useUnsavedGuard(draft !== beginning);
  const alias = draft.alias ?? aliasFrom(draft.name, maxAlias);

  const change = (values: Partial<ConnectionDraft>) => {
    // What the server refused of a name or an alias is of no matter once it is another.
    if (!values.settings) setFailure(undefined);
    // An alias that is emptied follows the name again.
    const own = values.alias === '' ? { alias: undefined } : {};
    setDraft((before) => ({ ...before, ...values, ...own }));
  };
  const attempt = () => {
    const fine = settings.attempt() && draft.name.trim() !== '';
    if (!fine) focusFirstError(element.current);
    return fine;
  };
  const refuse = (error: unknown) => {
    setFailure(error);
    if (!toFailure(error).details?.path) notify.failure(error);
    else focusFirstError(element.current);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!attempt()) return;
    const { name, active, settings: chosen } = draft;
    const result = await create({
      name,
      alias: alias || undefined,
      active,
      settings: chosen,
      provider: provider.id,
    });
    if ('error' in result) return refuse(result.error);
    notify.success(t('connection.created-done', { name }));
    guard.release();
    navigate(`/plugins/skills/connections/${result.data.id}`, { replace: true });
  };
  const test = async () => {
    if (!attempt()) return;
    const refused = await trial.test();
    if (refused) refuse(refused);
    else setFailure(undefined);
  };
  const faultOf = (field: 'name' | 'alias') => {
    if (field === 'name' && draft.name.trim() === '') return t('schema-form.problem.required');
    const { details, message } = failure ? toFailure(failure) : {};
    return details?.path?.[0] === field ? message : undefined;
  };

  return (
    <form ref={element} onSubmit={(event) => void submit(event)} noValidate>
      <Layouts.Header
        title={t('connections.new-of', { name: displayName })}
        subtitle={
          <Flex gap={2}>
            <ProviderIcon icon={provider.icon} size="1.6rem" />
            <Typography textColor="neutral600">{t('connections.step-2')}</Typography>
          </Flex>
        }
        navigationAction={<BackButton fallback="/plugins/skills/connections/new" />}
        primaryAction={
          <Button type="submit" startIcon={<Check />} loading={isLoading}>
            {t('connections.create')}
          </Button>
        }
      />
      <Layouts.Content>
        <Grid.Root gap={4} style={{ alignItems: 'start' }}>
          <Grid.Item col={8} s={12} xs={12} direction="column" alignItems="stretch" gap={4}>
            <Panel title={t('connection.general')}>
              <ConnectionFields
                draft={{ ...draft, alias }}
                disabled={false}
                faultOf={faultOf}
                onChange={change}
              />
            </Panel>
            <Panel title={t('connection.settings')}>
              <SchemaForm
                schema={schema}
                value={draft.settings}
                errors={settings.errors}
                secrets={secrets}
                onChange={(value) => change({ settings: value })}
              />
            </Panel>
          </Grid.Item>
          <Grid.Item col={4} s={12} xs={12} direction="column" alignItems="stretch" gap={4}>
            <TestPanel
              result={trial.result}
              ofDraft={false}
              testing={trial.testing}
              hint={t('connection.test-hint-draft')}
              onTest={() => void test()}
            />
          </Grid.Item>
        </Grid.Root>
      </Layouts.Content>
      {guard.dialog}
    </form>
  );
}
