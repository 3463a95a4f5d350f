import type { RunExecution } from 'strapi-plugin-skills-shared/contracts';
import { DeniedError } from '../../../http/errors';

/** Runs at once on this server that others have started, by what they take. */
export interface ChildConcurrency {
  sandbox: number;
  vendor: number;
  agent: number;
}

export interface ChildPlaces {
  /**
   * Takes a place for an agent that another has started; answers how to give it back. Throws 403 `agents-limit` when there is none: agents
   * wait for what they start, so agents that waited for each other's places might wait forever.
   */
  takeForAgent(): () => void;
  /**
   * Does the work of a run that is no agent's once there is a place for it. It may wait: what has a place there waits for no other run. Rejects
   * with the signal's reason when that aborts before its turn.
   */
  within(
    execution: Exclude<RunExecution, 'agent'>,
    signal: AbortSignal,
    work: () => Promise<unknown>,
  ): Promise<void>;
}

/** Places of this process for runs that others have started: they are executed past the lines, and would otherwise be without number. */
export function createChildPlaces({ sandbox, vendor, agent }: ChildConcurrency): ChildPlaces {
  const atVendors = new Places(vendor);
  const lines = { sandbox: new Places(sandbox), provider: atVendors, hosted: atVendors };
  let agents = 0;
  return {
    takeForAgent() {
      if (agents >= agent) {
        const message = `This server is at its limit of ${agent} agents that others have started; call it later, or do without it.`;
        throw new DeniedError(message, { code: 'agents-limit', limit: agent });
      }
      agents += 1;
      let isTaken = true;
      return () => {
        if (isTaken) agents -= 1;
        isTaken = false;
      };
    },
    async within(execution, signal, work) {
      const line = lines[execution];
      await line.enter(signal);
      try {
        await work();
      } finally {
        line.leave();
      }
    },
  };
}

/** So many may be inside at once; the others wait in the order of their coming. */
class Places {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(size: number) {
    this.#free = size;
  }

  async enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        this.#waiting.delete(enter);
        reject(signal.reason as Error);
      };
      this.#waiting.add(enter);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  leave(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#free += 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
