import type { RunWithFiles } from '../../run-record';

/** What is known of a run, as an export's values. Times are ISO 8601. */
export function runFacts(run: RunWithFiles, events: number): Record<string, unknown> {
  const time = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
  return {
    run: {
      id: run.id,
      status: run.status,
      error: run.error,
      kind: run.kind,
      execution: run.execution,
      origin: run.origin,
      version: { id: run.versionId, number: run.versionNumber },
      isolation: run.isolation,
      model: run.model,
      connection: run.connection?.name ?? null,
      inputTokens: run.inputTokens,
      outputTokens: run.outputTokens,
      cost: run.cost,
      steps: run.steps,
      toolCalls: run.toolCalls,
      skills: run.skills.map(({ alias, version, used }) => ({ alias, version: version.number, used })),
      image: run.image,
      parent: run.parent,
      createdAt: time(run.createdAt),
      startedAt: time(run.startedAt),
      finishedAt: time(run.finishedAt),
      durationMs: run.durationMs,
    },
    prompt: run.prompt,
    input: run.input,
    output: run.output,
    events,
  };
}
