import type { Skill } from 'strapi-plugin-skills-shared/contracts';
import type { Translate } from '../../../../ui/use-t';

/** Why a provider skill cannot be run now, in words; undefined when it can. */
export function providerObstacle(
  t: Translate,
  skill: Pick<Skill, 'binding'>,
  content: { usable: boolean },
): string | undefined {
  const connection = skill.binding?.connection;
  if (!connection) return t('run-form.connection-gone');
  if (!connection.provider.installed) return t('run-form.adapter-gone');
  if (!connection.active) return t('run-form.connection-inactive');
  return content.usable ? undefined : t('run-form.unusable-form');
}
