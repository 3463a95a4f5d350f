import { Button, Flex, Typography } from '@strapi/design-system';
import { Archive, ArrowsCounterClockwise, CheckCircle, MinusCircle } from '@strapi/icons';
import type { Skill } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../http/permissions';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useActivateSkillsMutation, useArchiveSkillsMutation } from '../api';

interface BulkActionsProps {
  selected: Skill[];
  allowed: Allowed;
  onDone: () => void;
  onArchived: (skills: Skill[]) => void;
}

/** What can be done with the selected skills together. */
export function BulkActions({ selected, allowed, onDone, onArchived }: BulkActionsProps) {
  const t = useT();
  const notify = useNotify();
  const [activate, activation] = useActivateSkillsMutation();
  const [archive, archival] = useArchiveSkillsMutation();
  const ids = selected.map(({ id }) => id);
  const busy = activation.isLoading || archival.isLoading;

  const setActive = async (active: boolean) => {
    const result = await activate({ ids, active });
    if ('error' in result) return notify.failure(result.error);
    notify.success(t(active ? 'skills.activated' : 'skills.deactivated', { count: result.data.changed }));
    onDone();
  };
  const setArchived = async (archived: boolean) => {
    const result = await archive({ ids, archived });
    if ('error' in result) return notify.failure(result.error);
    if (archived) onArchived(selected);
    else notify.success(t('skills.restored', { count: result.data.changed }));
    onDone();
  };

  const live = selected.filter((skill) => !skill.archived);
  return (
    <Flex
      gap={2}
      wrap="wrap"
      paddingBottom={4}
      role="group"
      aria-label={t('skills.selected', { count: selected.length })}
    >
      <Typography textColor="neutral600">{t('skills.selected', { count: selected.length })}</Typography>
      {allowed.update && live.some((skill) => !skill.active) && (
        <Button
          size="S"
          variant="secondary"
          startIcon={<CheckCircle />}
          disabled={busy}
          onClick={() => setActive(true)}
        >
          {t('skill.activate')}
        </Button>
      )}
      {allowed.update && live.some((skill) => skill.active) && (
        <Button
          size="S"
          variant="tertiary"
          startIcon={<MinusCircle />}
          disabled={busy}
          onClick={() => setActive(false)}
        >
          {t('skill.deactivate')}
        </Button>
      )}
      {allowed.archive && live.length > 0 && (
        <Button
          size="S"
          variant="danger-light"
          startIcon={<Archive />}
          disabled={busy}
          onClick={() => setArchived(true)}
        >
          {t('skill.archive')}
        </Button>
      )}
      {allowed.archive && live.length === 0 && (
        <Button
          size="S"
          variant="secondary"
          startIcon={<ArrowsCounterClockwise />}
          disabled={busy}
          onClick={() => setArchived(false)}
        >
          {t('skill.restore')}
        </Button>
      )}
    </Flex>
  );
}
