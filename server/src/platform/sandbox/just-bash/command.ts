import { createOutputMeter } from '../output-meter';
import type { ExecOptions, ExecResult, SandboxLimit, SandboxLimits } from '../sandbox';
import type { LastingWorker } from './lasting-worker';
import { isOutOfMemory } from './worker-client';

/** Runs one command. Time, abort and output are enforced from outside, by ending the worker; the next command gets a new one. */
export async function runCommand(
  worker: LastingWorker,
  limits: SandboxLimits,
  command: readonly string[],
  exec: ExecOptions & { signal: AbortSignal },
): Promise<ExecResult> {
  const startedAt = performance.now();
  const ending = { exceeded: null as SandboxLimit | null, aborted: false };
  let ended: Promise<void> | undefined;
  const end = (reason: SandboxLimit | 'aborted') => {
    if (ending.exceeded || ending.aborted) return;
    if (reason === 'aborted') ending.aborted = true;
    else ending.exceeded = reason;
    ended = worker.end();
  };
  const finish = (exitCode: number | null): ExecResult => {
    const killed = ending.exceeded !== null || ending.aborted;
    const durationMs = Math.round(performance.now() - startedAt);
    return { exitCode: killed ? null : exitCode, signal: killed ? 'SIGKILL' : null, ...ending, durationMs };
  };
  if (exec.signal.aborted) {
    ending.aborted = true;
    return finish(null);
  }

  const onAbort = () => end('aborted');
  exec.signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(end, limits.timeMs, 'time');
  const deliver = createOutputMeter(limits.outputBytes, exec.onOutput, () => end('output'));
  const request = { command: [...command], stdin: Buffer.from(exec.stdin ?? ''), env: { ...exec.env } };
  try {
    const result = await worker.exec(request, deliver);
    if (result.exceeded) end(result.exceeded);
    return finish(result.exitCode);
  } catch (error) {
    if (isOutOfMemory(error)) end('memory');
    if (ending.exceeded || ending.aborted) return finish(null);
    throw error;
  } finally {
    clearTimeout(timer);
    exec.signal.removeEventListener('abort', onAbort);
    // Whoever is told of the end finds the files as they are from then on.
    await ended;
  }
}
