import type { ChatEvent, ChatUsage } from 'strapi-plugin-skills-shared/provider';
import type { RunTotals } from '../../run-record';
import { sumOfTotals } from '../../totals';
import type { TokenEstimate } from './token-estimate';

/** What a usage costs that a model had; the first of the ids that has a price counts. Null is unknown. */
export type CostOfUsage = (usage: ChatUsage, models: readonly string[]) => number | null;

/** Events after which the vendor will bill more than it last told. */
const BILLED: ReadonlySet<string> = new Set(['text-delta', 'reasoning-delta', 'tool-call', 'file']);

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** Counts one request to a model from the events of its answer. */
export class RequestMeter {
  readonly #model: string;
  readonly #costOf: CostOfUsage;
  #usage: ChatUsage | undefined;
  /** The vendor did something, so it bills something. */
  #answered = false;
  /** What was told last may be less than what will be billed. */
  #stale = false;
  #snapshot: string | undefined;
  /** Let go of when all was told: it holds the conversation. */
  #estimate: TokenEstimate | undefined;
  toolCalls = 0;

  constructor(model: string, costOf: CostOfUsage, estimate: TokenEstimate) {
    this.#model = model;
    this.#costOf = costOf;
    this.#estimate = estimate;
  }

  observe(event: ChatEvent): void {
    if (event.type === 'error') return;
    this.#answered = true;
    if (event.type === 'tool-call') this.toolCalls += 1;
    if (event.type === 'usage') this.#tell(event.usage);
    if (event.type === 'finish') {
      this.#stale = false;
      this.#snapshot = event.model;
    }
    if (BILLED.has(event.type)) this.#stale = true;
    if (event.type === 'finish' && this.#usage) this.#estimate = undefined;
    this.#estimate?.observe(event);
  }

  get answered(): boolean {
    return this.#answered;
  }

  get usage(): ChatUsage | undefined {
    return this.#usage;
  }

  /** What it took beyond what was told; 0 when the vendor told all. */
  estimatedTokens(): number {
    const isTold = this.#usage !== undefined && !this.#stale;
    if (isTold || !this.#estimate) return 0;
    const { inputTokens = 0, outputTokens = 0 } = this.#usage ?? {};
    return Math.max(0, this.#estimate.tokens - Math.round(inputTokens + outputTokens));
  }

  /** US dollars; null is unknown. */
  cost(): number | null {
    if (!this.#usage || this.#stale) return null;
    const models = this.#snapshot === undefined ? [this.#model] : [this.#model, this.#snapshot];
    return this.#costOf(this.#usage, models);
  }

  #tell(usage: ChatUsage): void {
    if (!isCount(usage.inputTokens) || !isCount(usage.outputTokens)) return;
    this.#usage = usage;
    this.#stale = false;
  }
}

/** Counts all that models did for one run. */
export class RunMeter {
  readonly #requests: RequestMeter[] = [];
  readonly #before: RunTotals | undefined;

  /** `before`: what the run took before it waited. */
  constructor(before?: RunTotals) {
    this.#before = before;
  }

  add(request: RequestMeter): void {
    this.#requests.push(request);
  }

  /** Undefined while no model has done anything: what is stored of the run then stays as it is. */
  totals(): RunTotals | undefined {
    return sumOfTotals(this.#before, this.#counted());
  }

  #counted(): RunTotals | undefined {
    const answered = this.#requests.filter((request) => request.answered);
    if (answered.length === 0) return undefined;
    const usages = answered.flatMap(({ usage }) => usage ?? []);
    const costs = answered.map((request) => request.cost());
    const tokens = (pick: (usage: ChatUsage) => number): number | null =>
      usages.length === 0 ? null : usages.reduce((sum, usage) => sum + Math.round(pick(usage)), 0);
    return {
      inputTokens: tokens(({ inputTokens }) => inputTokens),
      outputTokens: tokens(({ outputTokens }) => outputTokens),
      estimatedTokens: answered.reduce((sum, request) => sum + request.estimatedTokens(), 0),
      toolCalls: answered.reduce((sum, { toolCalls }) => sum + toolCalls, 0),
      cost: costs.reduce((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0),
    };
  }
}
