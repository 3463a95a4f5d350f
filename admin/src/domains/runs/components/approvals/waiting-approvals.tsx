import { useState } from 'react';
import { Box, Button, Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { Check, Cross } from '@strapi/icons';
import { useIntl } from 'react-intl';
import type { Run, RunApproval } from 'strapi-plugin-skills-shared/contracts';
import { TimeAgo } from '../../../../ui/time-ago';
import { useNotify } from '../../../../ui/use-notify';
import { useT } from '../../../../ui/use-t';
import { useDecideApprovalsMutation } from '../../api';
import { ToolInput } from '../trajectory/tools/tool-input';

/** As long as a note to the model may be. */
const noteLength = 4_000;

interface WaitingApprovalsProps {
  run: Pick<Run, 'id' | 'waiting'>;
  /** Those that nobody has decided. */
  approvals: readonly RunApproval[];
  /** Whether this person may decide. */
  may: boolean;
  /** These were decided just now. */
  onDecided: (calls: readonly string[]) => void;
}

/** The tool calls that wait for a person, until when they do, and what decides them. */
export function WaitingApprovals({ run, approvals, may, onDecided }: WaitingApprovalsProps) {
  const t = useT();
  const { formatDate } = useIntl();
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
    else onDecided(calls.map(({ callId }) => callId));
  };
  return (
    <Box background="warning100" borderColor="warning200" hasRadius padding={4} minWidth={0}>
      <Flex justifyContent="space-between" gap={3} wrap="wrap" paddingBottom={3}>
        <Typography fontWeight="semiBold" textColor="warning700" tag="h3">
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
      {run.waiting?.reason === 'approval' && (
        <Typography tag="p" variant="pi" textColor="neutral700" paddingBottom={3}>
          {t('approval.until', {
            until: formatDate(run.waiting.until, { dateStyle: 'medium', timeStyle: 'short' }),
          })}
        </Typography>
      )}
      <Flex direction="column" alignItems="stretch" gap={4} minWidth={0}>
        {approvals.map((approval) => (
          <Box
            key={approval.callId}
            role="group"
            aria-label={approval.name}
            tabIndex={-1}
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
