import { Link } from 'react-router-dom';
import { styled } from 'styled-components';

/** A link within text, in the theme's colour: the browser's own blue cannot be read on dark pages. */
export const TextLink = styled(Link)`
  color: ${({ theme }) => theme.colors.primary600};
  overflow-wrap: anywhere;
`;
