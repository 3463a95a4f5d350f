import type { SandboxLimit, SandboxLimits } from '../sandbox';
import type { ControlGroup } from './control-groups';
import { readDiskUse } from './disk-use';
import { readSharedMemory, readTreeUse } from './process-tree';

export interface WatchRequest {
  /** Bubblewrap's own process. */
  pid: number;
  folders: readonly string[];
  limits: SandboxLimits;
  /** What the folders held before the first command. */
  baselineBytes: number;
  group: ControlGroup | undefined;
  /** The group holds the number of processes too. */
  groupCountsProcesses: boolean;
}

/** The shortest pause between two looks, in milliseconds; a look that took long is followed by a longer one. */
const pauseMs = 25;
const pauseFactor = 8;

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
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const startedAt = performance.now();
    const limit = await findExceeded(request);
    if (stopped) return;
    if (limit) onExceeded(limit);
    else lookIn((performance.now() - startedAt) * pauseFactor);
  }

  function lookIn(ms: number): void {
    timer = setTimeout(
      () => void look().catch((error: unknown) => stopped || onBlind(error)),
      Math.max(pauseMs, ms),
    );
  }

  lookIn(0);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** The limit that is exceeded right now, or was by the kernel's own count. */
export async function findExceeded(request: WatchRequest): Promise<SandboxLimit | null> {
  const { limits, group, pid } = request;
  const held = await group?.exceeded();
  if (held) return held;
  const use = await readTreeUse(pid);
  if (!request.groupCountsProcesses && use.tasks > limits.processes) return 'processes';
  if (!group) {
    if (use.memoryBytes > limits.memoryBytes && (await readSharedMemory(pid)) > limits.memoryBytes)
      return 'memory';
  }
  const allowed = limits.diskBytes + request.baselineBytes;
  let bytes = use.unnamedBytes;
  for (const folder of request.folders) bytes += await readDiskUse(folder, allowed - bytes);
  return bytes >= allowed ? 'disk' : null;
}
