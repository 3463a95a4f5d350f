import { SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { useT } from '../../ui/use-t';
import type { EnvironmentVariable } from './secrets';

interface VariableSelectProps {
  variables: readonly EnvironmentVariable[];
  /** Empty while none is chosen. */
  value: string;
  onChange: (variable: string) => void;
}

/** One of the environment variables that the server's configuration allows. */
export function VariableSelect({ variables, value, onChange }: VariableSelectProps) {
  const t = useT();
  const chosen = variables.find(({ name }) => name === value);
  return (
    <>
      <SingleSelect
        value={value === '' ? null : value}
        placeholder={t('schema-form.secret.choose-variable')}
        onChange={(variable) => onChange(String(variable))}
      >
        {variables.map(({ name, present }) => (
          <SingleSelectOption key={name} value={name}>
            {present ? name : t('schema-form.secret.variable-option-missing', { variable: name })}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      {chosen && !chosen.present && (
        <Typography variant="pi" textColor="warning700" role="status">
          {t('schema-form.secret.variable-missing', { variable: chosen.name })}
        </Typography>
      )}
    </>
  );
}
