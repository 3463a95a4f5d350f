import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import type { SandboxTerminal, TerminalEnding } from '../../../platform/sandbox';
import type { TerminalSandbox } from './open-terminal-sandbox';
import { TerminalSession } from './terminal-session';

/** What a session asks of its socket. */
class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly told: unknown[] = [];
  send(data: unknown): void {
    if (typeof data === 'string') this.told.push(JSON.parse(data));
  }
  pause(): void {}
  resume(): void {}
  close(): void {
    this.readyState = 3;
    this.emit('close');
  }
  hear(request: object): void {
    this.emit('message', Buffer.from(JSON.stringify(request)), false);
  }
}

function open(terminal: Partial<SandboxTerminal> = {}, opening: Promise<void> = Promise.resolve()) {
  const socket = new FakeSocket();
  const dispose = jest.fn(() => Promise.resolve());
  const onError = jest.fn();
  let end: (ending: TerminalEnding) => void = () => undefined;
  const shell: SandboxTerminal = {
    write: () => Promise.resolve(),
    resize: () => undefined,
    ended: new Promise((resolve) => (end = resolve)),
    close: jest.fn(() => Promise.resolve(end({ exitCode: null, exceeded: null }))),
    ...terminal,
  };
  const sandbox = {
    isolation: { name: 'none', strength: 0, notes: [] },
    openTerminal: () => opening.then(() => shell),
    dispose,
  };
  const session = new TerminalSession({
    id: 'x',
    socket: socket as unknown as WebSocket,
    idleMs: 60_000,
    recheckMs: 60_000,
    open: () =>
      Promise.resolve({ sandbox, environment: { secrets: [] }, hosts: [] } as unknown as TerminalSandbox),
    mustClose: () => Promise.resolve(null),
    onError,
  });
  return { socket, shell, session, dispose, onError };
}

const settle = () => new Promise(setImmediate);

describe("a terminal's session", () => {
  it('is closed as failed, and nothing else breaks, when a message cannot be obeyed', async () => {
    let broken = false;
    const error = new Error('ioctl(2) failed, EBADF');
    const resize = () => {
      if (broken) throw error;
    };
    const { socket, session, dispose, onError } = open({ resize });
    await settle();
    broken = true;
    socket.hear({ type: 'resize', columns: 10, rows: 10 });
    await session.closed;
    expect(socket.told.at(-1)).toMatchObject({ type: 'closed', reason: 'failed', message: null });
    expect(onError).toHaveBeenCalledWith(error);
    expect(dispose).toHaveBeenCalledTimes(1);
  });

  it('kills a shell that is there only after the person has left', async () => {
    let made: () => void = () => undefined;
    const { socket, shell, session, dispose } = open({}, new Promise((resolve) => (made = resolve)));
    await settle();
    socket.close();
    made();
    await session.closed;
    expect(shell.close).toHaveBeenCalled();
    expect(dispose).toHaveBeenCalledTimes(1);
    expect(socket.told).toEqual([]);
  });

  it('outlives a shell that cannot be closed', async () => {
    const error = new Error('It will not.');
    const ended = Promise.reject(error);
    const { session, dispose, onError } = open({ ended, close: () => Promise.reject(error) });
    await session.closed;
    await settle();
    expect(onError).toHaveBeenCalledWith(error);
    expect(dispose).toHaveBeenCalledTimes(1);
  });

  it('is closed when more is acknowledged than was shown', async () => {
    const { socket, session } = open();
    await settle();
    socket.hear({ type: 'taken', bytes: 1 });
    await session.closed;
    expect(socket.told.at(-1)).toMatchObject({ type: 'closed', reason: 'failed' });
  });
});
