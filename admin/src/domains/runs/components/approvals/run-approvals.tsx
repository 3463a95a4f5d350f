import { useRef, type RefObject } from 'react';
import { Badge, Flex, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import type { Run, RunApproval } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../../http/permissions';
import { Failed } from '../../../../ui/failed';
import { useT } from '../../../../ui/use-t';
import { useListRunApprovalsQuery } from '../../api';
import { Disclosure } from '../disclosure';
import { hasEnded, livePoll } from '../run-state';
import { Decision } from '../trajectory/tool-view';
import { summaryOf } from '../trajectory/tool-summary';
import { nextOpen } from './next-open';
import { WaitingApprovals } from './waiting-approvals';

interface RunApprovalsProps {
  run: Pick<Run, 'id' | 'status' | 'execution' | 'waiting'>;
  allowed: Allowed;
  /** What has the focus when nothing is left to decide; these decisions themselves unless told, for where they go away then. */
  focusAfter?: RefObject<HTMLElement>;
}

/** The tool calls that wait for a person, each to be approved or denied, and those that were decided. Nothing of a run that had none. */
export function RunApprovals({ run, allowed, focusAfter }: RunApprovalsProps) {
  const t = useT();
  const section = useRef<HTMLElement>(null);
  // Beside the events: what they told may have come while an older answer was under way, and a run that waits tells nothing more.
  const { data, error, refetch } = useListRunApprovalsQuery(run.id, {
    skip: run.execution !== 'agent',
    pollingInterval: livePoll(run.status),
  });
  if (error && !data) return <Failed error={error} onRetry={refetch} />;
  const approvals = data ?? [];
  const waiting = approvals.filter(({ approved }) => approved === null);
  const decided = approvals.filter(({ approved }) => approved !== null);
  const open = !hasEnded(run.status) && waiting.length > 0;
  if (!open && decided.length === 0) return null;

  // The button that was pressed goes away: whoever uses the keyboard goes on where the next decision stands.
  const onDecided = (calls: readonly string[]) => {
    const next = nextOpen(approvals, calls);
    const at = next && section.current?.querySelector<HTMLElement>(`[data-call="${CSS.escape(next)}"]`);
    (at || (focusAfter ?? section).current)?.focus();
  };
  return (
    <Flex
      ref={section}
      tag="section"
      aria-label={t('approval.title')}
      tabIndex={-1}
      direction="column"
      alignItems="stretch"
      gap={3}
      minWidth={0}
    >
      {open && (
        <WaitingApprovals run={run} approvals={waiting} may={allowed.approveRuns} onDecided={onDecided} />
      )}
      {decided.length > 0 && <Decided approvals={decided} />}
    </Flex>
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
