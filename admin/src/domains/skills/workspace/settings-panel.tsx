import type { FormEvent } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import type { Skill, SkillUpdate } from 'strapi-plugin-skills-shared/contracts';
import { ChoiceField } from '../../../forms/choice-field';
import { ConflictNotice } from '../../../forms/conflict-notice';
import { SwitchField } from '../../../forms/switch-field';
import { TagsField } from '../../../forms/tags-field';
import { TextField } from '../../../forms/text-field';
import { useKeptForm } from '../../../forms/use-kept-form';
import { toFailure } from '../../../http/api-failure';
import { Panel } from '../../../ui/panel';
import { TimeAgo } from '../../../ui/time-ago';
import { useNotify } from '../../../ui/use-notify';
import { useT, type MessageKey, type Translate } from '../../../ui/use-t';
import { useUpdateSkillMutation } from '../api';
import { skillVisibilityChoices } from '../components/skill-choices';
import { ToolScopesField } from '../components/tool-scopes-field';
import { useWorkspace } from './workspace-context';

type Settings = Pick<Skill, 'alias' | 'category' | 'tags' | 'toolScopes' | 'visibility' | 'active'>;
type Field = keyof Settings;

const allFields: readonly Field[] = ['active', 'alias', 'visibility', 'category', 'tags', 'toolScopes'];

const settingsOf = ({ alias, category, tags, toolScopes, visibility, active }: Skill): Settings => ({
  alias,
  category,
  tags,
  toolScopes,
  visibility,
  active,
});

const labels: Record<Field, MessageKey> = {
  active: 'skill.active',
  alias: 'skill.alias',
  visibility: 'skill.visibility',
  category: 'skill.category',
  tags: 'skill.tags',
  toolScopes: 'skill.tool-scopes',
};

/** A setting as a text for people. */
function textOf(t: Translate, settings: Settings, field: Field): string {
  const value = settings[field];
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (field === 'visibility') return t(`skill.visibility.${settings.visibility}`);
  return Array.isArray(value) ? value.join(', ') : (value ?? '');
}

/** The settings that differ, in the shape that the route takes. */
function changesBetween(before: Settings, after: Settings): Omit<SkillUpdate, 'revision'> {
  const names = Object.keys(before) as Field[];
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(changed.map((name) => [name, after[name]]));
}

interface SettingsPanelProps {
  /** Only these: where a kind asks for the others in a form of its own. */
  fields?: readonly Field[];
}

/** What the installation says about a skill, beside its content: how agents name it, who sees it, where it is filed. */
export function SettingsPanel({ fields = allFields }: SettingsPanelProps) {
  const t = useT();
  const notify = useNotify();
  const { skill, editable } = useWorkspace();
  const [update, { isLoading, error }] = useUpdateSkillMutation();
  const { form, stored, dirty, disputed, taken, set, reset, settle, dismiss } = useKeptForm(
    settingsOf(skill),
    `${skill.id} ${skill.revision}`,
  );
  const failure = error ? toFailure(error) : undefined;
  const faultOf = (field: Field) => (failure?.details?.path?.[0] === field ? failure.message : undefined);
  const asks = (field: Field) => fields.includes(field);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const changes = changesBetween(stored, form);
    const result = await update({ id: skill.id, changes: { revision: skill.revision, ...changes } });
    if ('error' in result) return notify.failure(result.error);
    settle(form, settingsOf(result.data));
    notify.success(t('settings.saved'));
  };

  return (
    <form onSubmit={submit}>
      <Panel
        title={t('settings.title')}
        actions={
          editable && (
            <Button type="submit" size="S" startIcon={<Check />} disabled={!dirty} loading={isLoading}>
              {t('common.save')}
            </Button>
          )
        }
      >
        <Flex direction="column" alignItems="stretch" gap={4}>
          <ConflictNotice
            disputed={disputed.map((field) => ({
              label: t(labels[field]),
              mine: textOf(t, form, field),
              theirs: textOf(t, stored, field),
            }))}
            taken={taken.filter(asks).map((field) => t(labels[field]))}
            onLoadTheirs={reset}
            onKeepMine={dismiss}
          />
          {asks('active') && (
            <SwitchField
              name="active"
              label={t('skill.active')}
              hint={t('skill.active-hint')}
              checked={form.active}
              disabled={!editable}
              onChange={(active) => set({ active })}
            />
          )}
          {asks('alias') && (
            <TextField
              name="alias"
              label={t('skill.alias')}
              hint={t('skill.alias-hint')}
              value={form.alias}
              error={faultOf('alias')}
              disabled={!editable}
              maxLength={64}
              onChange={(alias) => set({ alias })}
            />
          )}
          {asks('visibility') && (
            <ChoiceField
              name="visibility"
              label={t('skill.visibility')}
              hint={t('skill.visibility-hint')}
              value={form.visibility}
              disabled={!editable}
              choices={skillVisibilityChoices(t)}
              onChange={(visibility) => set({ visibility })}
            />
          )}
          {asks('category') && (
            <TextField
              name="category"
              label={t('skill.category')}
              value={form.category ?? ''}
              error={faultOf('category')}
              disabled={!editable}
              maxLength={64}
              onChange={(category) => set({ category: category === '' ? null : category })}
            />
          )}
          {asks('tags') && (
            <TagsField
              name="tags"
              label={t('skill.tags')}
              values={form.tags}
              disabled={!editable}
              onChange={(tags) => set({ tags })}
            />
          )}
          {asks('toolScopes') && (
            <ToolScopesField
              values={form.toolScopes}
              error={faultOf('toolScopes')}
              disabled={!editable}
              onChange={(toolScopes) => set({ toolScopes })}
            />
          )}
          <Flex direction="column" alignItems="flex-start" gap={1}>
            {skill.owner && (
              <Typography variant="pi" textColor="neutral600">
                {t('settings.owner', { name: skill.owner.name })}
              </Typography>
            )}
            <Typography variant="pi" textColor="neutral600">
              {t('settings.created')} <TimeAgo at={skill.createdAt} />
            </Typography>
          </Flex>
        </Flex>
      </Panel>
    </form>
  );
}
