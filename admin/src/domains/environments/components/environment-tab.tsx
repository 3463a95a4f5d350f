import { useState } from 'react';
import { Failed } from '../../../ui/failed';
import { Loading } from '../../../ui/loading';
import { useWorkspace } from '../../skills';
import { useGetEnvironmentQuery } from '../api';
import { buildPace } from '../build-pace';
import { EnvironmentEditor } from './environment-editor';

/** What sandboxes of the skill are furnished with. */
export function EnvironmentTab() {
  const { skill, allowed } = useWorkspace();
  const [pollingInterval, setPollingInterval] = useState(buildPace(null));
  const { data, error, refetch } = useGetEnvironmentQuery(skill.id, {
    refetchOnMountOrArgChange: true,
    pollingInterval,
  });
  const pace = buildPace(data?.build);
  if (pace !== pollingInterval) setPollingInterval(pace);
  if (!data) return error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />;
  return (
    <EnvironmentEditor
      key={skill.id}
      environment={data}
      editable={allowed.updateEnvironments && !skill.archived}
      mayOpenHosts={allowed.openHosts}
      onReload={() => void refetch()}
    />
  );
}
