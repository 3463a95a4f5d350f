/** Whether anything may still be run in a sandbox, and what in it has not ended yet. */
export interface SandboxLife {
  /** Aborted when nothing may run any more. */
  readonly halted: AbortSignal;
  /** Aborted when the sandbox is to go. */
  readonly disposed: AbortSignal;
  /** Throws when nothing may be run any more. */
  assertRunning(): void;
  /** Throws when the sandbox is gone, or about to go. */
  assertThere(): void;
  /** Something of the run's own: halting waits for its end. */
  run<Result>(work: Promise<Result>): Promise<Result>;
  /** Something of the server's: disposing waits for its end. */
  use<Result>(work: Promise<Result>): Promise<Result>;
  halt(): Promise<void>;
  /** Calls `remove` when nothing uses the sandbox any more; a second call waits for the first. */
  dispose(remove: () => Promise<void>): Promise<void>;
}

export function createSandboxLife(): SandboxLife {
  const halting = new AbortController();
  const disposing = new AbortController();
  const running = new Set<Promise<unknown>>();
  const using = new Set<Promise<unknown>>();
  let disposal: Promise<void> | undefined;

  function track<Result>(works: Set<Promise<unknown>>, work: Promise<Result>): Promise<Result> {
    works.add(work);
    const done = () => works.delete(work);
    work.then(done, done);
    return work;
  }

  async function halt(): Promise<void> {
    halting.abort();
    await Promise.allSettled(running);
  }

  async function dispose(remove: () => Promise<void>): Promise<void> {
    disposing.abort();
    await halt();
    await Promise.allSettled(using);
    await remove();
  }

  return {
    halted: halting.signal,
    disposed: disposing.signal,
    assertRunning() {
      if (disposal) throw new Error('The sandbox is disposed of.');
      if (halting.signal.aborted) throw new Error('The sandbox is halted: nothing is run in it any more.');
    },
    assertThere() {
      if (disposal) throw new Error('The sandbox is disposed of.');
    },
    run: (work) => track(running, work),
    use: (work) => track(using, work),
    halt,
    dispose: (remove) => (disposal ??= dispose(remove)),
  };
}
