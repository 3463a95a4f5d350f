import { useState } from 'react';
import { Combobox, ComboboxOption, Field, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { ConnectionModel } from 'strapi-plugin-skills-shared/contracts';
import { useAllowed } from '../../../http/allowed';
import { toFailure } from '../../../http/api-failure';
import { formatDollars } from '../../../ui/dollars';
import { useT, type Translate } from '../../../ui/use-t';
import { useGetConnectionModelsQuery } from '../api';

interface ModelFieldProps {
  connection: string;
  /** Empty: the connection's own choice. */
  value: string;
  onChange: (model: string) => void;
  error?: string;
  disabled?: boolean;
}

/** What a million tokens cost; unknown, never nothing, where nobody knows. */
function priceText(t: Translate, locale: string, { price }: Pick<ConnectionModel, 'price'>): string {
  if (!price) return t('run-form.price-unknown');
  return t('run-form.price', {
    input: formatDollars(price.input, locale),
    output: formatDollars(price.output, locale),
  });
}

/**
 * A model of a connection, found by typing; one that the provider does not list can be named too. The provider is asked for its models
 * when somebody begins to choose, with the stored key, and only for those who may use that key; others name a model by its id.
 */
export function ModelField({ connection, value, onChange, error, disabled }: ModelFieldProps) {
  const t = useT();
  const { locale } = useIntl();
  const { startRuns } = useAllowed();
  const [choosing, setChoosing] = useState(false);
  const skip = !choosing || disabled || !startRuns;
  const { currentData, isFetching, error: failure } = useGetConnectionModelsQuery(connection, { skip });
  const models = currentData ?? [];
  const chosen = models.find(({ id }) => id === value);
  const hint =
    failure && !currentData
      ? t('run-form.models-failed', { message: toFailure(failure).message })
      : value === ''
        ? t('run-form.model-default-hint')
        : currentData && priceText(t, locale, chosen ?? { price: null });
  const noOptions = (): string => {
    if (!startRuns) return t('run-form.models-forbidden');
    return t(isFetching ? 'common.loading' : 'run-form.no-models');
  };
  return (
    <Field.Root name="model" error={error} hint={hint}>
      <Field.Label>{t('run.model')}</Field.Label>
      <Combobox
        autocomplete={{ type: 'list', filter: 'contains' }}
        allowCustomValue
        loading={isFetching}
        disabled={disabled}
        placeholder={t('run-form.model-default')}
        noOptionsMessage={noOptions}
        onFocus={() => setChoosing(true)}
        onOpenChange={() => setChoosing(true)}
        value={value}
        onChange={(model: string | undefined) => onChange(model ?? '')}
        onClear={() => onChange('')}
        clearLabel={t('run-form.model-clear')}
      >
        {models.map((model) => (
          <ComboboxOption key={model.id} value={model.id} textValue={model.id}>
            <Flex direction="column" alignItems="flex-start">
              <Typography>
                {model.name && model.name !== model.id ? `${model.name} (${model.id})` : model.id}
              </Typography>
              <Typography variant="pi" textColor="neutral600">
                {priceText(t, locale, model)}
              </Typography>
            </Flex>
          </ComboboxOption>
        ))}
      </Combobox>
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}
