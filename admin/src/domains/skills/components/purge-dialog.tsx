import type { Skill } from 'strapi-plugin-skills-shared/contracts';
import { TypedConfirmation } from '../../../ui/typed-confirmation';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { usePurgeSkillMutation } from '../api';

interface PurgeDialogProps {
  skill: Skill;
  onClose: () => void;
  onPurged?: () => void;
}

/** Deletes a skill with its versions and runs, which nothing brings back: its alias is typed first. */
export function PurgeDialog({ skill, onClose, onPurged }: PurgeDialogProps) {
  const t = useT();
  const notify = useNotify();
  const [purge, { isLoading }] = usePurgeSkillMutation();
  const confirm = async () => {
    const result = await purge(skill.id);
    if ('error' in result) return notify.failure(result.error);
    notify.success(t('skill.purged', { name: skill.name }));
    onClose();
    onPurged?.();
  };
  return (
    <TypedConfirmation
      title={t('skill.purge-title')}
      expected={skill.alias}
      confirmLabel={t('skill.purge')}
      busy={isLoading}
      onConfirm={confirm}
      onClose={onClose}
    >
      {t('skill.purge-warning', { name: skill.name })}
    </TypedConfirmation>
  );
}
