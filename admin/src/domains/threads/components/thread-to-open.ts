interface Arrival {
  /** In the address; empty where none is open. */
  threadId: string;
  /** Whether the screen of no thread is open already: what appears elsewhere meanwhile takes nobody away from it. */
  welcomed: boolean;
  /** Whether something is being written outside of any thread. */
  writing: boolean;
  /** The thread in which something went on last. */
  newest: string | undefined;
}

/** The thread that is opened for who comes without having chosen one; undefined leaves them where they are. */
export function threadToOpen({ threadId, welcomed, writing, newest }: Arrival): string | undefined {
  return threadId === '' && !welcomed && !writing ? newest : undefined;
}
