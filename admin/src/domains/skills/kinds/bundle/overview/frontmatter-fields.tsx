import { Box, Flex, Grid } from '@strapi/design-system';
import { SwitchField } from '../../../../../forms/switch-field';
import { TagsField } from '../../../../../forms/tags-field';
import { TextField } from '../../../../../forms/text-field';
import { useT } from '../../../../../ui/use-t';
import type { FrontmatterForm } from './frontmatter-form';
import { MetadataEditor } from './metadata-editor';
import { PortsEditor } from './ports-editor';

type TextName = 'license' | 'compatibility' | 'version' | 'entrypoint';
const texts: readonly TextName[] = ['license', 'compatibility', 'version', 'entrypoint'];

interface FrontmatterFieldsProps {
  form: FrontmatterForm;
  disabled: boolean;
  /** What validation says is wrong with a field. */
  faultOf: (field: string) => string | undefined;
  onChange: (values: Partial<FrontmatterForm>) => void;
}

/** The fields of the frontmatter: those of the specification, then those of open-skills. */
export function FrontmatterFields({ form, disabled, faultOf, onChange }: FrontmatterFieldsProps) {
  const t = useT();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <TextField
        name="name"
        label={t('frontmatter.name')}
        hint={t('frontmatter.name-hint')}
        required
        disabled={disabled}
        value={form.name}
        error={faultOf('name')}
        onChange={(name) => onChange({ name })}
      />
      <TextField
        name="description"
        label={t('skill.description')}
        required
        multiline
        disabled={disabled}
        value={form.description}
        error={faultOf('description')}
        onChange={(description) => onChange({ description })}
      />
      <Grid.Root gap={4}>
        {texts.map((name) => (
          <Grid.Item key={name} col={6} s={12} xs={12} direction="column" alignItems="stretch">
            <TextField
              name={name}
              label={t(`frontmatter.${name}`)}
              hint={name === 'entrypoint' || name === 'version' ? t(`frontmatter.${name}-hint`) : undefined}
              disabled={disabled}
              value={form[name]}
              error={faultOf(name)}
              onChange={(value) => onChange({ [name]: value })}
            />
          </Grid.Item>
        ))}
      </Grid.Root>
      <TagsField
        name="frontmatter-tags"
        label={t('frontmatter.tags')}
        values={form.tags}
        disabled={disabled}
        onChange={(tags) => onChange({ tags })}
      />
      <TagsField
        name="allowedTools"
        label={t('frontmatter.allowed-tools')}
        values={form.allowedTools}
        disabled={disabled}
        onChange={(allowedTools) => onChange({ allowedTools })}
      />
      <Box>
        <SwitchField
          name="allowNetwork"
          label={t('frontmatter.allow-network')}
          hint={t('frontmatter.allow-network-hint')}
          checked={form.allowNetwork}
          disabled={disabled}
          onChange={(allowNetwork) => onChange({ allowNetwork })}
        />
      </Box>
      <PortsEditor
        kind="inputs"
        ports={form.inputs}
        disabled={disabled}
        onChange={(inputs) => onChange({ inputs })}
      />
      <PortsEditor
        kind="outputs"
        ports={form.outputs}
        disabled={disabled}
        onChange={(outputs) => onChange({ outputs })}
      />
      <MetadataEditor
        entries={form.metadata}
        disabled={disabled}
        onChange={(metadata) => onChange({ metadata })}
      />
    </Flex>
  );
}
