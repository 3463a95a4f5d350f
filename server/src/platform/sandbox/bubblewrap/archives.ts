import { Readable } from 'node:stream';
import type { SandboxArchive, SandboxLimits } from '../sandbox';
import { archiveTime } from '../archive-time';
import { namesFromWork, sandboxFolders } from '../sandbox-folders';
import { startingWith } from '../starting-with';
import { descriptors, type ArmedCommand } from './armed-command';
import type { Place } from './place';
import { watchUse, type WatchRequest } from './use-watch';

/**
 * Archives are made and unpacked by the system's `tar` inside the sandbox, as the run's own user: a hostile one can do no more there
 * than the run could. Nothing of the run's is executed: programs are looked for among the system's alone.
 */
const ownPath = 'export PATH=/usr/bin:/bin LC_ALL=C';

/** What would make two archives of the same content differ is fixed: order, times, owners, all modes but the right to execute. */
const packOptions = [
  ...['--format=gnu', '--sort=name', `--mtime=${archiveTime.toISOString()}`],
  ...['--owner=0', '--group=0', '--numeric-owner', '--mode=u=rwX,go=rX,a-st'],
];
const unpackOptions = ['--no-same-owner', '--no-same-permissions', '--delay-directory-restore'];
/** By this `tar` says that a file changed while it was read, which is the run's own doing. */
const changedMeanwhile = 1;
/** An entry's header and padding, over the least that an entry counts on the disk. */
const archiveFactor = 2;
const archiveSlackBytes = 1024 * 1024;
const maxProblem = 2000;

export interface PackRequest {
  /** What the run may have written, with what was there before. */
  maxBytes: number;
  signal: AbortSignal;
  /** Called with the end of what is started, which the place must outlive. */
  onArmed: (ended: Promise<unknown>) => void;
}

/**
 * Packs what lies in a folder. Rejects when there is no such folder; the stream fails when `tar` does, and when there is more than a
 * run may write: files with holes have no end otherwise.
 */
export async function packFolder(place: Place, folder: string, request: PackRequest): Promise<Readable> {
  const script = packScript(folder);
  const { signal, maxBytes } = request;
  signal.throwIfAborted();
  const armed = await place.takeCommand();
  request.onArmed(armed.ended);
  const kill = () => armed.kill();
  signal.addEventListener('abort', kill, { once: true });
  if (signal.aborted) kill();
  const packed = readPacked(armed, maxBytes * archiveFactor + archiveSlackBytes);
  const release = () => {
    signal.removeEventListener('abort', kill);
    kill();
  };
  try {
    await armed.fire({ spoken: ownPath, written: script }, '');
    // What cannot even begin is told at once, and not by a stream that breaks.
    const first = await packed.next();
    return Readable.from(startingWith(first, packed, release), { objectMode: false });
  } catch (error) {
    release();
    throw error;
  }
}

/** A folder that its owner has shut is opened first: it is still a part of what the run made. */
function packScript(folder: string): string {
  const shut =
    "\\( -type d ! -perm -u=rx -exec chmod u+rx '{}' \\; \\) -o \\( -type f ! -perm -u=r -exec chmod u+r '{}' + \\)";
  return [
    `cd ${quoteFolder(folder)} || exit 2`,
    `find . ${shut} 2> /dev/null`,
    `exec tar --create --file=- ${packOptions.join(' ')} . ${descriptors.orders}<&-`,
  ].join('\n');
}

async function* readPacked(armed: ArmedCommand, maxBytes: number): AsyncGenerator<Buffer, void> {
  const problem = gather([armed.streams.stderr, armed.child.stderr]);
  let bytes = 0;
  for await (const chunk of armed.streams.stdout as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      armed.kill();
      throw new RangeError(`The archive is larger than ${maxBytes} bytes.`);
    }
    yield chunk;
  }
  const { exitCode } = await armed.ended;
  if (exitCode === 0 || exitCode === changedMeanwhile) return;
  throw new Error(`The folder could not be packed: ${await problem}`);
}

export interface UnpackRequest extends Omit<WatchRequest, 'pid'> {
  signal: AbortSignal | undefined;
}

/**
 * Unpacks an archive. Rejects for one that `tar` refuses in any part, names that lead out of its folder among them, and for one that
 * takes far more room than it has bytes.
 */
export async function unpackArchive(
  place: Place,
  { folder, open }: SandboxArchive,
  request: UnpackRequest,
): Promise<void> {
  const script = unpackScript(folder);
  const content = await open();
  // It may fail before it is read: then reading it tells.
  content.on('error', () => undefined);
  request.signal?.throwIfAborted();
  const armed = await place.armUnpacking();
  let end: string | undefined;
  const endBy = (reason: string) => {
    end ??= reason;
    armed.kill();
  };
  const onAbort = () => endBy('it was aborted.');
  const { limits, countRead } = limitsByBytes(request.limits);
  const stopWatching = watchUse(
    { ...request, limits, pid: armed.child.pid ?? 0 },
    (limit) => endBy(`it is over the limit of ${limit}.`),
    (error) => endBy(String(error)),
  );
  request.signal?.addEventListener('abort', onAbort, { once: true });
  if (request.signal?.aborted) onAbort();
  try {
    const problem = gather([armed.streams.stderr, armed.child.stderr]);
    armed.streams.stdout.resume();
    await armed.fire({ spoken: ownPath, written: script }, '');
    await armed.feed(Readable.from(counted(content, countRead)));
    const { exitCode } = await armed.ended;
    if (end !== undefined || exitCode !== 0) {
      throw new Error(`The archive for ${folder} could not be unpacked: ${end ?? (await problem)}`);
    }
  } finally {
    stopWatching();
    request.signal?.removeEventListener('abort', onAbort);
    armed.kill();
    content.destroy();
    await armed.ended.catch(() => undefined);
  }
}

function unpackScript(folder: string): string {
  const path = quoteFolder(folder);
  const { input, orders } = descriptors;
  return [
    'umask 022',
    `mkdir -p -- ${path} || exit 2`,
    `exec tar --extract --file=- --directory=${path} ${unpackOptions.join(' ')} <&${input} ${input}<&- ${orders}<&-`,
  ].join('\n');
}

/** An honest archive takes about as much room as it has bytes, so it may have as much as a run, or twice what was read of it. */
function limitsByBytes(limits: SandboxLimits): { limits: SandboxLimits; countRead(bytes: number): void } {
  let read = 0;
  return {
    limits: {
      ...limits,
      get diskBytes() {
        return Math.max(limits.diskBytes, 2 * read);
      },
    },
    countRead: (bytes) => void (read += bytes),
  };
}

async function* counted(content: Readable, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of content as AsyncIterable<Buffer>) {
    count(chunk.length);
    yield chunk;
  }
}

/** The end of what programs had to say against it. */
async function gather(streams: readonly (Readable | null)[]): Promise<string> {
  let text = '';
  const read = async (stream: Readable | null) => {
    for await (const chunk of stream ?? []) text = (text + String(chunk)).slice(-maxProblem);
  };
  // Of a program that was killed, what could still be read is enough.
  await Promise.allSettled(streams.map(read));
  return text.trim();
}

/** Throws `RangeError` for what lies outside `/work`. */
function quoteFolder(folder: string): string {
  const path = [sandboxFolders.work, ...namesFromWork(folder)].join('/');
  return `'${path.replaceAll("'", `'\\''`)}'`;
}
