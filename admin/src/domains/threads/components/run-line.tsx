import { Flex, Typography } from '@strapi/design-system';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { RunStatusBadge } from '../../../ui/run-status';
import { useT } from '../../../ui/use-t';
import { RunFigures } from '../../runs';

/** What a run was and took: its state, version and model, and what it has used. */
export function RunLine({ run }: { run: Run }) {
  const t = useT();
  const { model, connection } = run;
  return (
    <Flex gap={3} wrap="wrap" minWidth={0}>
      <RunStatusBadge status={run.status} />
      <Typography variant="pi" textColor="neutral600">
        {t('version.number', { number: run.version.number })}
      </Typography>
      {model !== null && (
        <Typography variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
          {connection ? `${model} · ${connection.name}` : model}
        </Typography>
      )}
      <RunFigures run={run} />
    </Flex>
  );
}
