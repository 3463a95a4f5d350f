import type { ReactNode } from 'react';
import type { SecretState } from 'strapi-plugin-skills-shared/contracts';
import { Flex, Typography } from '@strapi/design-system';
import { CheckCircle, MinusCircle, WarningCircle } from '@strapi/icons';
import { useT, type Translate } from '../../ui/use-t';

interface SecretStoredProps {
  state: SecretState;
  /** It is cleared with the next save. */
  cleared?: boolean;
  /** What may be done with it. */
  children?: ReactNode;
}

function toldOf(t: Translate, state: SecretState): string {
  if (state.source === 'stored') return t('schema-form.secret.stored');
  if (state.source === 'none') return t('schema-form.secret.none');
  return t(state.present ? 'schema-form.secret.variable-present' : 'schema-form.secret.variable-missing', {
    variable: state.variable,
  });
}

function lookOf(state: SecretState, cleared: boolean): 'set' | 'missing' | 'none' {
  if (cleared || state.source === 'none') return 'none';
  return state.source === 'environment' && !state.present ? 'missing' : 'set';
}

const icons = {
  set: <CheckCircle fill="success600" aria-hidden />,
  missing: <WarningCircle fill="warning600" aria-hidden />,
  none: <MinusCircle fill="neutral500" aria-hidden />,
};

/** What is known of a secret that is not shown: that it is there, and where it comes from. */
export function SecretStored({ state, cleared = false, children }: SecretStoredProps) {
  const t = useT();
  const look = lookOf(state, cleared);
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
        <Flex shrink={0}>{icons[look]}</Flex>
        <Typography textColor={look === 'missing' ? 'warning700' : 'neutral800'}>
          {cleared ? t('schema-form.secret.cleared') : toldOf(t, state)}
        </Typography>
      </Flex>
      {children && (
        <Flex gap={2} wrap="wrap">
          {children}
        </Flex>
      )}
    </Flex>
  );
}
