import { Field } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { formatBytes } from '../ui/format';
import { useT } from '../ui/use-t';
import { ChoiceField } from './choice-field';
import { fieldKind, type FieldProblem, type FieldValue, type NamedPort } from './port-model';
import { SwitchField } from './switch-field';
import { TextField } from './text-field';

interface PortFieldProps {
  port: NamedPort;
  value: FieldValue | undefined;
  problem?: FieldProblem;
  onChange: (value: FieldValue) => void;
  onFile: (file: File | undefined) => void;
}

/** The field of one declared input, by its type. */
export function PortField({ port, value, problem, onChange, onFile }: PortFieldProps) {
  const t = useT();
  const { locale } = useIntl();
  const kind = fieldKind(port);
  const error = problem && t(`form.problem.${problem}`);
  const common = { name: port.name, label: port.name, hint: port.description, required: port.required };
  const text = typeof value === 'string' ? value : '';

  if (kind === 'file') {
    const limit =
      port.maxSize === undefined
        ? undefined
        : t('form.file-limit', { size: formatBytes(port.maxSize, locale) });
    return (
      <Field.Root
        name={port.name}
        required={port.required}
        error={error}
        hint={[port.description, port.mime, limit].filter(Boolean).join(' · ')}
      >
        <Field.Label>{port.name}</Field.Label>
        <Field.Input type="file" accept={port.mime} onChange={(event) => onFile(event.target.files?.[0])} />
        <Field.Error />
        <Field.Hint />
      </Field.Root>
    );
  }
  if (kind === 'switch') return <SwitchField {...common} checked={value === true} onChange={onChange} />;
  if (kind === 'choice') {
    const choices = (port.enum ?? []).map((choice) => ({ value: String(choice), label: String(choice) }));
    return (
      <ChoiceField
        {...common}
        value={text === '' ? null : text}
        choices={choices}
        error={error}
        onChange={onChange}
      />
    );
  }
  return (
    <TextField
      {...common}
      value={text}
      error={error}
      multiline={kind === 'lines' || kind === 'json'}
      placeholder={kind === 'json' ? (port.type === 'array' ? '[]' : '{}') : undefined}
      onChange={onChange}
    />
  );
}
