import type { SecretState } from 'strapi-plugin-skills-shared/contracts';
import { Button, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, MinusCircle, Trash, WarningCircle } from '@strapi/icons';
import { useT, type Translate } from '../../ui/use-t';

interface SecretStoredProps {
  state: SecretState;
  label: string;
  /** It is cleared with the next save. */
  cleared: boolean;
  required: boolean;
  disabled: boolean;
  onReplace: () => void;
  onClear: () => void;
  onKeep: () => void;
}

function toldOf(t: Translate, state: SecretState): string {
  if (state.source === 'stored') return t('schema-form.secret.stored');
  if (state.source === 'none') return t('schema-form.secret.none');
  return t(state.present ? 'schema-form.secret.variable-present' : 'schema-form.secret.variable-missing', {
    variable: state.variable,
  });
}

/** What is known of a secret that is not shown: that it is there, where it comes from, and what may be done with it. */
export function SecretStored(props: SecretStoredProps) {
  const { state, label, cleared, required, disabled, onReplace, onClear, onKeep } = props;
  const t = useT();
  const missing = state.source === 'environment' && !state.present;
  const set = state.source !== 'none' && !missing;
  return (
    <Flex
      background="neutral100"
      borderColor="neutral200"
      hasRadius
      paddingTop={2}
      paddingBottom={2}
      paddingLeft={4}
      paddingRight={2}
      gap={2}
      wrap="wrap"
      justifyContent="space-between"
      minHeight="4rem"
    >
      <Flex gap={2} minWidth={0} flex="1 1 16rem">
        {cleared || !(set || missing) ? (
          <MinusCircle fill="neutral500" aria-hidden />
        ) : missing ? (
          <WarningCircle fill="warning600" aria-hidden />
        ) : (
          <CheckCircle fill="success600" aria-hidden />
        )}
        <Typography textColor={missing ? 'warning700' : 'neutral800'}>
          {cleared ? t('schema-form.secret.cleared') : toldOf(t, state)}
        </Typography>
      </Flex>
      {!disabled && (
        <Flex gap={2} wrap="wrap">
          {cleared ? (
            <Button size="S" variant="tertiary" onClick={onKeep}>
              {t('common.undo')}
            </Button>
          ) : (
            <>
              <Button
                size="S"
                variant="tertiary"
                aria-label={t('schema-form.secret.replace-of', { name: label })}
                onClick={onReplace}
              >
                {t('schema-form.secret.replace')}
              </Button>
              {!required && (
                <Button
                  size="S"
                  variant="danger-light"
                  startIcon={<Trash />}
                  aria-label={t('schema-form.secret.clear-of', { name: label })}
                  onClick={onClear}
                >
                  {t('schema-form.secret.clear')}
                </Button>
              )}
            </>
          )}
        </Flex>
      )}
    </Flex>
  );
}
