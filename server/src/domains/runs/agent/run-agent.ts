import { ProviderError } from 'strapi-plugin-skills-shared/provider';
import { ConflictError } from '../../../http/errors';
import type { AgentEnd, AgentTask, RunOutcome } from '../../skills';
import { failureOf } from '../execution/failure';
import type { RunError } from '../run-record';
import type { AgentHost } from './agent-host';
import { newState, readState, type AgentState } from './agent-state';
import { AgentStop } from './agent-stop';
import { AgentWork } from './agent-work';
import { explainVendorFailure } from './vendor-failure';
import { firstWords, layOutInput } from './lay-out-input';
import { WorkClock } from './work-clock';

/** Lets a model work through a task, as `RunContext.agent` promises. */
export async function runAgent(host: AgentHost, task: AgentTask): Promise<RunOutcome> {
  const state = stateOf(host);
  const { timeMs } = host.settings.budget;
  const clock = new WorkClock({ limitMs: timeMs, beforeMs: state.elapsedMs, signal: host.signal });
  try {
    // One after the other: what rejects must not leave the other on its way.
    const chat = await host.chat();
    const sandbox = await host.sandbox({ network: task.network });
    if (host.saved === undefined) {
      const given = { input: task.input ?? host.input, inputFiles: host.inputFiles };
      await Promise.all([
        host.emit({
          type: 'run-start',
          isolation: sandbox.isolation.name,
          model: chat.model,
          connection: { id: chat.connection.id, name: chat.connection.name },
        }),
        layOutInput(given, sandbox),
      ]);
      const text = firstWords(task.prompt, given);
      state.messages.push({ role: 'user', content: [{ type: 'text', text }] });
    }
    const work = new AgentWork({ host, task, state, clock, chat, sandbox });
    const end = await endOf(work, host, state);
    if (end.status === 'waiting') return end;
    clock.stop();
    return (await task.conclude?.(end, sandbox)) ?? end;
  } finally {
    clock.stop();
  }
}

function stateOf({ saved }: AgentHost): AgentState {
  if (saved === undefined) return newState();
  const state = readState(saved);
  if (state) return state;
  throw new ConflictError('What the run stored before it waited cannot be read by this server.', {
    code: 'state-unreadable',
  });
}

/** What stops an agent within its run ends the run as failed, with what it has until then. What stops the run itself is thrown. */
async function endOf(
  work: AgentWork,
  host: AgentHost,
  state: AgentState,
): Promise<AgentEnd | Extract<RunOutcome, { status: 'waiting' }>> {
  try {
    return await work.toRest();
  } catch (error) {
    host.signal.throwIfAborted();
    const known = knownFailure(error, state);
    if (!known) throw error;
    await work.settled();
    const { code, message } = known;
    return { status: 'failed', error: { code, message }, output: work.output() };
  }
}

/** What can be told to the run's readers; undefined for a bug of ours. */
function knownFailure(error: unknown, state: AgentState): RunError | undefined {
  if (error instanceof AgentStop) return error;
  if (ProviderError.is(error)) return explainVendorFailure(error, state);
  const { error: known, unexpected } = failureOf(error);
  return unexpected ? undefined : known;
}
