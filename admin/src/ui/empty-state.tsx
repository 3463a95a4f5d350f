import type { ComponentType, ReactNode, SVGProps } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';

interface EmptyStateProps {
  Icon: ComponentType<SVGProps<SVGSVGElement>>;
  title: string;
  /** What would stand here, in a sentence or two. */
  what: string;
  /** The next step. */
  children: ReactNode;
}

/** What stands where there is nothing yet: what it is, and how to get one. */
export function EmptyState({ Icon, title, what, children }: EmptyStateProps) {
  return (
    <Flex
      direction="column"
      gap={5}
      padding={{ initial: 6, medium: 10 }}
      background="neutral0"
      hasRadius
      shadow="tableShadow"
    >
      <Icon width="4.8rem" height="4.8rem" fill="primary600" aria-hidden />
      <Typography variant="beta" tag="h2" textAlign="center">
        {title}
      </Typography>
      <Box maxWidth="56rem">
        <Typography tag="p" textColor="neutral600" textAlign="center">
          {what}
        </Typography>
      </Box>
      {children}
    </Flex>
  );
}
