import type { ConnectionTestResult } from 'strapi-plugin-skills-shared/contracts';
import { Badge, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, WarningCircle } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { formatDuration } from '../../../ui/format';
import { TimeAgo } from '../../../ui/time-ago';
import { useT } from '../../../ui/use-t';

/** What a test found, in the words of whoever answered, and how long it took. */
export function TestResult({ result }: { result: ConnectionTestResult }) {
  const t = useT();
  const { locale } = useIntl();
  const { ok, message, durationMs, at } = result;
  return (
    <Flex
      role="status"
      direction="column"
      alignItems="stretch"
      gap={2}
      padding={3}
      hasRadius
      background={ok ? 'success100' : 'danger100'}
      data-test={ok ? 'passed' : 'failed'}
    >
      <Flex gap={2} alignItems="flex-start">
        {ok ? (
          <CheckCircle fill="success600" aria-hidden style={{ flexShrink: 0, marginTop: '0.2rem' }} />
        ) : (
          <WarningCircle fill="danger600" aria-hidden style={{ flexShrink: 0, marginTop: '0.2rem' }} />
        )}
        <Typography
          textColor={ok ? 'success700' : 'danger700'}
          style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}
        >
          {message}
        </Typography>
      </Flex>
      <Typography variant="pi" textColor="neutral600">
        {t('connection.test-took', { duration: formatDuration(durationMs, locale) })} · <TimeAgo at={at} />
      </Typography>
    </Flex>
  );
}

/** A test in one word, for a list. */
export function TestBadge({ result }: { result: ConnectionTestResult | null }) {
  const t = useT();
  if (!result) return <Typography textColor="neutral500">{t('connection.untested')}</Typography>;
  return (
    <Flex direction="column" alignItems="flex-start" gap={1}>
      <Badge variant={result.ok ? 'success' : 'danger'} title={result.message}>
        {t(result.ok ? 'connection.test-passed' : 'connection.test-failed')}
      </Badge>
      <Typography variant="pi" textColor="neutral600">
        <TimeAgo at={result.at} />
      </Typography>
    </Flex>
  );
}
