import { Badge, Flex, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { InstalledProvider } from 'strapi-plugin-skills-shared/contracts';
import { useT } from '../../../ui/use-t';
import { ProviderIcon } from '../../providers';

const Choice = styled(Link)`
  display: flex;
  gap: 1.6rem;
  align-items: flex-start;
  height: 100%;
  padding: 2.4rem;
  border-radius: ${({ theme }) => theme.borderRadius};
  border: 1px solid ${({ theme }) => theme.colors.neutral150};
  background: ${({ theme }) => theme.colors.neutral0};
  text-decoration: none;
  &:hover,
  &:focus-visible {
    border-color: ${({ theme }) => theme.colors.primary500};
    background: ${({ theme }) => theme.colors.primary100};
  }
`;

interface ProviderChoiceProps {
  provider: InstalledProvider & { id: string };
}

/** A provider to be chosen: the second step is a page of its own, so that Back leads to the first. */
export function ProviderChoice({ provider }: ProviderChoiceProps) {
  const t = useT();
  return (
    <Choice to={`?provider=${encodeURIComponent(provider.id)}`} data-provider={provider.id}>
      <ProviderIcon icon={provider.icon} size="3.2rem" />
      <Flex direction="column" alignItems="flex-start" gap={1}>
        <Typography variant="delta" tag="span" textColor="neutral800">
          {provider.displayName ?? provider.id}
        </Typography>
        {provider.description && <Typography textColor="neutral600">{provider.description}</Typography>}
        <Flex gap={1} wrap="wrap" paddingTop={1}>
          {provider.capabilities.map(({ id, known }) => (
            <Badge key={id} variant={known ? 'neutral' : 'warning'}>
              {id === 'chat' ? t('capability.chat') : id === 'embedding' ? t('capability.embedding') : id}
            </Badge>
          ))}
        </Flex>
      </Flex>
    </Choice>
  );
}
