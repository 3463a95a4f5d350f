import type { AgentCall, CallResult } from './agent-state';
import type { AgentHost, ChildRest, Decision } from './agent-host';
import type { ApprovalRules } from './approval/approval-rules';
import { readCall, type ReadCall } from './read-calls';
import { presentOutput } from './tool-output';
import { childResult } from './tools/skill-call';
import { mistake, type AgentTool, type ToolContext, type ToolResult } from './tools/tool';

/** Executes the calls of one step. */
export interface StepCallsOptions {
  host: AgentHost;
  context: ToolContext;
  tools: ReadonlyMap<string, AgentTool>;
  rules: ApprovalRules;
  /** A number for the next output. */
  nextOutput(): number;
}

/** How a step's calls came to rest: `waiting` are those that wait for a person, `children` those whose runs have not ended. */
export interface StepRest {
  waiting: readonly AgentCall[];
  children: readonly AgentCall[];
  /** No call was one that a tool takes. */
  allRefused: boolean;
}

/** What is known about a call that was not begun; a result is what it is answered without being executed. */
type Standing = 'free' | 'approved' | 'waits' | ToolResult;

interface ReadyCall extends ReadCall {
  approved: boolean;
}

export class StepCalls {
  readonly #options: StepCallsOptions;
  #refused = 0;
  /** Calls of the step that may still be begun, those included that wait for a person. */
  readonly #notBegun = new Set<AgentCall>();

  constructor(options: StepCallsOptions) {
    this.#options = options;
  }

  /** Executes the calls that wait for nobody, as far as they may overtake those that do. Results are written on the calls. */
  async begin(calls: readonly AgentCall[], problems: readonly (ToolResult | undefined)[]): Promise<StepRest> {
    const { rules } = this.#options;
    this.#refused = 0;
    for (const [index, call] of calls.entries()) {
      const problem = problems[index];
      if (problem) await this.#answer(call, problem);
    }
    return this.#advance(calls, ({ call, input }) => (rules.waits(call.name, input) ? 'waits' : 'free'));
  }

  /** Goes on with calls that waited: those that a person has decided about, those behind them, and those whose runs have ended. */
  async resume(calls: readonly AgentCall[]): Promise<StepRest> {
    const { host } = this.#options;
    const decisions = await host.decisions();
    for (const call of calls) {
      if (call.result || call.childRunId === undefined) continue;
      await this.#takeRest(call, await host.childRest(call.childRunId));
    }
    return this.#advance(calls, ({ call }) => (call.held ? 'free' : decided(decisions.get(call.id))));
  }

  /**
   * Executes what may be executed. Models mean their calls in order: behind one that is not begun, only what reads is begun, and behind one
   * that would have written, nothing. Else a file would be another by the time that the command before it is approved.
   */
  async #advance(calls: readonly AgentCall[], standingOf: (read: ReadCall) => Standing): Promise<StepRest> {
    const ready: ReadyCall[] = [];
    const passed: AgentTool['effect'][] = [];
    this.#notBegun.clear();
    for (const call of calls) {
      if (call.result || call.childRunId !== undefined) continue;
      const read = readCall(call, this.#options.tools);
      if (!('tool' in read)) {
        await this.#answer(call, read);
        continue;
      }
      const standing = standingOf(read);
      if (typeof standing === 'object') {
        await this.#answer(call, standing);
        continue;
      }
      this.#notBegun.add(call);
      const { effect } = read.tool;
      const mayBegin = standing !== 'waits' && mayOvertake(effect, passed);
      call.held = standing === 'free' && !mayBegin;
      if (mayBegin) ready.push({ ...read, approved: standing === 'approved' });
      else passed.push(effect);
    }
    await this.#executeAll(ready);
    return this.#rest(calls);
  }

  #rest(calls: readonly AgentCall[]): StepRest {
    const open = calls.filter((call) => !call.result);
    return {
      waiting: open.filter(({ childRunId, held }) => childRunId === undefined && !held),
      children: open.filter(({ childRunId }) => childRunId !== undefined),
      allRefused: calls.length > 0 && this.#refused === calls.length,
    };
  }

  /**
   * Calls beside each other are executed at once, as many as there may be; those that write are executed alone, after what came before
   * them and before what comes after: models write a file and run it in one step. What a person has approved is done before what was held
   * back behind it begins.
   */
  async #executeAll(ready: readonly ReadyCall[]): Promise<void> {
    let beside: ReadyCall[] = [];
    for (const next of ready) {
      const writes = next.tool.effect === 'writes';
      const isHeldBack = !next.approved && beside.at(-1)?.approved === true;
      if (writes || isHeldBack) {
        await this.#executeBeside(beside);
        beside = [];
      }
      if (writes) await this.#execute(next);
      else beside.push(next);
    }
    await this.#executeBeside(beside);
  }

  async #executeBeside(ready: readonly ReadCall[]): Promise<void> {
    const left = [...ready];
    const work = async (): Promise<void> => {
      try {
        for (let read = left.shift(); read; read = left.shift()) await this.#execute(read);
      } catch (error) {
        // The run ends with it: nothing more is begun.
        left.length = 0;
        throw error;
      }
    };
    const workers = Array.from({ length: this.#options.host.limits.parallelCalls }, work);
    // All are waited for: nothing may still be at work in the sandbox when the run goes on, or ends.
    const settled = await Promise.allSettled(workers);
    const failed = settled.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async #execute({ call, tool, input }: ReadCall): Promise<void> {
    const { context } = this.#options;
    // What does something must be known before it is done.
    if (tool.effect !== 'reads') await context.trajectory.settled();
    context.signal.throwIfAborted();
    const isPeer = ({ name }: AgentCall): boolean => name === call.name;
    const peers = [...this.#notBegun].filter(isPeer).length;
    this.#notBegun.delete(call);
    const outcome = await tool.execute(input, context, { id: call.id, peers });
    if ('childRunId' in outcome) call.childRunId = outcome.childRunId;
    else await this.#answer(call, outcome);
  }

  async #takeRest(call: AgentCall, rest: ChildRest): Promise<void> {
    if (rest.status === 'waiting') return;
    await this.#answer(call, childResult(call.childRunId ?? '', rest));
  }

  async #answer(call: AgentCall, { text: raw, isError, refused = false }: ToolResult): Promise<void> {
    const { context, tools, nextOutput } = this.#options;
    if (refused) this.#refused += 1;
    const number = nextOutput();
    const name = tools.has(call.name) ? call.name : 'unknown';
    const { text, artifact } = await presentOutput(raw, context, `${number}-${name}`);
    const result: CallResult = { text, isError };
    call.result = result;
    context.trajectory.tell({
      type: 'tool-result',
      id: call.id,
      name: call.name.slice(0, 200),
      output: text,
      isError,
      ...(artifact === undefined ? {} : { artifact }),
    });
  }
}

/** Whether a call may begin before calls with these effects that came before it. */
function mayOvertake(effect: AgentTool['effect'], passed: readonly AgentTool['effect'][]): boolean {
  return passed.length === 0 || (effect === 'reads' && !passed.includes('writes'));
}

function decided(decision: Decision | undefined): Standing {
  if (!decision) return 'waits';
  return decision.approved ? 'approved' : mistake(denial(decision.note));
}

function denial(note: string | null): string {
  return note === null || note === '' ? 'Denied by a person.' : `Denied by a person: ${note}`;
}
