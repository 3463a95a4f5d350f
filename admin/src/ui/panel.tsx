import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';

interface PanelProps {
  title?: string;
  /** Stands beside the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A white box with a heading: how Strapi's own pages group things. */
export function Panel({ title, actions, children }: PanelProps) {
  return (
    <Box
      tag="section"
      background="neutral0"
      hasRadius
      shadow="tableShadow"
      padding={{ initial: 4, medium: 6 }}
      minWidth={0}
    >
      {(title || actions) && (
        <Flex justifyContent="space-between" alignItems="center" gap={2} paddingBottom={4} wrap="wrap">
          {title && (
            <Typography variant="delta" tag="h2">
              {title}
            </Typography>
          )}
          {actions}
        </Flex>
      )}
      {children}
    </Box>
  );
}
