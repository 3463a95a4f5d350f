import type { ReactNode } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import type { Skill } from 'strapi-plugin-skills-shared/contracts';
import { SwitchField } from '../../../../forms/switch-field';
import { SchemaForm, type FieldErrors, type JsonSchema } from '../../../../forms/schema';
import { TextField } from '../../../../forms/text-field';
import { Failed } from '../../../../ui/failed';
import { Loading } from '../../../../ui/loading';
import { Panel } from '../../../../ui/panel';
import { useT } from '../../../../ui/use-t';
import { AliasField } from '../../components/alias-field';
import { ToolScopesField } from '../../components/tool-scopes-field';
import { aliasLength, type SkillForm } from './skill-form';

interface SkillFieldsProps {
  form: SkillForm;
  set: (values: Partial<SkillForm>) => void;
  /** The server's sentence about a field, if that is what it refused. */
  faultOf: (field: keyof SkillForm) => string | undefined;
  disabled?: boolean;
  /** The skill as it is stored, unless it is new. */
  skill?: Pick<Skill, 'id' | 'alias'>;
  aliasHint: string;
  onAlias: (alias: string) => void;
  settings: ReactNode;
  /** Stands above the settings: the connection and what it offers. */
  binding: ReactNode;
}

/** What is asked for a provider skill, new or saved. */
export function SkillFields(props: SkillFieldsProps) {
  const { form, set, faultOf, disabled, skill, aliasHint, onAlias } = props;
  const t = useT();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Panel title={t('provider-skill.general')}>
        <Flex direction="column" alignItems="stretch" gap={4}>
          <TextField
            name="name"
            label={t('skill.name')}
            required
            maxLength={255}
            value={form.name}
            error={faultOf('name')}
            disabled={disabled}
            onChange={(name) => set({ name })}
          />
          <AliasField
            value={form.alias}
            maxLength={aliasLength}
            own={skill}
            hint={aliasHint}
            error={faultOf('alias')}
            disabled={disabled}
            onChange={onAlias}
          />
          <TextField
            name="description"
            label={t('skill.description')}
            hint={t('skill.description-hint')}
            multiline
            maxLength={2000}
            value={form.description}
            error={faultOf('description')}
            disabled={disabled}
            onChange={(description) => set({ description })}
          />
        </Flex>
      </Panel>
      <Panel title={t('provider-skill.settings')}>
        <Flex direction="column" alignItems="stretch" gap={5}>
          {props.binding}
          {props.settings}
        </Flex>
      </Panel>
      <Panel title={t('provider-skill.access')}>
        <Flex direction="column" alignItems="stretch" gap={4}>
          <ToolScopesField
            values={form.toolScopes}
            error={faultOf('toolScopes')}
            disabled={disabled}
            onChange={(toolScopes) => set({ toolScopes })}
          />
          <SwitchField
            name="active"
            label={t('skill.active')}
            hint={t('provider-skill.active-hint')}
            checked={form.active}
            disabled={disabled}
            onChange={(active) => set({ active })}
          />
          {faultOf('active') && (
            <Typography variant="pi" textColor="danger600" role="alert">
              {faultOf('active')}
            </Typography>
          )}
        </Flex>
      </Panel>
    </Flex>
  );
}

interface SettingsFieldsProps {
  schema: { data?: JsonSchema; error?: unknown; refetch: () => unknown };
  form: SkillForm;
  set: (values: Partial<SkillForm>) => void;
  errors: FieldErrors;
  disabled?: boolean;
}

/** The settings of the skill type, once its schema is there. */
export function SettingsFields({ schema, form, set, errors, disabled }: SettingsFieldsProps) {
  if (schema.error) return <Failed error={schema.error} onRetry={() => void schema.refetch()} />;
  if (!schema.data || !form.settings) return <Loading />;
  return (
    <SchemaForm
      schema={schema.data}
      value={form.settings}
      errors={errors}
      disabled={disabled}
      onChange={(settings) => set({ settings })}
    />
  );
}
