import type { MessageKey, Translate } from '../../../../ui/use-t';
import type { SkillForm } from './skill-form';

export const fieldLabels: Record<keyof SkillForm, MessageKey> = {
  name: 'skill.name',
  alias: 'skill.alias',
  description: 'skill.description',
  connection: 'skill.connection',
  settings: 'provider-skill.settings',
  toolScopes: 'skill.tool-scopes',
  active: 'skill.active',
};

/** A field of the form as a text for people. */
export function fieldText(t: Translate, form: SkillForm, field: keyof SkillForm): string {
  const value = form[field];
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : (value ?? '');
}
