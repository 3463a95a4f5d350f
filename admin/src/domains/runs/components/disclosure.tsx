import { createContext, useContext, useId, useState, type ReactNode } from 'react';
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
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
`;

/** What was opened, by name: for disclosures that leave the page when they are scrolled out of view, and come back as they were. */
export const OpenedContext = createContext<Set<string>>(new Set());

interface DisclosureProps {
  icon: ReactNode;
  title: string;
  /** A line beside the title that tells what is inside, cut where it does not fit. */
  summary?: string;
  /** Stands at the end of the line. */
  state?: ReactNode;
  /** By which it is remembered that it was opened. */
  name?: string;
  children: ReactNode;
}

/** Something closed until it is asked for; what is inside is not drawn before. */
export function Disclosure({ icon, title, summary, state, name, children }: DisclosureProps) {
  const opened = useContext(OpenedContext);
  const [open, setOpen] = useState(name !== undefined && opened.has(name));
  const id = useId();
  const Chevron = open ? ChevronDown : ChevronRight;
  const toggle = () => {
    if (name !== undefined) {
      if (open) opened.delete(name);
      else opened.add(name);
    }
    setOpen(!open);
  };
  return (
    <Box background="neutral100" borderColor="neutral200" hasRadius minWidth={0}>
      <Head type="button" aria-expanded={open} aria-controls={id} onClick={toggle}>
        <Chevron fill="neutral600" aria-hidden width="1.2rem" height="1.2rem" />
        {icon}
        <Typography
          fontWeight="semiBold"
          textColor="neutral800"
          ellipsis
          style={{ flex: '0 1 auto', minWidth: '6rem' }}
        >
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
