import { useEffect, useRef, useState } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { styled, useTheme } from 'styled-components';
import { Panel } from '../../../ui/panel';
import { useT } from '../../../ui/use-t';
import { useUnsavedGuard, type GuardWords } from '../../../ui/use-unsaved-guard';
import { useWorkspace } from '../../skills';
import { SaveImage } from './save-image';
import { openScreen, type Screen } from './terminal-screen';
import { TerminalStateLine } from './terminal-state-line';
import { terminalTheme } from './terminal-theme';
import { useTerminal, type TerminalUse } from './use-terminal';

const Frame = styled.div`
  height: max(32rem, calc(100vh - 44rem));
  resize: vertical;
  overflow: hidden;
  padding: 0.8rem;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};

  &:focus-within {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
  }
`;

const leaving: GuardWords = {
  title: 'terminal.leave-title',
  question: 'terminal.leave-question',
  leave: 'terminal.leave',
};

/** A shell in a sandbox of the skill: its current version's files, its environment, and what is installed there. */
export function TerminalTab() {
  const t = useT();
  const { skill, allowed } = useWorkspace();
  const use = useTerminal(skill.id);
  const leave = useRef<HTMLDivElement>(null);
  const { element, screen } = useScreen(use, t('terminal.label', { name: skill.name }), () =>
    leave.current?.querySelector('button')?.focus(),
  );
  const { state } = use;
  const guard = useUnsavedGuard(state.phase === 'open', leaving);
  const running = state.phase === 'open' || state.phase === 'connecting';
  const start = async () => {
    if (!screen) return;
    screen.clear();
    await use.open(screen);
    screen.focus();
  };
  const label = state.phase === 'new' ? t('terminal.start') : t('terminal.restart');
  const actions = (
    <Flex gap={2} ref={leave}>
      {state.phase === 'open' && allowed.updateEnvironments && <SaveImage terminalId={state.ready.id} />}
      {running ? (
        <Button size="S" variant="tertiary" onClick={use.close}>
          {t('terminal.close')}
        </Button>
      ) : (
        <Button size="S" onClick={() => void start()} disabled={!screen || skill.archived}>
          {label}
        </Button>
      )}
    </Flex>
  );
  return (
    <Panel title={t('tab.terminal')} actions={actions}>
      <TerminalStateLine use={use} />
      <Frame ref={element} />
      <Box paddingTop={3}>
        <Typography variant="pi" textColor="neutral600">
          {t('terminal.keys')}
        </Typography>
      </Box>
      {state.phase === 'open' && <IsolationNotes notes={state.ready.isolation.notes} />}
      {guard.dialog}
    </Panel>
  );
}

function IsolationNotes({ notes }: { notes: readonly string[] }) {
  const t = useT();
  return (
    <Box tag="details" paddingTop={3}>
      <Typography tag="summary" variant="pi" textColor="neutral600">
        {t('terminal.isolation')}
      </Typography>
      <Box tag="ul" paddingTop={2} paddingLeft={4}>
        {notes.map((note) => (
          <Typography key={note} tag="li" variant="pi" textColor="neutral600">
            {note}
          </Typography>
        ))}
      </Box>
    </Box>
  );
}

/** The terminal on the page, while the tab is. What it last showed stays when the shell has ended. */
function useScreen(use: TerminalUse, label: string, onLeave: () => void) {
  const theme = useTheme();
  const element = useRef<HTMLDivElement>(null);
  const [screen, setScreen] = useState<Screen | null>(null);
  const newest = useRef({ use, label, onLeave, theme });
  newest.current = { use, label, onLeave, theme };
  useEffect(() => {
    if (!element.current) return;
    const opened = openScreen(element.current, {
      theme: terminalTheme(newest.current.theme),
      label: newest.current.label,
      onTyped: (text) => newest.current.use.type(text),
      onSize: (columns, rows) => newest.current.use.resize(columns, rows),
      onLeave: () => newest.current.onLeave(),
    });
    setScreen(opened);
    return () => opened.dispose();
  }, []);
  useEffect(() => screen?.setTheme(terminalTheme(theme)), [screen, theme]);
  const typing = use.state.phase === 'open';
  useEffect(() => screen?.setTyping(typing), [screen, typing]);
  return { element, screen };
}
