import { Status, Typography, type StatusProps } from '@strapi/design-system';
import type { Skill } from 'strapi-plugin-skills-shared/contracts';
import { useT } from '../../../ui/use-t';

const looks: Record<Skill['status'], StatusProps['variant']> = {
  draft: 'secondary',
  published: 'success',
  modified: 'alternative',
};

/** Draft, published or modified, in the look of Strapi's own document status. */
export function SkillStatus({ status }: { status: Skill['status'] }) {
  const t = useT();
  return (
    <Status variant={looks[status]} size="XS" data-status={status}>
      <Typography tag="span" variant="omega" fontWeight="bold">
        {t(`skill.status.${status}`)}
      </Typography>
    </Status>
  );
}
