import { useCallback } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import { toFailure } from '../http/api-failure';

/** Tells the administrator how something went, in Strapi's notifications. */
export function useNotify() {
  const { toggleNotification } = useNotification();
  const success = useCallback(
    (message: string) => toggleNotification({ type: 'success', message }),
    [toggleNotification],
  );
  const failure = useCallback(
    (error: unknown) => toggleNotification({ type: 'danger', message: toFailure(error).message }),
    [toggleNotification],
  );
  return { success, failure };
}
