import type { ReadStream } from 'node:tty';
import type { SandboxLimit, SandboxTerminal, TerminalEnding, TerminalOptions } from '../sandbox';
import { assertTerminalSize } from '../terminal-size';
import { descriptors, type ArmedCommand } from './armed-command';
import { becomingScript } from './launch';
import { openTerminalDevice, type TerminalDevice } from './terminal-device';
import type { Place } from './place';
import { findExceeded, watchUse, type WatchRequest } from './use-watch';

export interface TerminalRequest extends Omit<WatchRequest, 'pid'> {
  place: Place;
  /** A program that is at hand inside. */
  shell: 'bash' | 'sh';
  env: Readonly<Record<string, string>>;
  terminal: TerminalOptions;
  signal: AbortSignal;
}

/** How long a terminal that was killed waits for who is still being shown something, in milliseconds. */
const lastOutputMs = 1_000;

/** Programs are told what the panel's terminal understands. The history is no part of what is installed in `$HOME`. */
const terminalEnv = {
  TERM: 'xterm-256color',
  COLORTERM: 'truecolor',
  HISTFILE: '/tmp/.shell_history',
  PS1: '\\[\\e[36m\\]\\w\\[\\e[0m\\]\\$ ',
};

/**
 * The shell leads a session of its own, whose controlling terminal is this one: that is what job control and Ctrl-C need. Bubblewrap's
 * own session has none, and no process inside can reach the server's.
 */
const takeTerminal = 'command -v setsid > /dev/null && exec setsid -c "$@"; exec "$@"';

/** Opens a shell in the place, under the same options, limits and watch as any command of it, but for the time. */
export async function openTerminal(request: TerminalRequest): Promise<SandboxTerminal> {
  const { place, terminal, env, shell } = request;
  assertTerminalSize(terminal);
  request.signal.throwIfAborted();
  const device = openTerminalDevice(terminal, place.slot.user);
  let armed: ArmedCommand | undefined;
  try {
    armed = await place.armTerminal(device.inner);
    device.started();
    const command = ['/bin/sh', '-c', takeTerminal, 'sh', shell, '-i'];
    await armed.fire(becomingScript(command, { ...env, ...withoutPrompt(shell) }, descriptors.orders), null);
    return attend(request, device, armed);
  } catch (error) {
    device.close();
    // It waits inside for its orders, which will not come.
    armed?.kill();
    await armed?.ended.catch(() => undefined);
    throw error;
  }
}

/** Only bash understands the prompt's words. */
function withoutPrompt(shell: TerminalRequest['shell']): Record<string, string> {
  const { PS1, ...rest } = terminalEnv;
  return shell === 'bash' ? { ...rest, PS1 } : rest;
}

function attend(request: TerminalRequest, device: TerminalDevice, armed: ArmedCommand): SandboxTerminal {
  const { stream } = device;
  let exceeded: SandboxLimit | null = null;
  let gone = false;
  const killing = new AbortController();
  const killed = killing.signal;
  const end = (limit: SandboxLimit | null): void => {
    if (killed.aborted) return;
    exceeded = limit;
    // The number of a process that is gone may be another's by now.
    if (!gone) armed.kill();
    killing.abort();
  };
  const close = () => end(null);
  const watch = { ...request, pid: armed.child.pid ?? 0 };
  // What cannot be watched is not let go on.
  const stopWatching = watchUse(watch, end, close);
  request.signal.addEventListener('abort', close, { once: true });
  // It may have been given while the shell was made.
  if (request.signal.aborted) close();
  const shown = showAll(stream, request.terminal.onOutput, close);

  async function untilEnded(): Promise<TerminalEnding> {
    try {
      const { exitCode, ran } = await armed.ended;
      gone = true;
      if (!ran && !killed.aborted) throw new Error('The sandbox of a terminal could not be made.');
      if (killed.aborted) device.close();
      else exceeded = await findExceeded(watch);
      await untilShown(shown, killed);
      return { exitCode: killed.aborted || exceeded ? null : exitCode, exceeded };
    } finally {
      stopWatching();
      request.signal.removeEventListener('abort', close);
      device.close();
    }
  }

  const ended = untilEnded();
  // Whoever waits for it hears of a failure; it must not end the server where nobody does.
  ended.catch(() => undefined);
  return {
    write: (input) => typeInto(stream, input),
    resize(size) {
      assertTerminalSize(size);
      device.resize(size);
    },
    ended,
    async close() {
      close();
      // Whether it ended well is told to who waits for that.
      await ended.catch(() => undefined);
    },
  };
}

/** Waits for all that is shown, but once the shell is killed not for long: who takes nothing any more must not keep the sandbox. */
async function untilShown(shown: Promise<void>, killed: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let wait: () => void = () => undefined;
  const tooLate = new Promise<void>((resolve) => (wait = () => (timer = setTimeout(resolve, lastOutputMs))));
  if (killed.aborted) wait();
  else killed.addEventListener('abort', wait, { once: true });
  await Promise.race([shown, tooLate]);
  killed.removeEventListener('abort', wait);
  clearTimeout(timer);
}

/** Until the other end is closed for good, or `onOutput` fails. */
async function showAll(
  stream: ReadStream,
  onOutput: TerminalOptions['onOutput'],
  onFailure: () => void,
): Promise<void> {
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) await onOutput(chunk);
  } catch (error) {
    // That is how the end of a terminal reads.
    if ((error as NodeJS.ErrnoException).code !== 'EIO') onFailure();
  }
}

function typeInto(stream: ReadStream, input: Buffer | string): Promise<void> {
  return new Promise((resolve) => {
    if (!stream.writable) return resolve();
    const done = (): void => {
      stream.removeListener('close', done);
      resolve();
    };
    stream.once('close', done);
    stream.write(input, done);
  });
}
