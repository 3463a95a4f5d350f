import type { ChatMessage } from 'strapi-plugin-skills-shared/provider';
import type { Sandbox } from '../../../platform/sandbox';
import {
  createVendorFileNames,
  type AgentEnd,
  type AgentTask,
  type RunChat,
  type RunOutcome,
} from '../../skills';
import type { AgentHost } from './agent-host';
import type { AgentState } from './agent-state';
import { AgentStop } from './agent-stop';
import { nextAnswer, type AnswerOptions, type NamedAnswer } from './answer';
import { createApprovalRules, unknownPatterns } from './approval/approval-rules';
import { budgetReached } from './budgets';
import { CallIds } from './call-ids';
import { makeRoom } from './make-room';
import { idProblems } from './read-calls';
import { StepCalls, type StepRest } from './step-calls';
import { systemPrompt } from './system-prompt';
import { toFunctionTool, toolsOf } from './tools';
import { isTooLong } from './vendor-failure';
import type { WorkClock } from './work-clock';

export interface AgentWorkOptions {
  host: AgentHost;
  task: AgentTask;
  state: AgentState;
  clock: WorkClock;
  chat: RunChat;
  sandbox: Sandbox;
}

type Waiting = Extract<RunOutcome, { status: 'waiting' }>;

/** Steps in a row in which the model makes no call that a tool takes: it will not learn it any more. */
const MAX_REFUSED_STEPS = 20;

/** The steps of one agent: it asks the model, executes what it calls, and asks again. */
export class AgentWork {
  readonly #host: AgentHost;
  readonly #state: AgentState;
  readonly #clock: WorkClock;
  readonly #callIds: CallIds;
  readonly #calls: StepCalls;
  readonly #asking: AnswerOptions;
  #saidEstimate = false;

