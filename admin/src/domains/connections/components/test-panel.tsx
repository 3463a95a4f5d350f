import type { ConnectionTestResult } from 'strapi-plugin-skills-shared/contracts';
import { Button, Flex, Typography } from '@strapi/design-system';
import { Lightning } from '@strapi/icons';
import { Panel } from '../../../ui/panel';
import { useT } from '../../../ui/use-t';
import { TestResult } from './test-result';

interface TestPanelProps {
  result: ConnectionTestResult | null;
  /** The result is of settings that are not saved. */
  ofDraft: boolean;
  testing: boolean;
  /** Absent where the role may not test, or nothing can be tested. */
  onTest?: () => void;
  /** Why there is no button, or what it will do. */
  hint: string;
}

/** Tries the connection out with a real call to the vendor, before it is saved as well as after. */
export function TestPanel({ result, ofDraft, testing, onTest, hint }: TestPanelProps) {
  const t = useT();
  return (
    <Panel title={t('connection.test-title')}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Typography variant="pi" textColor="neutral600">
          {hint}
        </Typography>
        {result && (
          <Flex direction="column" alignItems="stretch" gap={1}>
            {ofDraft && (
              <Typography variant="sigma" textColor="neutral600">
                {t('connection.test-of-draft')}
              </Typography>
            )}
            <TestResult result={result} />
          </Flex>
        )}
        {onTest && (
          <Button variant="secondary" startIcon={<Lightning />} loading={testing} onClick={onTest}>
            {t('connection.test')}
          </Button>
        )}
      </Flex>
    </Panel>
  );
}
