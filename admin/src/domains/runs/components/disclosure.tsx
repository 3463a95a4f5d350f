import { useId, useState, type ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { ChevronDown, ChevronRight } from '@strapi/icons';
import { styled } from 'styled-components';

const Head = styled.button`
  display: flex;
  align-items: center;
  gap: 0.8rem;
  width: 100%;
  padding: 0.8rem 1.2rem;
  border: 0;
  background: transparent;
  text-align: left;
  cursor: pointer;
  border-radius: ${({ theme }) => theme.borderRadius};
  svg {
    flex: none;
  }
`;

interface DisclosureProps {
  icon: ReactNode;
  title: string;
  /** A line beside the title that tells what is inside, cut where it does not fit. */
  summary?: string;
  /** Stands at the end of the line. */
  state?: ReactNode;
  children: ReactNode;
}

/** Something closed until it is asked for; what is inside is not drawn before. */
export function Disclosure({ icon, title, summary, state, children }: DisclosureProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <Box background="neutral100" borderColor="neutral200" hasRadius minWidth={0}>
      <Head type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <Chevron fill="neutral600" aria-hidden width="1.2rem" height="1.2rem" />
        {icon}
        <Typography fontWeight="semiBold" textColor="neutral800" style={{ flex: 'none' }}>
          {title}
        </Typography>
        <Box flex="1" minWidth={0}>
          {summary && (
            <Typography ellipsis display="block" variant="pi" textColor="neutral600">
              {summary}
            </Typography>
          )}
        </Box>
        {state && <Flex gap={1}>{state}</Flex>}
      </Head>
      <div id={id}>
        {open && (
          <Box padding={4} paddingTop={2} minWidth={0}>
            {children}
          </Box>
        )}
      </div>
    </Box>
  );
}
