/** The bus's topic for new events of a run. */
export function eventTopic(runId: string): string {
  return `skills.run.${runId}.events`;
}

/** The bus's topic for signals to a run's lease holder. */
export function signalTopic(runId: string): string {
  return `skills.run.${runId}.signals`;
}
