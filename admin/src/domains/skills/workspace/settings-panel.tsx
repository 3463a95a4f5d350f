import { useEffect, useState, type FormEvent } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import type { Skill, SkillUpdate } from 'strapi-plugin-skills-shared/contracts';
import { ChoiceField } from '../../../forms/choice-field';
import { SwitchField } from '../../../forms/switch-field';
import { TagsField } from '../../../forms/tags-field';
import { TextField } from '../../../forms/text-field';
import { toFailure } from '../../../http/api-failure';
import { Panel } from '../../../ui/panel';
import { TimeAgo } from '../../../ui/time-ago';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useUpdateSkillMutation } from '../api';
import { skillVisibilityChoices } from '../components/skill-choices';
import { useWorkspace } from './workspace-context';

type Settings = Pick<Skill, 'alias' | 'category' | 'tags' | 'visibility' | 'active'>;

const settingsOf = ({ alias, category, tags, visibility, active }: Skill): Settings => ({
  alias,
  category,
  tags,
  visibility,
  active,
});

/** The settings that differ, in the shape that the route takes. */
function changesBetween(before: Settings, after: Settings): Omit<SkillUpdate, 'revision'> {
  const names = Object.keys(before) as (keyof Settings)[];
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(changed.map((name) => [name, after[name]]));
}

/** What the installation says about a skill, beside its content: how agents name it, who sees it, where it is filed. */
export function SettingsPanel() {
  const t = useT();
  const notify = useNotify();
  const { skill, editable } = useWorkspace();
  const [update, { isLoading, error }] = useUpdateSkillMutation();
  const [form, setForm] = useState(() => settingsOf(skill));
  const changes = changesBetween(settingsOf(skill), form);
  const dirty = Object.keys(changes).length > 0;
  const failure = error ? toFailure(error) : undefined;
  const faultOf = (field: string) => (failure?.details?.path?.[0] === field ? failure.message : undefined);

  // Another revision was loaded: what is stored is shown.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  useEffect(() => setForm(settingsOf(skill)), [skill.id, skill.revision]);

  const set = (values: Partial<Settings>) => setForm({ ...form, ...values });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const result = await update({ id: skill.id, changes: { revision: skill.revision, ...changes } });
    if ('error' in result) notify.failure(result.error);
    else notify.success(t('settings.saved'));
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
          <SwitchField
            name="active"
            label={t('skill.active')}
            hint={t('skill.active-hint')}
            checked={form.active}
            disabled={!editable}
            onChange={(active) => set({ active })}
          />
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
          <ChoiceField
            name="visibility"
            label={t('skill.visibility')}
            hint={t('skill.visibility-hint')}
            value={form.visibility}
            disabled={!editable}
            choices={skillVisibilityChoices(t)}
            onChange={(visibility) => set({ visibility })}
          />
          <TextField
            name="category"
            label={t('skill.category')}
            value={form.category ?? ''}
            error={faultOf('category')}
            disabled={!editable}
            maxLength={64}
            onChange={(category) => set({ category: category === '' ? null : category })}
          />
          <TagsField
            name="tags"
            label={t('skill.tags')}
            values={form.tags}
            disabled={!editable}
            onChange={(tags) => set({ tags })}
          />
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
