import type { Environment, EnvironmentSave } from 'strapi-plugin-skills-shared/contracts';
import { withTypedSince } from '../../forms/rebase';
import { sameSettings } from '../../forms/schema';
import type { ApiFailure } from '../../http/api-failure';

/** What is to become of a secret: a new value, or null to remove it. `isNew`: there is none of this name yet. */
export interface SecretEdit {
  name: string;
  value: string | null;
  isNew: boolean;
}

export interface EnvironmentForm {
  variables: readonly { name: string; value: string }[];
  /** Edits alone: stored values are not known here. */
  secrets: readonly SecretEdit[];
  setup: string;
  allowedHosts: readonly string[];
}

export type FormField = keyof EnvironmentForm;

export function formOf({ variables, setup, allowedHosts }: Environment): EnvironmentForm {
  return { variables, secrets: [], setup, allowedHosts };
}

/** What is sent. Rows that nobody has filled in are left out; hosts are sent by those alone who may open them. */
export function saveOf(form: EnvironmentForm, revision: number, mayOpenHosts: boolean): EnvironmentSave {
  return {
    revision,
    variables: form.variables.filter(({ name, value }) => name !== '' || value !== ''),
    secrets: filledSecrets(form).map(({ name, value }) => ({ name, value })),
    setup: form.setup,
    ...(mayOpenHosts && { allowedHosts: [...form.allowedHosts] }),
  };
}

/**
 * The form after a save: what was typed since it was sent stays. Of secrets that are those edits which were not sent as they are now;
 * what is new is told by which names are stored since.
 */
export function formAfterSave(
  { secrets: stored }: Pick<Environment, 'secrets'>,
  submitted: EnvironmentForm,
  now: EnvironmentForm,
  saved: EnvironmentForm,
): EnvironmentForm {
  const sent = (edit: SecretEdit) => submitted.secrets.some((other) => sameSettings(edit, other));
  const isStored = (edit: SecretEdit) => stored.some(({ name }) => name === edit.name);
  const secrets = now.secrets
    .filter((edit) => !sent(edit))
    // The removal of what is gone is done.
    .filter((edit) => edit.value !== null || isStored(edit))
    .map((edit) => ({ ...edit, isNew: !isStored(edit) }));
  return { ...withTypedSince(submitted, now, saved), secrets };
}

const filledSecrets = ({ secrets }: EnvironmentForm): SecretEdit[] =>
  secrets.filter(({ name, value }) => name !== '' || value !== '');

export interface RowFault {
  list: 'variables' | 'secrets';
  /** Of the row in the form. */
  index: number;
  field: 'name' | 'value';
  message: string;
}

/** The row that the server complains of: it counts those that were sent. */
export function rowFaultOf(form: EnvironmentForm, failure: ApiFailure | undefined): RowFault | undefined {
  const [list, at, field] = failure?.details?.path ?? [];
  if (!failure || (list !== 'variables' && list !== 'secrets') || typeof at !== 'number') return undefined;
  const sent: readonly object[] =
    list === 'secrets'
      ? filledSecrets(form)
      : form.variables.filter(({ name, value }) => name !== '' || value !== '');
  const row = sent[at];
  const index = row ? [...(form[list] as readonly object[])].indexOf(row) : -1;
  if (index < 0) return undefined;
  return { list, index, field: field === 'value' ? 'value' : 'name', message: failure.message };
}
