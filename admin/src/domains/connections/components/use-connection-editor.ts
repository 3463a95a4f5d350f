import { useMemo, useRef, useState, type FormEvent } from 'react';
import type { Connection } from 'strapi-plugin-skills-shared/contracts';
import { focusFirstError, useSettingsForm, type JsonSchema, type SecretsOf } from '../../../forms/schema';
import { toFailure } from '../../../http/api-failure';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useGetEnvironmentVariablesQuery } from '../api';
import { useConnectionDraft, type ConnectionDraft } from './connection-form';
import { useConnectionSaving } from './use-connection-saving';
import { useConnectionTest } from './use-connection-test';

interface EditorOptions {
  connection: Connection;
  schema: JsonSchema | undefined;
  /** Resolves with the connection as it is stored now. */
  onReload: () => Promise<Connection | undefined>;
}

const emptySchema: JsonSchema = { type: 'object' };

/** All that a connection's page does: its edits, what is wrong with them, saving, testing, and taking over what others saved. */
export function useConnectionEditor({ connection, schema, onReload }: EditorOptions) {
  const t = useT();
  const notify = useNotify();
  const form = useRef<HTMLFormElement>(null);
  const [failure, setFailure] = useState<unknown>();
  const [reloading, setReloading] = useState(false);
  const edits = useConnectionDraft(connection, schema);
  const { base, draft, changes, dirty, stale, adopt, settle } = edits;
  const { data: variables } = useGetEnvironmentVariablesQuery();
  const secrets = useMemo<SecretsOf>(
    () => ({ states: base.secrets, variables: variables ?? [], saved: base.settings }),
    [base, variables],
  );
  const settings = useSettingsForm({
    schema: schema ?? emptySchema,
    value: draft.settings,
    secrets,
    failure,
  });
  const forgetFaults = () => {
    setFailure(undefined);
    settings.reset();
  };
  const start = (taken: Connection) => {
    forgetFaults();
    adopt(taken);
  };
  const onSaved = (saved: Connection, submitted: ConnectionDraft) => {
    forgetFaults();
    settle(submitted, saved);
  };
  const saving = useConnectionSaving({ base, draft, changes, onSaved, onRefused: setFailure });
  const edited = changes.settings !== undefined;
  const trial = useConnectionTest({
    provider: base.provider.id,
    settings: draft.settings,
    // Not `base`: a test that has just been made is known to the newest state.
    connection,
    edited,
  });

  const attempt = () => {
    const fine = settings.attempt() && draft.name.trim() !== '';
    if (!fine) focusFirstError(form.current);
    return fine;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (dirty && attempt()) void saving.save();
  };
  const test = async () => {
    if (!attempt()) return;
    const refused = await trial.test();
    setFailure(refused);
    if (refused && !toFailure(refused).details?.path) notify.failure(refused);
    else if (refused) focusFirstError(form.current);
  };
  const reload = async () => {
    setReloading(true);
    const newest = await onReload();
    setReloading(false);
    if (!newest) return;
    saving.clearStale();
    start(newest);
  };
  const faultOf = (field: 'name' | 'alias') => {
    if (field === 'name' && draft.name.trim() === '') return t('schema-form.problem.required');
    const { details, message } = failure ? toFailure(failure) : {};
    return details?.path?.[0] === field ? message : undefined;
  };

  /** What the server refused of a name or an alias is of no matter once it is another. */
  const change = (values: Partial<ConnectionDraft>) => {
    if (!values.settings) setFailure(undefined);
    edits.set(values);
  };

  return {
    form,
    edits,
    change,
    edited,
    secrets,
    errors: settings.errors,
    faultOf,
    saving,
    trial,
    test,
    submit,
    discard: () => start(base),
    stale: stale || saving.stale,
    reload,
    reloading,
  };
}
