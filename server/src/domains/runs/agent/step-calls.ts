import type { AgentCall, CallResult } from './agent-state';
import type { AgentHost, ChildRest } from './agent-host';
import type { ApprovalRules } from './approval/approval-rules';
import { readCall, type ReadCall } from './read-calls';
import { presentOutput } from './tool-output';
import { childResult } from './tools/skill-call';
import type { AgentTool, ToolContext, ToolResult } from './tools/tool';

/** Executes the calls of one step. */
export interface StepCallsOptions {
  host: AgentHost;
  context: ToolContext;
  tools: ReadonlyMap<string, AgentTool>;
  rules: ApprovalRules;
  /** A number for the next output. */
  nextOutput(): number;
}

/** How a step's calls came to rest: `waiting` are those that wait for a person, `children` those whose runs wait. */
export interface StepRest {
  waiting: readonly AgentCall[];
  children: readonly AgentCall[];
  /** No call was one that a tool takes. */
  allRefused: boolean;
}

export class StepCalls {
  readonly #options: StepCallsOptions;
  #refused = 0;

  constructor(options: StepCallsOptions) {
    this.#options = options;
  }

  /** Executes all calls that wait for nobody. Results are written on the calls. */
  async begin(calls: readonly AgentCall[], problems: readonly (ToolResult | undefined)[]): Promise<StepRest> {
    const ready: ReadCall[] = [];
    this.#refused = 0;
    for (const [index, call] of calls.entries()) {
      const read = problems[index] ?? readCall(call, this.#options.tools);
      if (!('tool' in read)) await this.#answer(call, read);
      else if (!this.#options.rules.waits(call.name, read.input)) ready.push(read);
    }
    await this.#executeAll(ready);
    return this.#rest(calls);
  }

  /** Goes on with calls that waited: those that a person has decided about, and those whose runs have ended. */
  async resume(calls: readonly AgentCall[]): Promise<StepRest> {
    const { host, tools } = this.#options;
    const open = calls.filter((call) => !call.result);
    const decisions = await host.decisions();
    const ready: ReadCall[] = [];
    for (const call of open) {
      if (call.childRunId !== undefined) {
        await this.#takeRest(call, await host.childRest(call.childRunId));
        continue;
      }
      const decision = decisions.get(call.id);
      if (!decision) continue;
      const read = readCall(call, tools);
      if (!('tool' in read)) await this.#answer(call, read);
      else if (decision.approved) ready.push(read);
      else await this.#answer(call, { text: denial(decision.note), isError: true });
    }
    await this.#executeAll(ready);
    return this.#rest(calls);
  }

  #rest(calls: readonly AgentCall[]): StepRest {
    const open = calls.filter((call) => !call.result);
    return {
      waiting: open.filter(({ childRunId }) => childRunId === undefined),
      children: open.filter(({ childRunId }) => childRunId !== undefined),
      allRefused: calls.length > 0 && this.#refused === calls.length,
    };
  }

  /**
   * Calls beside each other are executed at once, as many as there may be; those that write are executed alone, after what came before
   * them and before what comes after: models write a file and run it in one step.
   */
  async #executeAll(ready: readonly ReadCall[]): Promise<void> {
    let beside: ReadCall[] = [];
    for (const read of ready) {
      if (read.tool.effect !== 'writes') {
        beside.push(read);
        continue;
      }
      await this.#executeBeside(beside);
      beside = [];
      await this.#execute(read);
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
    const outcome = await tool.execute(input, context, call.id);
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

function denial(note: string | null): string {
  return note === null || note === '' ? 'Denied by a person.' : `Denied by a person: ${note}`;
}