  constructor({ host, task, state, clock, chat, sandbox }: AgentWorkOptions) {
    this.#host = host;
    this.#state = state;
    this.#clock = clock;
    this.#callIds = new CallIds(state.callIds);
    const tools = toolsOf(host);
    this.#calls = new StepCalls({
      host,
      tools,
      rules: createApprovalRules({ approval: host.settings.approval, allowed: task.allowedTools }),
      nextOutput: () => (state.outputs += 1),
      context: {
        host,
        sandbox,
        signal: clock.signal,
        trajectory: host,
        readings: {
          has: (alias, path) => state.loaded.includes(`${alias}/${path}`),
          note: (alias, path) => this.#note(alias, path),
        },
        within: (work) => clock.within(work),
      },
    });
    this.#asking = {
      host,
      chat,
      instructions: systemPrompt(host, task),
      tools: [...tools.values()].map(toFunctionTool),
      trajectory: host,
      callIds: this.#callIds,
      nameOf: namesAfter(state.fileNames),
      signal: clock.signal,
    };
    if (host.saved === undefined) this.#tellUnknown(tools.keys());
    if (this.#note(host.alias, task.instructionsPath)) {
      host.tell({ type: 'file-load', alias: host.alias, path: task.instructionsPath });
    }
  }

  /** Works until there is an answer, or somebody has to be waited for. Throws an `AgentStop` or a `ProviderError` when it cannot go on. */
  async toRest(): Promise<AgentEnd | Waiting> {
    if (this.#state.calls.length > 0) {
      const rest = await this.#calls.resume(this.#state.calls);
      if (isWaiting(rest)) return this.#wait(rest);
      this.#closeStep();
    }
    for (;;) {
      this.#assertBudget();
      await this.#hear();
      const answer = await this.#ask();
      this.#tellEstimate();
      const { toolCalls } = answer.message;
      if (toolCalls.length === 0) {
        if (await this.#hear()) continue;
        await this.settled();
        return this.#end(answer);
      }
      this.#assertBudget();
      const rest = await this.#execute(answer);
      if (isWaiting(rest)) return this.#wait(rest);
      this.#closeStep();
    }
  }

  /** What the run says at its end. */
  output(): Record<string, unknown> {
    const { answer, step } = this.#state;
    const { text = '', citations = [], finishReason = 'other' } = answer ?? {};
    return { text, citations, finishReason, steps: step };
  }

  /** Resolves when all that was told is stored. */
  settled(): Promise<void> {
    return this.#host.settled();
  }

  /** Takes what people have said meanwhile into the conversation. True when there was something. */
  async #hear(): Promise<boolean> {
    const messages = await this.#host.takeMessages();
    for (const { text } of messages) {
      this.#state.messages.push({ role: 'user', content: [{ type: 'text', text }] });
    }
    return messages.length > 0;
  }

  async #ask(): Promise<NamedAnswer> {
    this.#clock.signal.throwIfAborted();
    const state = this.#state;
    state.step += 1;
    this.#host.tell({ type: 'step-start', step: state.step });
    const [answer] = await Promise.all([this.#answerInRoom(), this.#host.recordStep(state.step)]);
    state.messages.push(answer.message);
    return answer;
  }

  /** The model's next answer; for a conversation that is too long, after taking from it what can be had again. */
  async #answerInRoom(): Promise<NamedAnswer> {
    for (;;) {
      try {
        return await nextAnswer(this.#asking, this.#state);
      } catch (error) {
        const freed = isTooLong(error) && makeRoom(this.#state.messages);
        if (!freed) throw error;
        this.#host.tell({ type: 'context-trim', ...freed });
      }
    }
  }

  async #execute({ message, callIds }: NamedAnswer): Promise<StepRest> {
    const state = this.#state;
    const problems = idProblems(message.toolCalls);
    state.calls = message.toolCalls.map(({ id: vendorId, name, input }, index) => ({
      id: callIds[index] ?? '',
      vendorId,
      name,
      input,
    }));
    const rest = await this.#calls.begin(state.calls, problems);
    state.refusedSteps = rest.allRefused ? state.refusedSteps + 1 : 0;
    if (state.refusedSteps < MAX_REFUSED_STEPS) return rest;
    const sentence = `The model made no call that a tool takes in ${MAX_REFUSED_STEPS} steps in a row.`;
    throw new AgentStop('too-many-errors', sentence);
  }

  /** Hands the results to the model, in the order of its calls, one for each id. */
  #closeStep(): void {
    const state = this.#state;
    const answered = new Set<string>();
    for (const { vendorId, result } of state.calls) {
      if (!result || answered.has(vendorId)) continue;
      answered.add(vendorId);
      const { text: content, isError } = result;
      const message: ChatMessage = {
        role: 'tool',
        toolCallId: vendorId,
        content,
        ...(isError && { isError }),
      };
      state.messages.push(message);
    }
    state.calls = [];
  }

  async #wait({ waiting }: StepRest): Promise<Waiting> {
    const host = this.#host;
    await this.settled();
    if (waiting.length > 0) {
      await host.requestApprovals(waiting.map(({ id: callId, name, input }) => ({ callId, name, input })));
    }
    this.#clock.stop();
    const { elapsedMs } = this.#clock;
    await host.save({ ...this.#state, elapsedMs, callIds: this.#callIds.given() });
    const reason = waiting.length > 0 ? 'approval' : 'child-runs';
    return { status: 'waiting', reason, timeoutMs: host.limits.waitMs };
  }

  #end({ finishReason }: NamedAnswer): AgentEnd {
    const output = this.output();
    const failed = (code: string, message: string): AgentEnd => ({
      status: 'failed',
      error: { code, message },
      output,
    });
    if (finishReason === 'refusal') return failed('refused', 'The model refused to go on with the task.');
    if (finishReason === 'length') {
      return failed(
        'answer-length',
        'The model reached the most that it may say at once in the middle of its answer.',
      );
    }
    return { status: 'completed', output };
  }

  #assertBudget(): void {
    const { settings } = this.#host;
    const stop = budgetReached(settings.budget, { step: this.#state.step, totals: this.#host.totals() });
    if (stop) throw stop;
  }

  /** Says once that the budget of tokens is held by an estimate. */
  #tellEstimate(): void {
    if (this.#saidEstimate || (this.#host.totals()?.estimatedTokens ?? 0) === 0) return;
    this.#saidEstimate = true;
    const message = 'Not all tokens were told by the vendor: the budget of tokens is held by an estimate.';
    this.#host.tell({ type: 'log-line', level: 'warn', message });
  }

  #tellUnknown(tools: Iterable<string>): void {
    for (const pattern of unknownPatterns(this.#host.settings.approval, tools)) {
      const message = `"${pattern}" names no tool that this agent has, so no call waits for it.`;
      this.#host.tell({ type: 'log-line', level: 'warn', message });
    }
  }

  #note(alias: string, path: string): boolean {
    const key = `${alias}/${path}`;
    if (this.#state.loaded.includes(key)) return false;
    this.#state.loaded.push(key);
    return true;
  }
}

const isWaiting = ({ waiting, children }: StepRest): boolean => waiting.length > 0 || children.length > 0;

/** Names for the files that a model makes, which are none of those that it made before the run waited. */
function namesAfter(taken: readonly string[]): ReturnType<typeof createVendorFileNames> {
  const nameOf = createVendorFileNames();
  for (const name of taken) nameOf({ name, mime: '' });
  return nameOf;
}
