import { Badge, Box, Flex, Typography, type BadgeProps } from '@strapi/design-system';
import type { InstalledProvider, ProviderRejection } from 'strapi-plugin-skills-shared/contracts';
import { useT, type MessageKey } from '../../../ui/use-t';
import { CapabilityList } from './capability-list';
import { ProviderIcon } from './provider-icon';

const looks: Record<InstalledProvider['state'], BadgeProps['variant']> = {
  loaded: 'success',
  disabled: 'neutral',
  rejected: 'danger',
};

/** What to do about a package that is not used. */
const remedies: Record<ProviderRejection['code'], MessageKey> = {
  disabled: 'providers.remedy.disabled',
  'no-manifest': 'providers.remedy.no-manifest',
  'load-failed': 'providers.remedy.load-failed',
  'no-provider': 'providers.remedy.no-provider',
  'wrong-specification-version': 'providers.remedy.wrong-specification-version',
  'invalid-definition': 'providers.remedy.invalid-definition',
  'duplicate-id': 'providers.remedy.duplicate-id',
};

/** One package that says it is an adapter: what it can do, or why it is not used. */
export function ProviderCard({ provider }: { provider: InstalledProvider }) {
  const t = useT();
  const { state, rejection } = provider;
  return (
    <Flex
      tag="li"
      direction="column"
      alignItems="stretch"
      gap={4}
      padding={{ initial: 4, medium: 6 }}
      background="neutral0"
      hasRadius
      shadow="tableShadow"
      minWidth={0}
      height="100%"
      data-provider={provider.package}
    >
      <Flex gap={3} alignItems="flex-start">
        <ProviderIcon icon={provider.icon} />
        <Flex direction="column" alignItems="flex-start" flex="1" minWidth={0}>
          <Typography variant="delta" tag="h2">
            {provider.displayName ?? provider.package}
          </Typography>
          <Box minWidth={0} maxWidth="100%" style={{ overflowWrap: 'anywhere' }}>
            <Typography variant="pi" textColor="neutral600">
              {provider.package} {provider.packageVersion}
            </Typography>
          </Box>
        </Flex>
        <Badge variant={looks[state]} data-state={state}>
          {t(`providers.state.${state}`)}
        </Badge>
      </Flex>
      {provider.description && <Typography textColor="neutral800">{provider.description}</Typography>}
      {rejection && (
        <Flex
          direction="column"
          alignItems="flex-start"
          gap={2}
          padding={3}
          hasRadius
          background={state === 'rejected' ? 'danger100' : 'neutral100'}
        >
          <Typography textColor={state === 'rejected' ? 'danger700' : 'neutral800'}>
            {rejection.message}
          </Typography>
          <Typography textColor="neutral800">{t(remedies[rejection.code])}</Typography>
        </Flex>
      )}
      {state === 'loaded' && <CapabilityList capabilities={provider.capabilities} />}
    </Flex>
  );
}
