import type { Run, RunSummary } from 'strapi-plugin-skills-shared/contracts';
import type { SkillsService, SkillSummary, SkillViewer } from '../skills';
import type { RunRecord, RunWithFiles } from './run-record';

function isoOrNull(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

function summaryOf(run: RunRecord, skill: SkillSummary | undefined): RunSummary {
  return {
    id: run.id,
    skill: skill ? { id: skill.id, alias: skill.alias, name: skill.name, kind: skill.kind } : null,
    version: { id: run.versionId, number: run.versionNumber },
    status: run.status,
    origin: run.origin,
    startedBy: run.startedBy,
    prompt: run.prompt,
    error: run.error,
    isolation: run.isolation,
    execution: run.execution,
    connection: run.connection,
    model: run.model,
    cost: run.cost,
    durationMs: run.durationMs,
    inputTokens: run.inputTokens,
    outputTokens: run.outputTokens,
    toolCalls: run.toolCalls,
    steps: run.steps,
    lastSeq: run.lastSeq,
    budget: run.settings?.budget ?? null,
    waiting: run.waiting && {
      reason: run.waiting.reason,
      until: new Date(run.waiting.until).toISOString(),
    },
    threadId: run.threadId,
    parent: run.parent,
    depth: run.depth,
    image: run.image,
    createdAt: new Date(run.createdAt).toISOString(),
    startedAt: isoOrNull(run.startedAt),
    finishedAt: isoOrNull(run.finishedAt),
  };
}

type Summaries = Pick<SkillsService, 'summaries'>;

/** Runs as lists show them. A skill that the viewer may not see is null. */
export async function presentRuns(
  skills: Summaries,
  runs: readonly RunRecord[],
  viewer: SkillViewer,
): Promise<RunSummary[]> {
  const known = await skills.summaries([...new Set(runs.map(({ skillId }) => skillId))], viewer);
  return runs.map((run) => summaryOf(run, known.get(run.skillId)));
}

export async function presentRun(skills: Summaries, run: RunWithFiles, viewer: SkillViewer): Promise<Run> {
  const known = await skills.summaries([run.skillId], viewer);
  return {
    ...summaryOf(run, known.get(run.skillId)),
    input: run.input,
    output: run.output,
    inputFiles: run.inputFiles,
    artifacts: run.artifacts,
    approval: [...(run.settings?.approval ?? [])],
    skills: run.skills,
    changes: run.changes,
  };
}
