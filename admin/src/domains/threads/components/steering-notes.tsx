import { Flex, Typography } from '@strapi/design-system';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { RunStatusBadge } from '../../../ui/run-status';
import { useT } from '../../../ui/use-t';

/** Why what is written here is no new run: one goes on in the thread. */
export function SteeringNotes({ run }: { run: Pick<Run, 'status'> }) {
  const t = useT();
  return (
    <Flex gap={2} role="status">
      <RunStatusBadge status={run.status} />
      <Typography variant="pi" textColor="neutral600">
        {t(run.status === 'waiting' ? 'tester.waits' : 'tester.goes-on')}
      </Typography>
    </Flex>
  );
}
