import { VisuallyHidden } from '@strapi/design-system';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { useT } from '../../../ui/use-t';

/** Tells who does not see the page how a run stands, whenever that changes. */
export function RunAnnouncement({ run }: { run: Pick<Run, 'status' | 'waiting'> }) {
  const t = useT();
  const status = t(`run.status.${run.status}`);
  return (
    <VisuallyHidden role="status" data-announcement>
      {run.waiting ? `${status}: ${t(`trajectory.waits.${run.waiting.reason}`)}` : status}
    </VisuallyHidden>
  );
}
