import { useMemo } from 'react';
import { initialSettings, type JsonSchema, type SettingsValue } from '../../../../forms/schema';
import { useGetSkillTypeSchemaQuery } from './api';

/** Of settings whose schema is not there yet: one that is always the same, since forms keep to a schema's identity. */
const noSchema: JsonSchema = { type: 'object' };

/** The schema of a skill type's settings over a connection, and how it completes settings. `skip`: there is nobody to ask. */
export function useSettingsSchema(connection: string, skillType: string, skip = false) {
  const { currentData, error, refetch } = useGetSkillTypeSchemaQuery(
    { connection, skillType },
    { skip: skip || connection === '' || skillType === '' },
  );
  const complete = useMemo(
    () => (given?: SettingsValue) => (currentData ? initialSettings(currentData, given) : (given ?? {})),
    [currentData],
  );
  return {
    data: currentData,
    error: currentData ? undefined : error,
    refetch,
    complete,
    schema: currentData ?? noSchema,
  };
}
