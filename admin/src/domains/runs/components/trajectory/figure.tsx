import type { ReactNode } from 'react';
import { Typography } from '@strapi/design-system';

/** A figure in a column of such: at the right of its place, each digit as wide as another. */
export function Figure({ width, children }: { width: string; children: ReactNode }) {
  return (
    <Typography
      variant="pi"
      textColor="neutral600"
      style={{
        minWidth: width,
        textAlign: 'right',
        whiteSpace: 'nowrap',
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      {children}
    </Typography>
  );
}
