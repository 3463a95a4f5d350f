import { Box, Button, EmptyStateLayout } from '@strapi/design-system';
import { ArrowClockwise, WarningCircle } from '@strapi/icons';
import { toFailure } from '../http/api-failure';
import { useT } from './use-t';

/** What could not be loaded, said in the server's sentence, with a way to try again. */
export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useT();
  return (
    <Box role="alert" padding={4}>
      <EmptyStateLayout
        icon={<WarningCircle width="6.4rem" height="6.4rem" fill="danger600" aria-hidden />}
        content={toFailure(error).message || t('common.failed')}
        action={
          onRetry && (
            <Button variant="secondary" startIcon={<ArrowClockwise />} onClick={onRetry}>
              {t('common.retry')}
            </Button>
          )
        }
      />
    </Box>
  );
}
