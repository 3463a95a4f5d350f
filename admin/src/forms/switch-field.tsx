import { Field, Toggle } from '@strapi/design-system';
import { useT } from '../ui/use-t';

interface SwitchFieldProps {
  name: string;
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  hint?: string;
  disabled?: boolean;
}

export function SwitchField({ name, label, checked, onChange, hint, disabled }: SwitchFieldProps) {
  const t = useT();
  return (
    <Field.Root name={name} hint={hint} maxWidth="32rem">
      <Field.Label>{label}</Field.Label>
      <Toggle
        checked={checked}
        disabled={disabled}
        onLabel={t('common.yes')}
        offLabel={t('common.no')}
        onChange={(event) => onChange(event.target.checked)}
      />
      <Field.Hint />
    </Field.Root>
  );
}
