import type { ReactNode } from 'react';
import { Flex, Typography } from '@strapi/design-system';

interface LabelledProps {
  label: string;
  /** Stands at the end of the label's line. */
  action?: ReactNode;
  children: ReactNode;
}

/** A part of what a tool was asked or answered, under its name. */
export function Labelled({ label, action, children }: LabelledProps) {
  return (
    <Flex direction="column" alignItems="stretch" gap={1} minWidth={0}>
      <Flex justifyContent="space-between" gap={2} minWidth={0}>
        <Typography variant="sigma" textColor="neutral600">
          {label}
        </Typography>
        {action}
      </Flex>
      {children}
    </Flex>
  );
}
