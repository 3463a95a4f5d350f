import { Field, MultiSelect, MultiSelectOption } from '@strapi/design-system';
import { useT } from '../../../ui/use-t';
import { useListSkillToolScopesQuery } from '../api';

interface ToolScopesFieldProps {
  values: readonly string[];
  onChange: (values: string[]) => void;
  error?: string;
  disabled?: boolean;
}

/** What a skill's tools may touch, out of the scopes that this installation knows. Those that it knows no more can be taken away. */
export function ToolScopesField({ values, onChange, error, disabled }: ToolScopesFieldProps) {
  const t = useT();
  const { data: known = [] } = useListSkillToolScopesQuery();
  const gone = values.filter((id) => known.every((scope) => scope.id !== id));
  const options = [...known.map(({ id, name }) => ({ id, name })), ...gone.map((id) => ({ id, name: id }))];
  return (
    <Field.Root name="toolScopes" error={error} hint={t('skill.tool-scopes-hint')}>
      <Field.Label>{t('skill.tool-scopes')}</Field.Label>
      <MultiSelect
        withTags
        value={[...values]}
        disabled={disabled}
        placeholder={t('skill.tool-scopes-none')}
        onChange={onChange}
        onClear={() => onChange([])}
      >
        {options.map(({ id, name }) => (
          <MultiSelectOption key={id} value={id}>
            {name}
          </MultiSelectOption>
        ))}
      </MultiSelect>
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}
