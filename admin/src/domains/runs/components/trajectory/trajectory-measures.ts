import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';

/** What a step took: milliseconds without those that it waited for people or other runs, and tokens. What is not known is absent. */
export interface StepMeasures {
  ms?: number;
  inputTokens?: number;
  outputTokens?: number;
}

export interface TrajectoryMeasures {
  /** By the number of the event that a step begins with. A run's only step is left out: it took what the run did. */
  steps: ReadonlyMap<number, StepMeasures>;
  /** Milliseconds, by the number of the event that a call begins with. */
  calls: ReadonlyMap<number, number>;
}

/** Tools that the agent executes alone, after the calls before them and before those behind them. */
const executedAlone: ReadonlySet<string> = new Set(['write_file', 'edit_file', 'load_skill']);

const measured: ReadonlySet<RunEvent['payload']['type']> = new Set([
  'step-start',
  'usage',
  'tool-call',
  'child-run',
  'tool-result',
  'run-wait',
  'run-resume',
  'run-end',
]);

/** Whether an event has a part in what steps and calls take. */
export const isMeasured = ({ payload }: RunEvent): boolean => measured.has(payload.type);

/**
 * What steps and calls took, from those events of a part of a run that `isMeasured`, in their order. What lies outside the part is not
 * guessed: a step or call whose beginning or end is not there has no measures, nor has a step that follows on one whose usage is not known.
 */
export function measuresOf(events: readonly RunEvent[]): TrajectoryMeasures {
  const steps = stepsIn(events);
  const isOnly = steps.length === 1 && steps[0]?.number === 1;
  const told = isOnly ? [] : steps.map(({ seq, measures }) => [seq, measures] as const);
  return { steps: new Map(told), calls: callsIn(events) };
}

const timeOf = ({ at }: RunEvent): number => Date.parse(at);

interface MeasuredStep {
  seq: number;
  number: number;
  measures: StepMeasures;
}

type Usage = Extract<RunEvent['payload'], { type: 'usage' }>;

/** Usage is told as the run's total so far: a step's own is what it adds. */
class StepClock {
  readonly steps: MeasuredStep[] = [];
  #start: number | undefined;
  #waitingSince: number | undefined;
  #waited = 0;
  /** The total when the step began; undefined where it is not known. */
  #before: Pick<Usage, 'inputTokens' | 'outputTokens'> | undefined;
  #usage: Usage | undefined;

  begin(event: RunEvent, number: number): void {
    this.end(event);
    this.#before = number === 1 ? { inputTokens: 0, outputTokens: 0 } : this.#usage;
    this.#usage = undefined;
    this.#waited = 0;
    this.#start = timeOf(event);
    this.steps.push({ seq: event.seq, number, measures: {} });
  }

  use(usage: Usage): void {
    this.#usage = usage;
    const { measures } = this.steps.at(-1) ?? {};
    if (!measures || !this.#before || this.#start === undefined) return;
    measures.inputTokens = Math.max(0, usage.inputTokens - this.#before.inputTokens);
    measures.outputTokens = Math.max(0, usage.outputTokens - this.#before.outputTokens);
  }

  wait(event: RunEvent): void {
    this.#waitingSince ??= timeOf(event);
  }

  resume(event: RunEvent): void {
    if (this.#waitingSince !== undefined) this.#waited += timeOf(event) - this.#waitingSince;
    this.#waitingSince = undefined;
  }

  end(event: RunEvent): void {
    this.resume(event);
    const { measures } = this.steps.at(-1) ?? {};
    if (measures && this.#start !== undefined) {
      measures.ms = Math.max(0, timeOf(event) - this.#start - this.#waited);
    }
    this.#start = undefined;
  }
}

function stepsIn(events: readonly RunEvent[]): readonly MeasuredStep[] {
  const clock = new StepClock();
  for (const event of events) {
    const { payload } = event;
    if (payload.type === 'step-start') clock.begin(event, payload.step);
    else if (payload.type === 'usage') clock.use(payload);
    else if (payload.type === 'run-wait') clock.wait(event);
    else if (payload.type === 'run-resume') clock.resume(event);
    else if (payload.type === 'run-end') clock.end(event);
  }
  return clock.steps;
}

interface OpenCall {
  seq: number;
  begun: number;
  /** Whether the run executes it: it begins when the model has finished its answer, and in its turn. */
  queued: boolean;
}

function callsIn(events: readonly RunEvent[]): ReadonlyMap<number, number> {
  const calls = new Map<number, number>();
  const open = new Map<string, OpenCall>();
  // Before these no call was executed that ends later: the model's answer, what the run went on after, and calls that go alone.
  let [turn, lastResult] = [0, 0];
  for (const event of events) {
    const { payload, seq } = event;
    const at = timeOf(event);
    if (payload.type === 'tool-call') {
      open.set(payload.id, { seq, begun: at, queued: payload.by === 'run' });
    } else if (payload.type === 'child-run') {
      const call = open.get(payload.callId);
      if (call) open.set(payload.callId, { ...call, begun: at, queued: false });
    } else if (payload.type === 'tool-result') {
      const alone = executedAlone.has(payload.name);
      const call = open.get(payload.id);
      if (call) {
        const begun = call.queued ? Math.max(call.begun, turn, alone ? lastResult : 0) : call.begun;
        calls.set(call.seq, Math.max(0, at - begun));
        open.delete(payload.id);
      }
      lastResult = at;
      if (alone) turn = at;
    } else if (payload.type === 'usage' || payload.type === 'run-resume') {
      turn = at;
    }
  }
  return calls;
}
