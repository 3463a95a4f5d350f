import { useState } from 'react';
import type { Connection, ConnectionTestResult } from 'strapi-plugin-skills-shared/contracts';
import { sameSettings, type SettingsValue } from '../../../forms/schema';
import { useTestConnectionMutation, useTryConnectionMutation } from '../api';

interface ConnectionTestOptions {
  provider: string;
  settings: SettingsValue;
  /** The stored connection, whose secrets stand in for those that are not entered. */
  connection?: Connection;
  /** Whether `settings` are not what is stored. */
  edited: boolean;
}

/**
 * Tests what stands in the form: what is stored is tested as stored, and the answer kept with it; edits are tried out without being
 * saved. `test` answers the refusal of a request that could not be made, for the fields at fault.
 */
export function useConnectionTest({ provider, settings, connection, edited }: ConnectionTestOptions) {
  const [testStored, stored] = useTestConnectionMutation();
  const [tryOut, trial] = useTryConnectionMutation();
  const [tried, setTried] = useState<{ settings: SettingsValue; result: ConnectionTestResult }>();
  const ofDraft = tried !== undefined && sameSettings(tried.settings, settings);

  const test = async (): Promise<unknown> => {
    if (connection && !edited) {
      const answer = await testStored(connection.id);
      setTried(undefined);
      return 'error' in answer ? answer.error : undefined;
    }
    const answer = await tryOut({
      provider,
      settings,
      ...(connection ? { connection: connection.id } : {}),
    });
    if ('error' in answer) return answer.error;
    setTried({ settings, result: answer.data });
    return undefined;
  };
  return {
    test,
    testing: stored.isLoading || trial.isLoading,
    /** Of what stands in the form: an answer about other settings would mislead. */
    result: ofDraft ? tried.result : edited ? null : (connection?.lastTest ?? null),
    ofDraft: ofDraft && edited,
  };
}
