import { useEffect, useState } from 'react';
import { Flex, Typography, VisuallyHidden } from '@strapi/design-system';
import { useT, type Translate } from '../../../ui/use-t';
import { idleWarning } from './idle-warning';
import type { ClosedNotice } from './terminal-link';
import type { TerminalState, TerminalUse } from './use-terminal';

/** What goes on, told to assistive technology as well. */
export function TerminalStateLine({ use }: { use: TerminalUse }) {
  const t = useT();
  const { state } = use;
  const bad = state.phase === 'refused' || (state.phase === 'closed' && state.notice?.reason !== 'ended');
  return (
    <Flex gap={4} wrap="wrap" paddingBottom={3}>
      <Typography role="status" textColor={bad ? 'danger600' : 'neutral600'}>
        {words(t, state)}
      </Typography>
      {state.phase === 'open' && <IdleCountdown idleMs={state.ready.idleMs} lastUse={use.lastUse} />}
    </Flex>
  );
}

function words(t: Translate, state: TerminalState): string {
  switch (state.phase) {
    case 'new':
      return t('terminal.none');
    case 'connecting':
      return t('terminal.connecting');
    case 'open':
      return state.ready.hosts.length > 0
        ? t('terminal.open-hosts', {
            isolation: state.ready.isolation.name,
            hosts: state.ready.hosts.join(', '),
          })
        : t('terminal.open', { isolation: state.ready.isolation.name });
    case 'refused':
      return state.failure.message;
    case 'closed':
      return state.notice ? reasonFor(t, state.notice) : t('terminal.lost');
  }
}

function reasonFor(t: Translate, { reason, exitCode, message }: ClosedNotice): string {
  switch (reason) {
    case 'ended':
      return exitCode === null ? t('terminal.closed') : t('terminal.exited', { code: exitCode });
    case 'limit':
      return t('terminal.limit', { limit: message ?? '' });
    case 'failed':
      return message ?? t('terminal.failed');
    case 'idle':
    case 'permission':
    case 'skill':
    case 'server-stop':
      return t(`terminal.${reason}`);
  }
}

function IdleCountdown({ idleMs, lastUse }: { idleMs: number; lastUse: () => number }) {
  const t = useT();
  const [leftMs, setLeftMs] = useState(idleMs);
  useEffect(() => {
    const timer = setInterval(() => setLeftMs(lastUse() + idleMs - Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [idleMs, lastUse]);
  const warning = idleWarning(leftMs, idleMs);
  return (
    <>
      {warning && (
        <Typography textColor="warning600" aria-hidden>
          {t('terminal.idle-soon', { seconds: warning.seconds })}
        </Typography>
      )}
      {/* It is there before it has something to say: what comes with its words is not told. */}
      <VisuallyHidden role="status">
        {warning && t('terminal.idle-soon', { seconds: warning.spoken })}
      </VisuallyHidden>
    </>
  );
}
