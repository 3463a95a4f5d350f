import { useState } from 'react';
import type { Connection, ConnectionUser } from 'strapi-plugin-skills-shared/contracts';
import { codeOf, toFailure } from '../../../http/api-failure';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useLazyGetConnectionUsersQuery, useUpdateConnectionMutation } from '../api';
import { concernsUsers, type ConnectionChanges, type ConnectionDraft } from './connection-form';

interface SavingOptions {
  base: Connection;
  draft: ConnectionDraft;
  changes: ConnectionChanges;
  /** `submitted` is the draft that was saved; typing may have gone on since. */
  onSaved: (connection: Connection, submitted: ConnectionDraft) => void;
  /** The server refused a field. */
  onRefused: (failure: unknown) => void;
}

/** Saves the changes; those that users of the connection would notice only after these were shown, when there are any. */
export function useConnectionSaving({ base, draft, changes, onSaved, onRefused }: SavingOptions) {
  const t = useT();
  const notify = useNotify();
  const [findUsers, users] = useLazyGetConnectionUsersQuery();
  const [update, saving] = useUpdateConnectionMutation();
  const [asking, setAsking] = useState<readonly ConnectionUser[]>();
  const [stale, setStale] = useState(false);

  const send = async () => {
    setAsking(undefined);
    const result = await update({ id: base.id, changes: { revision: base.revision, ...changes } });
    if (!('error' in result)) {
      notify.success(t('connection.saved'));
      return onSaved(result.data, draft);
    }
    if (codeOf(result.error) === 'stale-revision') return setStale(true);
    onRefused(result.error);
    if (!toFailure(result.error).details?.path) notify.failure(result.error);
  };
  const save = async () => {
    if (!concernsUsers(changes)) return send();
    const found = await findUsers(base.id);
    if (found.error) return notify.failure(found.error);
    if (found.data && found.data.length > 0) setAsking(found.data);
    else await send();
  };
  return {
    save,
    send,
    saving: saving.isLoading || users.isFetching,
    asking,
    dismiss: () => setAsking(undefined),
    /** The server has refused a revision that is not the newest. */
    stale,
    clearStale: () => setStale(false),
  };
}
