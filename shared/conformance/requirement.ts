import type { Bench } from './bench';

/** What an adapter must have for a requirement to be one: nothing, a capability, or a feature. */
export type Need = 'chat' | 'embedding' | 'skills' | 'hosted-skills';

/** One thing that the contract demands. Its id is stable: gaps name it. */
export interface Requirement {
  readonly id: string;
  /** What holds, in one sentence. */
  readonly says: string;
  readonly needs?: Need;
  /** Throws when it does not hold. */
  check(bench: Bench): Promise<void>;
}
