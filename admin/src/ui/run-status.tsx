import { Badge, type BadgeProps } from '@strapi/design-system';
import type { RunStatus } from 'strapi-plugin-skills-shared/contracts';
import { useT } from './use-t';

const looks: Record<RunStatus, BadgeProps['variant']> = {
  queued: 'neutral',
  running: 'primary',
  waiting: 'warning',
  completed: 'success',
  failed: 'danger',
  cancelled: 'neutral',
};

export function RunStatusBadge({ status }: { status: RunStatus }) {
  const t = useT();
  return (
    <Badge variant={looks[status]} data-status={status} style={{ flex: 'none' }}>
      {t(`run.status.${status}`)}
    </Badge>
  );
}
