import { Box, Flex, LinkButton, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { ProviderBinding, Skill } from 'strapi-plugin-skills-shared/contracts';
import { useAllowed } from '../../../../../http/allowed';
import { useT } from '../../../../../ui/use-t';

interface GoneNoticeProps {
  gone: 'connection' | 'adapter';
  skill: Skill;
  binding: ProviderBinding;
}

/** Says that a skill can be read but neither run nor edited, because what it is bound to is gone, and what helps. */
export function GoneNotice({ gone, skill, binding }: GoneNoticeProps) {
  const t = useT();
  const allowed = useAllowed();
  const provider = skill.binding?.connection?.provider.displayName ?? binding.providerId;
  return (
    <Flex
      background="warning100"
      hasRadius
      padding={4}
      gap={3}
      alignItems="flex-start"
      role="alert"
      data-gone={gone}
    >
      <Box paddingTop={1}>
        <WarningCircle fill="warning600" aria-hidden />
      </Box>
      <Flex direction="column" alignItems="flex-start" gap={2}>
        <Typography>
          {gone === 'connection'
            ? t('provider-skill.connection-gone', { type: binding.skillTypeName, provider })
            : t('provider-skill.adapter-gone', { type: binding.skillTypeName, provider })}
        </Typography>
        {gone === 'adapter' && allowed.readProviders && (
          <LinkButton size="S" variant="secondary" tag={Link} to="/plugins/skills/providers">
            {t('new-skill.see-providers')}
          </LinkButton>
        )}
      </Flex>
    </Flex>
  );
}
