import { Typography, type TypographyProps } from '@strapi/design-system';

/** Text on one line that ends in an ellipsis when it is too long; whole on hover. */
export function Clipped({
  children,
  maxWidth = '28rem',
  ...props
}: TypographyProps & { children: string; maxWidth?: string }) {
  return (
    <Typography ellipsis display="block" maxWidth={maxWidth} title={children} {...props}>
      {children}
    </Typography>
  );
}
