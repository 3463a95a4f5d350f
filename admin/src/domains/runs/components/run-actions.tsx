import { Button, Flex } from '@strapi/design-system';
import { ArrowClockwise, Download } from '@strapi/icons';
import { useState } from 'react';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../http/permissions';
import { assertOk } from '../../../http/skills-api';
import { useAuthorizedFetch } from '../../../http/use-authorized-fetch';
import { saveBlob } from '../../../ui/save-blob';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { CancelButton } from './cancel-button';
import { hasEnded } from './run-state';

interface RunActionsProps {
  run: Run;
  allowed: Allowed;
  /** Begins another run with this one's input. */
  onRunAgain?: (run: Run) => void;
}

/** What can be done with a run: cancelled while it goes on; then exported, or run again. */
export function RunActions({ run, allowed, onRunAgain }: RunActionsProps) {
  const t = useT();
  const ended = hasEnded(run.status);
  return (
    <Flex gap={2} wrap="wrap">
      {!ended && allowed.cancelRuns && <CancelButton runId={run.id} />}
      {ended && run.execution === 'agent' && <ExportButton runId={run.id} />}
      {ended && onRunAgain && (
        <Button size="S" variant="secondary" startIcon={<ArrowClockwise />} onClick={() => onRunAgain(run)}>
          {t('run.again')}
        </Button>
      )}
    </Flex>
  );
}

/** The run with its files as an AgentFS database, which other tools open. */
function ExportButton({ runId }: { runId: string }) {
  const t = useT();
  const notify = useNotify();
  const fetch = useAuthorizedFetch();
  const [busy, setBusy] = useState(false);
  const press = async () => {
    setBusy(true);
    try {
      const response = await assertOk(await fetch(`/skills/runs/${runId}/export?format=agentfs`));
      saveBlob(await response.blob(), `run-${runId}.db`);
    } catch (error) {
      notify.failure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size="S" variant="tertiary" startIcon={<Download />} loading={busy} onClick={press}>
      {t('run.export')}
    </Button>
  );
}
