import type { SandboxLimit, SandboxLimits } from '../sandbox';
import type { ControlGroup } from './control-groups';
import type { DiskMeter } from './disk-use';
import { readSharedMemory, readTreeUse } from './process-tree';

export interface WatchRequest {
  /** Bubblewrap's own process. */
  pid: number;
  disk: DiskMeter;
  limits: SandboxLimits;
  /** What was there before the first command. */
  baselineBytes: number;
  group: ControlGroup | undefined;
  /** The group holds the number of processes too. */
  groupCountsProcesses: boolean;
}

/** The shortest pause between two looks, in milliseconds; a look that took long is followed by a longer one. */
const pauseMs = 25;
const pauseFactor = 8;

type Look = (request: WatchRequest) => Promise<SandboxLimit | null>;

/**
 * Looks again and again at what a command uses and calls `onExceeded` once with the first limit that it is over. It is what
 * holds disk use everywhere, and memory and processes where no control group does; between two looks a command can overshoot.
 * What cannot be seen cannot be held: `onBlind` is called with the error of a look that failed, and is to end the command. The
 * answer stops it.
 */
export function watchUse(
  request: WatchRequest,
  onExceeded: (limit: SandboxLimit) => void,
  onBlind: (error: unknown) => void,
): () => void {
  let stopped = false;
  const timers = new Map<Look, NodeJS.Timeout>();

  async function look(find: Look): Promise<void> {
    const startedAt = performance.now();
    const limit = await find(request);
    if (stopped) return;
    if (limit) onExceeded(limit);
    else lookIn((performance.now() - startedAt) * pauseFactor, find);
  }

  function lookIn(ms: number, find: Look): void {
    const again = () => void look(find).catch((error: unknown) => stopped || onBlind(error));
    timers.set(find, setTimeout(again, Math.max(pauseMs, ms)));
  }

  // Apart: measuring many files takes long, and memory is filled meanwhile.
  lookIn(0, findOverused);
  lookIn(0, findDiskFull);
  return () => {
    stopped = true;
    for (const timer of timers.values()) clearTimeout(timer);
  };
}

/** The limit that is exceeded right now, or was by the kernel's own count. */
export async function findExceeded(request: WatchRequest): Promise<SandboxLimit | null> {
  return (await findOverused(request)) ?? (await findDiskFull(request));
}

/** Of processes and memory. */
async function findOverused({ limits, group, groupCountsProcesses, pid }: WatchRequest) {
  const held = await group?.exceeded();
  if (held) return held;
  if (group && groupCountsProcesses) return null;
  const use = await readTreeUse(pid);
  if (!groupCountsProcesses && use.tasks > limits.processes) return 'processes';
  if (group || use.memoryBytes <= limits.memoryBytes) return null;
  return (await readSharedMemory(pid)) > limits.memoryBytes ? 'memory' : null;
}

async function findDiskFull({ limits, baselineBytes, disk, pid }: WatchRequest) {
  const { unnamedBytes } = await readTreeUse(pid);
  const allowed = limits.diskBytes + baselineBytes;
  const bytes = unnamedBytes + (await disk.read(allowed - unnamedBytes));
  return bytes >= allowed ? 'disk' : null;
}
