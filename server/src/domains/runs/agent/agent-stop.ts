/** Ends an agent's work as failed, with what it has until then. */
export class AgentStop extends Error {
  override readonly name = 'AgentStop';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Neither commands nor files of the sandbox can be had any more. */
export const sandboxLost = (): AgentStop =>
  new AgentStop('sandbox-lost', 'The sandbox in which the agent worked is gone.');
