import { createOutputMeter } from '../output-meter';
import type { ExecOptions, ExecResult, SandboxLimit } from '../sandbox';
import type { ArmedCommand } from './armed-command';
import type { Orders } from './launch';
import { findExceeded, watchUse, type WatchRequest } from './use-watch';

export interface CommandRequest extends Omit<WatchRequest, 'pid'> {
  armed: ArmedCommand;
  script: Orders;
  exec: ExecOptions;
}

/** Runs one command to its end: when this resolves, no process of it is left. Rejects when the sandbox could not be made. */
export async function runCommand(request: CommandRequest): Promise<ExecResult> {
  const { armed, exec } = request;
  const startedAt = performance.now();
  const ending = { exceeded: null as SandboxLimit | null, aborted: false };
  const finish = (exitCode: number | null): ExecResult => {
    const killed = ending.exceeded !== null || ending.aborted;
    const durationMs = Math.round(performance.now() - startedAt);
    return { exitCode: killed ? null : exitCode, signal: killed ? 'SIGKILL' : null, ...ending, durationMs };
  };
  const end = (reason: SandboxLimit | 'aborted') => {
    if (ending.exceeded || ending.aborted) return;
    if (reason === 'aborted') ending.aborted = true;
    else ending.exceeded = reason;
    armed.kill();
  };
  const watch = { ...request, pid: armed.child.pid ?? 0 };
  const onAbort = () => end('aborted');
  exec.signal?.addEventListener('abort', onAbort, { once: true });
  if (exec.signal?.aborted) end('aborted');
  const timer = setTimeout(end, request.limits.timeMs, 'time');
  let blindness: { error: unknown } | undefined;
  const stopWatching = watchUse(watch, end, (error) => {
    blindness = { error };
    armed.kill();
  });
  try {
    const output = handOn(request, () => end('output'));
    if (!ending.aborted) await armed.fire(request.script, exec.stdin ?? '');
    const { exitCode, ran } = await armed.ended;
    const problem = await output;
    if (blindness) throw blindness.error;
    if (!ending.exceeded && !ending.aborted) ending.exceeded = await findExceeded(watch);
    if (ending.exceeded) await request.group?.forgive();
    const result = finish(exitCode);
    if (result.signal === null && !ran) throw new Error(`The sandbox could not be made: ${problem.trim()}`);
    return result;
  } finally {
    clearTimeout(timer);
    stopWatching();
    exec.signal?.removeEventListener('abort', onAbort);
    armed.kill();
  }
}

/**
 * Hands the command's output on; answers what bubblewrap itself had to say, which is why a sandbox could not be made. Output that
 * cannot be handed on ends the command.
 */
async function handOn({ armed, exec, limits }: CommandRequest, onFull: () => void): Promise<string> {
  const deliver = createOutputMeter(limits.outputBytes, exec.onOutput, onFull);
  let problem = '';
  const listen = async () => {
    for await (const chunk of armed.child.stderr as AsyncIterable<Buffer>) {
      problem = (problem + chunk.toString()).slice(-2000);
    }
  };
  const pump = async (stream: 'stdout' | 'stderr') => {
    for await (const chunk of armed.streams[stream] as AsyncIterable<Buffer>) await deliver(stream, chunk);
  };
  const pumped = Promise.all([pump('stdout'), pump('stderr'), listen()]);
  pumped.catch(() => armed.kill());
  await pumped;
  return problem;
}
