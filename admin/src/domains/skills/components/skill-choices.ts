import type { SkillVisibility } from 'strapi-plugin-skills-shared/contracts';
import type { Translate } from '../../../ui/use-t';

export function skillVisibilityChoices(t: Translate): { value: SkillVisibility; label: string }[] {
  return [
    { value: 'org', label: t('skill.visibility.org') },
    { value: 'user', label: t('skill.visibility.user') },
  ];
}
