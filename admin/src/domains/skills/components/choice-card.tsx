import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

const Card = styled.button`
  display: flex;
  align-items: flex-start;
  gap: 1.6rem;
  width: 100%;
  height: 100%;
  padding: 1.6rem;
  text-align: left;
  cursor: pointer;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  &:hover:not(:disabled),
  &:focus-visible {
    border-color: ${({ theme }) => theme.colors.primary600};
    background: ${({ theme }) => theme.colors.primary100};
  }
  &:disabled {
    cursor: not-allowed;
    background: ${({ theme }) => theme.colors.neutral150};
  }
`;

interface ChoiceCardProps {
  icon: ReactNode;
  title: string;
  /** Beside the title. */
  badges?: ReactNode;
  children?: ReactNode;
  disabled?: boolean;
  onClick: () => void;
}

/** One of several things to choose from, with room to say what it is. */
export function ChoiceCard({ icon, title, badges, children, disabled, onClick }: ChoiceCardProps) {
  return (
    <Card type="button" disabled={disabled} onClick={onClick}>
      {icon}
      <Flex direction="column" alignItems="flex-start" gap={1} flex="1" minWidth={0}>
        <Flex gap={2} wrap="wrap">
          <Typography fontWeight="semiBold" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Typography>
          {badges}
        </Flex>
        <Box>{children}</Box>
      </Flex>
    </Card>
  );
}

const Grid = styled.ul`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 32rem), 1fr));
  gap: 1.6rem;
`;

/** The choices side by side where there is room. Its children are list items. */
export function ChoiceGrid({ label, children }: { label: string; children: ReactNode }) {
  return <Grid aria-label={label}>{children}</Grid>;
}
