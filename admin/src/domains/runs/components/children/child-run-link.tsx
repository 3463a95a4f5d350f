import { Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import type { Allowed } from '../../../../http/permissions';
import { RunStatusBadge } from '../../../../ui/run-status';
import { useT } from '../../../../ui/use-t';
import { TextLink } from '../../../../ui/text-link';
import { useGetRunQuery } from '../../api';
import { hasEnded } from '../run-state';

const pollMs = 3_000;

/** A run that an agent has started, with how it stands. */
export function ChildRunLink({ runId, alias, allowed }: { runId: string; alias: string; allowed: Allowed }) {
  const t = useT();
  const [ended, setEnded] = useState(false);
  const { data: run } = useGetRunQuery(runId, {
    skip: !allowed.readRuns,
    pollingInterval: ended ? 0 : pollMs,
  });
  if (run && hasEnded(run.status) !== ended) setEnded(hasEnded(run.status));
  return (
    <Flex gap={2} wrap="wrap">
      <TextLink to={`/plugins/skills/runs/${runId}`}>
        <Typography textColor="primary600">{t('children.open', { alias })}</Typography>
      </TextLink>
      {run && <RunStatusBadge status={run.status} />}
    </Flex>
  );
}
