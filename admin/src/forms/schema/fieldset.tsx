import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';

interface FieldsetProps {
  label: string;
  hint?: string;
  error?: string;
  required?: boolean;
  children: ReactNode;
}

/** Fields that belong together, under one name. */
export function Fieldset({ label, hint, error, required, children }: FieldsetProps) {
  return (
    <Box
      tag="fieldset"
      borderColor={error ? 'danger600' : 'neutral200'}
      hasRadius
      padding={4}
      minWidth={0}
      aria-invalid={error ? true : undefined}
    >
      <Typography tag="legend" variant="pi" fontWeight="bold" paddingLeft={1} paddingRight={1}>
        {label}
        {required && (
          <Typography tag="span" textColor="danger600" aria-hidden>
            {' *'}
          </Typography>
        )}
      </Typography>
      <Flex direction="column" alignItems="stretch" gap={4}>
        {hint && (
          <Typography variant="pi" textColor="neutral600">
            {hint}
          </Typography>
        )}
        {children}
        {error && (
          <Typography variant="pi" textColor="danger600">
            {error}
          </Typography>
        )}
      </Flex>
    </Box>
  );
}
