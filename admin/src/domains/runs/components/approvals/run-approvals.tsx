import { useState } from 'react';
import { Badge, Box, Button, Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { Check, Cross } from '@strapi/icons';
import type { Run, RunApproval } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../../http/permissions';
import { Failed } from '../../../../ui/failed';
import { TimeAgo } from '../../../../ui/time-ago';
import { useNotify } from '../../../../ui/use-notify';
import { useT } from '../../../../ui/use-t';
import { useDecideApprovalsMutation, useListRunApprovalsQuery } from '../../api';
import { Disclosure } from '../disclosure';
import { hasEnded } from '../run-state';
import { Decision } from '../trajectory/tool-view';
import { summaryOf } from '../trajectory/tool-summary';
import { ToolInput } from '../trajectory/tools/tool-body';

interface RunApprovalsProps {
  run: Run;
  allowed: Allowed;
}

/** As long as a note to the model may be. */
const noteLength = 4_000;

/** The tool calls that wait for a person, each to be approved or denied, and those that were decided. Nothing of a run that had none. */
export function RunApprovals({ run, allowed }: RunApprovalsProps) {
  const { data, error, refetch } = useListRunApprovalsQuery(run.id, { skip: run.execution !== 'agent' });
  if (error && !data) return <Failed error={error} onRetry={refetch} />;
  const waiting = (data ?? []).filter(({ approved }) => approved === null);
  const decided = (data ?? []).filter(({ approved }) => approved !== null);
  const open = !hasEnded(run.status) && waiting.length > 0;
  if (!open && decided.length === 0) return null;
  return (
    <Flex direction="column" alignItems="stretch" gap={3} minWidth={0}>
      {open && <Waiting run={run} approvals={waiting} may={allowed.approveRuns} />}
      {decided.length > 0 && <Decided approvals={decided} />}
    </Flex>
  );
}

function Waiting({ run, approvals, may }: { run: Run; approvals: RunApproval[]; may: boolean }) {
  const t = useT();
  const notify = useNotify();
  const [notes, setNotes] = useState<Record<string, string>>({});
  const [decide, { isLoading }] = useDecideApprovalsMutation();

  const send = async (calls: readonly RunApproval[], approved: boolean) => {
    const decisions = calls.map(({ callId }) => {
      const note = notes[callId]?.trim();
      return { callId, approved, ...(note ? { note } : {}) };
    });
    const result = await decide({ id: run.id, decisions });
    if ('error' in result) notify.failure(result.error);
  };
  return (
    <Box
      tag="section"
      aria-label={t('approval.title')}
      background="warning100"
      borderColor="warning200"
      hasRadius
      padding={4}
      minWidth={0}
    >
      <Flex justifyContent="space-between" gap={3} wrap="wrap" paddingBottom={3}>
        <Typography fontWeight="semiBold" textColor="warning700" tag="h3" role="status">
          {t('approval.count', { count: approvals.length })}
        </Typography>
        {may && approvals.length > 1 && (
          <Button
            size="S"
            variant="success-light"
            startIcon={<Check />}
            disabled={isLoading}
            onClick={() => send(approvals, true)}
          >
            {t('approval.approve-all')}
          </Button>
        )}
      </Flex>
      <Flex direction="column" alignItems="stretch" gap={4} minWidth={0}>
        {approvals.map((approval) => (
          <Box
            key={approval.callId}
            data-call={approval.callId}
            background="neutral0"
            hasRadius
            padding={4}
            minWidth={0}
          >
            <Flex gap={2} wrap="wrap" paddingBottom={3}>
              <Typography fontWeight="semiBold" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
                {approval.name}
              </Typography>
              <Typography variant="pi" textColor="neutral600">
                <TimeAgo at={approval.requestedAt} />
              </Typography>
            </Flex>
            <ToolInput name={approval.name} input={approval.input} />
            {may && (
              <Flex direction="column" alignItems="stretch" gap={3} paddingTop={4}>
                <Field.Root name={`note-${approval.callId}`} hint={t('approval.note-hint')}>
                  <Field.Label>{t('approval.note')}</Field.Label>
                  <TextInput
                    value={notes[approval.callId] ?? ''}
                    maxLength={noteLength}
                    onChange={(event: { target: { value: string } }) =>
                      setNotes((all) => ({ ...all, [approval.callId]: event.target.value }))
                    }
                  />
                  <Field.Hint />
                </Field.Root>
                <Flex gap={2} wrap="wrap">
                  <Button
                    size="S"
                    variant="success"
                    startIcon={<Check />}
                    disabled={isLoading}
                    onClick={() => send([approval], true)}
                  >
                    {t('approval.approve')}
                  </Button>
                  <Button
                    size="S"
                    variant="danger-light"
                    startIcon={<Cross />}
                    disabled={isLoading}
                    onClick={() => send([approval], false)}
                  >
                    {t('approval.deny')}
                  </Button>
                </Flex>
              </Flex>
            )}
          </Box>
        ))}
        {!may && <Typography textColor="neutral700">{t('approval.not-allowed')}</Typography>}
      </Flex>
    </Box>
  );
}

function Decided({ approvals }: { approvals: RunApproval[] }) {
  const t = useT();
  return (
    <Disclosure
      name="approvals-decided"
      icon={<Check fill="neutral600" aria-hidden width="1.4rem" height="1.4rem" />}
      title={t('approval.decided', { count: approvals.length })}
    >
      <Flex tag="ul" direction="column" alignItems="stretch" gap={3} minWidth={0}>
        {approvals.map(({ callId, name, input, approved, note, decidedBy }) => (
          <li key={callId}>
            <Flex gap={2} wrap="wrap" minWidth={0}>
              <Badge size="S" variant={approved ? 'success' : 'warning'}>
                {t(approved ? 'approval.approved' : 'approval.denied')}
              </Badge>
              <Typography fontWeight="semiBold">{name}</Typography>
              <Typography variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
                {summaryOf({ request: { input } })}
              </Typography>
            </Flex>
            {decidedBy && <Decision decision={{ approved: approved === true, note, by: decidedBy }} />}
          </li>
        ))}
      </Flex>
    </Disclosure>
  );
}
