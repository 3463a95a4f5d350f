import { useCallback, useEffect, useRef, useState } from 'react';
import type { ApiFailure } from '../../../http/api-failure';
import { toFailure } from '../../../http/api-failure';
import { backendUrl } from '../../../http/use-authorized-fetch';
import { useAskForTerminalMutation, useRenewTerminalMutation } from './api';
import type { Screen } from './terminal-screen';
import {
  closedByPerson,
  TerminalLink,
  terminalAddress,
  type ClosedNotice,
  type ReadyNotice,
} from './terminal-link';

/** Well before the half hour that a token lasts. */
const renewMs = 5 * 60_000;

export type TerminalState =
  | { phase: 'new' }
  | { phase: 'connecting' }
  | { phase: 'open'; ready: ReadyNotice }
  /** Without a notice the connection was lost. */
  | { phase: 'closed'; notice: ClosedNotice | null }
  | { phase: 'refused'; failure: ApiFailure };

export interface TerminalUse {
  state: TerminalState;
  /** When a key was pressed or something was shown last, in milliseconds since 1970. */
  lastUse: () => number;
  open(screen: Screen): Promise<void>;
  close(): void;
  type(text: string): void;
  resize(columns: number, rows: number): void;
}

/** One terminal of a skill after another; it is closed when the person goes elsewhere. */
export function useTerminal(skillId: string): TerminalUse {
  const [state, setState] = useState<TerminalState>({ phase: 'new' });
  const [ask] = useAskForTerminalMutation();
  const link = useRef<TerminalLink>();
  /** Replaced by each opening and each closing: what an earlier one asked for is wanted no more. */
  const wish = useRef({});
  const used = useRef(0);
  useRenewal(state);
  const drop = useCallback(() => {
    wish.current = {};
    link.current?.close();
    link.current = undefined;
  }, []);
  useEffect(() => drop, [drop]);

  const open = useCallback(
    async (screen: Screen) => {
      drop();
      const own = wish.current;
      setState({ phase: 'connecting' });
      const result = await ask(skillId);
      if (wish.current !== own) return;
      if ('error' in result) return setState({ phase: 'refused', failure: toFailure(result.error) });
      const socket = new WebSocket(terminalAddress(backendUrl(), window.location.href, result.data.ticket));
      used.current = Date.now();
      const opened = new TerminalLink(socket, {
        onReady(ready) {
          opened.resize(screen.columns, screen.rows);
          if (wish.current === own) setState({ phase: 'open', ready });
        },
        onOutput(bytes, taken) {
          if (wish.current !== own) return;
          used.current = Date.now();
          screen.show(bytes, taken);
        },
        onClosed(notice) {
          if (wish.current === own) setState({ phase: 'closed', notice });
        },
      });
      link.current = opened;
    },
    [ask, drop, skillId],
  );
  const type = useCallback((text: string) => {
    used.current = Date.now();
    link.current?.type(text);
  }, []);
  const resize = useCallback((columns: number, rows: number) => link.current?.resize(columns, rows), []);
  const close = useCallback(() => {
    drop();
    setState({ phase: 'closed', notice: closedByPerson });
  }, [drop]);
  const lastUse = useCallback(() => used.current, []);
  return { state, lastUse, open, close, type, resize };
}

/** While it is open, the server hears now and then that the person is still logged in. */
function useRenewal(state: TerminalState): void {
  const [renew] = useRenewTerminalMutation();
  const id = state.phase === 'open' ? state.ready.id : null;
  useEffect(() => {
    if (id === null) return;
    const timer = setInterval(() => void renew(id), renewMs);
    return () => clearInterval(timer);
  }, [id, renew]);
}
