import { Box, Typography } from '@strapi/design-system';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { useT, type MessageKey } from '../../../ui/use-t';

/** What a person can do about a failure, by its code. For the others the server's sentence is all there is to say. */
const advice: Record<string, MessageKey> = {
  authentication: 'run-failure.authentication',
  permission: 'run-failure.permission',
  'rate-limited': 'run-failure.rate-limited',
  'invalid-request': 'run-failure.invalid-request',
  unavailable: 'run-failure.unavailable',
  timeout: 'run-failure.timeout',
  'unsupported-feature': 'run-failure.unsupported-feature',
  protocol: 'run-failure.protocol',
  interrupted: 'run-failure.interrupted',
  'connection-inactive': 'run-failure.connection-inactive',
  'connection-not-found': 'run-failure.connection-not-found',
  'provider-missing': 'run-failure.provider-missing',
  'secret-unreadable': 'run-failure.secret-unreadable',
  'model-required': 'run-failure.model-required',
  'capability-missing': 'run-failure.unsupported-feature',
  'feature-missing': 'run-failure.unsupported-feature',
  'not-hosted': 'run-failure.not-hosted',
  'connection-required': 'run-failure.connection-required',
  'steps-budget': 'run-failure.budget',
  'tokens-budget': 'run-failure.budget',
  'time-budget': 'run-failure.budget',
  'cost-budget': 'run-failure.budget',
  'waiting-expired': 'run-failure.waiting-expired',
};

/** Why a run failed, in a sentence, and what to do. */
export function RunFailure({ run }: { run: Run }) {
  const t = useT();
  if (!run.error) return null;
  const { code, message } = run.error;
  // A script's time limit is not a vendor's silence.
  const key = code === 'timeout' && run.execution === 'sandbox' ? undefined : advice[code];
  return (
    <Box background="danger100" padding={4} hasRadius role="alert" data-error={code}>
      <Typography fontWeight="semiBold" textColor="danger700" tag="p" style={{ overflowWrap: 'anywhere' }}>
        {message}
      </Typography>
      {key && (
        <Typography tag="p" textColor="neutral800" paddingTop={1}>
          {t(key)}
        </Typography>
      )}
      <Typography variant="pi" textColor="neutral600">
        {code}
      </Typography>
    </Box>
  );
}
