import { Field, TextInput, Typography } from '@strapi/design-system';
import { useDebounce } from '@strapi/strapi/admin';
import { useT } from '../../../ui/use-t';
import { useAliasExistsQuery } from '../api';

/** How long one must have stopped typing before the server is asked, in milliseconds. */
const pauseMs = 300;

interface AliasFieldProps {
  value: string;
  onChange: (value: string) => void;
  maxLength: number;
  /** The skill that it is for: its own alias is not taken, and that it is free is not worth telling. */
  own?: { id: string; alias: string };
  hint: string;
  error?: string;
  disabled?: boolean;
}

/** A skill's alias, with a word on whether it is free, which is found out as one types. */
export function AliasField(props: AliasFieldProps) {
  const { value, onChange, maxLength, own, hint, error, disabled } = props;
  const t = useT();
  const alias = value.trim();
  const asked = useDebounce(alias, pauseMs);
  const settled = asked === alias && asked !== '' && asked !== own?.alias && !disabled;
  const { data, isFetching } = useAliasExistsQuery({ alias: asked, except: own?.id }, { skip: !settled });
  const known = settled && !isFetching ? data : undefined;
  return (
    <Field.Root
      name="alias"
      error={error ?? (known?.exists ? t('skill.alias-taken') : undefined)}
      hint={hint}
    >
      <Field.Label>{t('skill.alias')}</Field.Label>
      <TextInput
        value={value}
        onChange={(event) => onChange(event.target.value)}
        maxLength={maxLength}
        disabled={disabled}
        autoComplete="off"
        spellCheck={false}
      />
      <Field.Error />
      <Typography variant="pi" textColor="success600" role="status">
        {known && !known.exists && !error ? t('skill.alias-free') : ''}
      </Typography>
      <Field.Hint />
    </Field.Root>
  );
}
