import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { ArrowClockwise, WarningCircle } from '@strapi/icons';
import type { SkillTypeFailure } from 'strapi-plugin-skills-shared/contracts';
import { useT } from '../../../../ui/use-t';

interface TypeFailuresProps {
  failures: readonly SkillTypeFailure[];
  busy: boolean;
  onRetry: () => void;
}

/** The connections that could not say what they offer, each with the reason. The others are there all the same. */
export function TypeFailures({ failures, busy, onRetry }: TypeFailuresProps) {
  const t = useT();
  if (failures.length === 0) return null;
  return (
    <Flex
      background="warning100"
      hasRadius
      padding={4}
      gap={3}
      alignItems="flex-start"
      justifyContent="space-between"
      wrap="wrap"
      role="alert"
    >
      <Flex gap={3} alignItems="flex-start" flex="1" minWidth="20rem">
        <Box paddingTop={1}>
          <WarningCircle fill="warning600" aria-hidden />
        </Box>
        <Flex direction="column" alignItems="flex-start" gap={1}>
          {failures.map(({ connection, error }) => (
            <Typography key={connection.id} style={{ overflowWrap: 'anywhere' }} data-error={error.code}>
              {t('new-skill.types-failed', { name: connection.name, message: error.message })}
            </Typography>
          ))}
        </Flex>
      </Flex>
      <Button size="S" variant="secondary" startIcon={<ArrowClockwise />} loading={busy} onClick={onRetry}>
        {t('common.retry')}
      </Button>
    </Flex>
  );
}
