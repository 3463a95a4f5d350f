import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Button, Flex } from '@strapi/design-system';
import { Check, Rocket } from '@strapi/icons';
import { ConflictNotice } from '../../../../../forms/conflict-notice';
import { focusFirstError, useSettingsForm } from '../../../../../forms/schema';
import { useKeptForm } from '../../../../../forms/use-kept-form';
import { codeOf, toFailure } from '../../../../../http/api-failure';
import { useNotify } from '../../../../../ui/use-notify';
import { useT } from '../../../../../ui/use-t';
import { useUnsavedGuard } from '../../../../../ui/use-unsaved-guard';
import { useWorkspace } from '../../../workspace/workspace-context';
import { useSaveDefinitionMutation } from '../api';
import { fieldFault } from '../field-fault';
import { fieldLabels, fieldText } from '../field-text';
import { completed, formOf, saveOf, whatIsGone, type SkillForm } from '../skill-form';
import { SettingsFields, SkillFields } from '../skill-fields';
import { useSettingsSchema } from '../use-settings-schema';
import { BindingLine } from './binding-line';
import { GoneNotice } from './gone-notice';
import { StoredSettings } from './stored-settings';

/** A provider skill's form: what it is called, what it is bound to, its settings, and who may have it. */
export function DetailsTab() {
  const t = useT();
  const notify = useNotify();
  const { skill, content, editable, allowed } = useWorkspace();
  const [save, { isLoading, error }] = useSaveDefinitionMutation();
  const [publishing, setPublishing] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  // What the server has refused may stand out of sight.
  useEffect(() => {
    if (error) focusFirstError(element.current);
  }, [error]);
  const binding = content.metadata.provider;
  const skillType = binding?.skillTypeId ?? '';
  const kept = useKeptForm(
    formOf(skill, content),
    `${skill.id} ${skill.revision} ${content.id} ${content.revision}`,
  );
  const moved = kept.form.connection !== (binding?.connectionId ?? '');
  const gone = moved ? undefined : whatIsGone(skill.binding, binding);
  const schema = useSettingsSchema(kept.form.connection, skillType, gone !== undefined);
  const form = completed(kept.form, schema.complete);
  const settings = useSettingsForm({ schema: schema.schema, value: form.settings ?? {}, failure: error });
  const guard = useUnsavedGuard(kept.dirty);
  const disabled = !editable || gone !== undefined;

  const send = async (publish: boolean) => {
    if (!settings.attempt()) return focusFirstError(element.current);
    setPublishing(publish);
    const result = await save({ id: skill.id, definition: saveOf(form, skill, content, publish) });
    if ('error' in result) {
      // A stale save is told by the notice, which shows both; a field's fault stands at the field.
      const told = codeOf(result.error) === 'stale-revision' || toFailure(result.error).details?.path;
      if (!told) notify.failure(result.error);
      return;
    }
    settings.reset();
    kept.settle(kept.form, formOf(result.data.skill, result.data.version));
    notify.success(t(publish ? 'provider-skill.saved-published' : 'provider-skill.saved'));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(false);
  };
  const named = (field: keyof SkillForm) => t(fieldLabels[field]);
  const ready = form.name.trim() !== '' && form.alias.trim() !== '' && schema.data !== undefined;
  const publishable = kept.dirty || skill.status !== 'published';

  return (
    <form ref={element} onSubmit={submit} noValidate>
      {guard.dialog}
      <Flex direction="column" alignItems="stretch" gap={4}>
        {gone && binding && <GoneNotice gone={gone} skill={skill} binding={binding} />}
        <ConflictNotice
          disputed={kept.disputed.map((field) => ({
            label: named(field),
            mine: fieldText(t, form, field),
            theirs: fieldText(t, kept.stored, field),
          }))}
          taken={kept.taken.map(named)}
          onLoadTheirs={kept.reset}
          onKeepMine={kept.dismiss}
        />
        <SkillFields
          form={form}
          set={kept.set}
          faultOf={(field) => fieldFault(error, field)}
          disabled={disabled}
          skill={skill}
          aliasHint={t(
            form.alias === skill.alias ? 'provider-skill.alias-hint' : 'provider-skill.alias-changed',
          )}
          onAlias={(alias) => kept.set({ alias })}
          binding={
            <BindingLine
              skill={skill}
              connection={form.connection}
              fault={fieldFault(error, 'connection')}
              editable={editable}
              onChange={(connection) => kept.set({ connection, settings: undefined })}
            />
          }
          settings={
            gone ? (
              <StoredSettings settings={binding?.settings ?? {}} />
            ) : (
              <SettingsFields
                schema={schema}
                form={form}
                set={kept.set}
                errors={settings.errors}
                disabled={disabled}
              />
            )
          }
        />
        {editable && (
          <Flex gap={2} wrap="wrap" justifyContent="flex-end">
            {allowed.publish && (
              <Button
                variant="secondary"
                startIcon={<Rocket />}
                disabled={disabled || !ready || !publishable}
                loading={isLoading && publishing}
                onClick={() => send(true)}
              >
                {t('provider-skill.save-publish')}
              </Button>
            )}
            <Button
              type="submit"
              startIcon={<Check />}
              disabled={disabled || !ready || !kept.dirty}
              loading={isLoading && !publishing}
            >
              {t('common.save')}
            </Button>
          </Flex>
        )}
      </Flex>
    </form>
  );
}
