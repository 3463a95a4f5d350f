import { closeSync, constants, fchmodSync, fchownSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ReadStream } from 'node:tty';
import type { TerminalSize } from '../sandbox';
import { TerminalUnavailableError } from '../sandbox-error';
import type { SandboxUser } from './control-groups';

/** The part of `@lydell/node-pty`'s native code that makes a terminal without starting anything in it. */
interface NativePty {
  open(columns: number, rows: number): { master: number; slave: number; pty: string };
  resize(descriptor: number, columns: number, rows: number): void;
}

/** A pair of ends: a sandbox has one, the server the other. */
export interface TerminalDevice {
  /** The sandbox's end: what is started gets it as its standard streams. To be closed by `started` once that is. */
  readonly inner: number;
  /** The server's end: what is shown comes out, what is typed goes in. Its reading ends by `EIO` when nobody has the other end. */
  readonly stream: ReadStream;
  resize(size: TerminalSize): void;
  started(): void;
  close(): void;
}

let native: NativePty | undefined;

/** Throws `TerminalUnavailableError` where the native part is missing, which is made for common machines alone. */
function loadNative(): NativePty {
  const name = `@lydell/node-pty-${process.platform}-${process.arch}/pty.node`;
  try {
    native ??= createRequire(require.resolve('@lydell/node-pty'))(name) as NativePty;
  } catch {
    throw new TerminalUnavailableError(
      `Terminals need a native module that is not installed for ${process.platform}-${process.arch}: the optional dependencies of @lydell/node-pty.`,
    );
  }
  return native;
}

/**
 * Server's ends that are open. The native code does not mark them to be closed in programs that the server starts, and Node cannot:
 * whoever starts something hostile covers them up, or it could read and type in another sandbox's terminal.
 */
const openEnds = new Set<number>();
let nothing: number | undefined;

/**
 * Descriptors for `spawn`'s `stdio`, of `first` and above, by which a program gets `/dev/null` wherever the server's end of a terminal
 * would have passed to it.
 */
export function coverTerminals(first: number): ('ignore' | number)[] {
  if (openEnds.size === 0) return [];
  nothing ??= openSync('/dev/null', 'r+');
  const cover = nothing;
  const count = Math.max(0, Math.max(...openEnds) + 1 - first);
  // Above the standard three, `ignore` leaves a descriptor as it is.
  return Array.from({ length: count }, (_, index) => (openEnds.has(first + index) ? cover : 'ignore'));
}

/** `user` owns the sandbox's end, so that programs can open their terminal by its path. */
export function openTerminalDevice(size: TerminalSize, user: SandboxUser | undefined): TerminalDevice {
  const pty = loadNative();
  const { master, slave, pty: path } = pty.open(size.columns, size.rows);
  openEnds.add(master);
  // Opened anew: the native code's own does not block, which programs do not expect of a terminal, and would pass to others as well.
  closeSync(slave);
  let inner: number | undefined;
  let stream: ReadStream;
  try {
    inner = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
    if (user) fchownSync(inner, user.uid, user.gid);
    fchmodSync(inner, 0o600);
    stream = new ReadStream(master);
  } catch (error) {
    if (inner !== undefined) closeSync(inner);
    closeSync(master);
    openEnds.delete(master);
    throw error;
  }
  let held = true;
  stream.once('close', () => openEnds.delete(master));
  const started = (): void => {
    if (held) closeSync(inner);
    held = false;
  };
  return {
    inner,
    stream,
    started,
    resize({ columns, rows }) {
      // A stream that is destroyed has given its descriptor back, and says so later only: the number may be another's by now.
      if (!stream.destroyed) resizeQuietly(pty, master, columns, rows);
    },
    close() {
      started();
      stream.destroy();
    },
  };
}

/** A terminal that is gone has no size. */
function resizeQuietly(pty: NativePty, master: number, columns: number, rows: number): void {
  try {
    pty.resize(master, columns, rows);
  } catch (error) {
    // The native code has no codes, but names them.
    if (!/\b(?:EBADF|EIO|ENOTTY)\b/.test(String(error))) throw error;
  }
}
