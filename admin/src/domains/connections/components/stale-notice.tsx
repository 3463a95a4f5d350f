import { Button, Flex, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { useT } from '../../../ui/use-t';

/** Somebody else has saved this connection since it was opened. */
export function StaleNotice({ loading, onReload }: { loading: boolean; onReload: () => void }) {
  const t = useT();
  return (
    <Flex
      role="alert"
      background="warning100"
      hasRadius
      padding={4}
      gap={4}
      marginBottom={4}
      justifyContent="space-between"
      wrap="wrap"
    >
      <Typography>{t('connection.stale')}</Typography>
      <Button
        size="S"
        variant="secondary"
        startIcon={<ArrowClockwise />}
        loading={loading}
        onClick={onReload}
      >
        {t('connection.stale-reload')}
      </Button>
    </Flex>
  );
}
