import { Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { RunStatusBadge } from '../../../ui/run-status';
import { useT } from '../../../ui/use-t';

/** Why what is written here is no new run: one goes on in the thread. Of one that waits, what for and until when. */
export function SteeringNotes({ run }: { run: Pick<Run, 'status' | 'waiting'> }) {
  const t = useT();
  const { formatDate } = useIntl();
  const { waiting } = run;
  return (
    <Flex gap={2} role="status">
      <RunStatusBadge status={run.status} />
      <Typography variant="pi" textColor="neutral600">
        {waiting
          ? t(`tester.waits.${waiting.reason}`, {
              until: formatDate(waiting.until, { dateStyle: 'medium', timeStyle: 'short' }),
            })
          : t('tester.goes-on')}
      </Typography>
    </Flex>
  );
}
