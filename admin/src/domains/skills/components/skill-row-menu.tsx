import { useState } from 'react';
import { IconButton, Menu } from '@strapi/design-system';
import { Archive, ArrowsCounterClockwise, CheckCircle, MinusCircle, More, Trash } from '@strapi/icons';
import type { Skill } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../http/permissions';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useActivateSkillsMutation, useArchiveSkillsMutation } from '../api';
import { PurgeDialog } from './purge-dialog';

interface SkillRowMenuProps {
  skill: Skill;
  allowed: Allowed;
  onArchived?: (skills: Skill[]) => void;
  onPurged?: () => void;
  /** In a page's header, where it must be seen; in a row it stays faint. */
  prominent?: boolean;
}

/** What can be done with one skill; nothing is shown to a role that may do nothing. */
export function SkillRowMenu({ skill, allowed, onArchived, onPurged, prominent = false }: SkillRowMenuProps) {
  const t = useT();
  const notify = useNotify();
  const [activate] = useActivateSkillsMutation();
  const [archive] = useArchiveSkillsMutation();
  const [purging, setPurging] = useState(false);
  const mayPurge = allowed.purge && skill.archived;
  if (!allowed.update && !allowed.archive && !mayPurge) return null;

  const toggleActive = async () => {
    const result = await activate({ ids: [skill.id], active: !skill.active });
    if ('error' in result) notify.failure(result.error);
    else notify.success(t(skill.active ? 'skills.deactivated' : 'skills.activated', { count: 1 }));
  };
  const toggleArchived = async () => {
    const result = await archive({ ids: [skill.id], archived: !skill.archived });
    if ('error' in result) return notify.failure(result.error);
    if (skill.archived) notify.success(t('skills.restored', { count: 1 }));
    else if (onArchived) onArchived([skill]);
    else notify.success(t('skills.archived-done', { count: 1 }));
  };

  return (
    <>
      <Menu.Root>
        <Menu.Trigger
          tag={IconButton}
          icon={<More aria-hidden />}
          label={t('skill.actions', { name: skill.name })}
          variant={prominent ? 'tertiary' : 'ghost'}
          endIcon={null}
        />
        <Menu.Content popoverPlacement="bottom-end">
          {allowed.update && !skill.archived && (
            <Menu.Item startIcon={skill.active ? <MinusCircle /> : <CheckCircle />} onSelect={toggleActive}>
              {t(skill.active ? 'skill.deactivate' : 'skill.activate')}
            </Menu.Item>
          )}
          {allowed.archive && (
            <Menu.Item
              startIcon={skill.archived ? <ArrowsCounterClockwise /> : <Archive />}
              onSelect={toggleArchived}
            >
              {t(skill.archived ? 'skill.restore' : 'skill.archive')}
            </Menu.Item>
          )}
          {mayPurge && (
            <Menu.Item variant="danger" startIcon={<Trash />} onSelect={() => setPurging(true)}>
              {t('skill.purge')}
            </Menu.Item>
          )}
        </Menu.Content>
      </Menu.Root>
      {purging && <PurgeDialog skill={skill} onClose={() => setPurging(false)} onPurged={onPurged} />}
    </>
  );
}
