import type { Database } from '../../../platform/database';
import { numberOrNull } from '../../../platform/database';
import { takenBelow, type TakingRun } from '../children/taken-below';
import type { AgentSettings, RunTotals } from '../run-record';
import { countRows } from './count-rows';
import { toRecord, type RunRow } from './run-rows';
import { activeStatuses } from './transitions';

const takingColumns = [
  'id',
  'parent_run_id',
  'status',
  'error_code',
  'input_tokens',
  'output_tokens',
  'estimated_tokens',
  'tool_calls',
  'cost',
  'settings',
] as const;

type TakingRow = Pick<RunRow, (typeof takingColumns)[number]>;

function takingRunOf(row: TakingRow): TakingRun {
  const settings = row.settings === null ? null : (JSON.parse(row.settings) as AgentSettings | null);
  return {
    id: row.id,
    parentId: row.parent_run_id ?? '',
    status: row.status,
    errorCode: row.error_code,
    totals: {
      inputTokens: row.input_tokens,
      outputTokens: row.output_tokens,
      estimatedTokens: row.estimated_tokens,
      toolCalls: row.tool_calls,
      cost: numberOrNull(row.cost),
    },
    budget: settings?.budget ?? null,
  };
}

/** Runs that a run has started. */
export function createChildRows(database: Database) {
  const rowsOf = (parents: readonly string[]) =>
    database.run<TakingRow[]>((knex) =>
      knex('skills_runs')
        .whereIn('parent_run_id', [...parents])
        .select(...takingColumns),
    );

  return {
    count: (parentId: string) =>
      database.run((knex) => countRows(knex('skills_runs').where('parent_run_id', parentId))),

    /** Those that have not ended. */
    async active(parentId: string) {
      const rows = await database.run<RunRow[]>((knex) =>
        knex('skills_runs')
          .where('parent_run_id', parentId)
          .whereIn('status', [...activeStatuses])
          .select(),
      );
      return rows.map(toRecord);
    },

    /** What all runs below this one took, or still may take: a run's row tells its own, and nothing of its children. */
    async takenBelow(runId: string): Promise<RunTotals | undefined> {
      const below: TakingRun[] = [];
      for (let rows = await rowsOf([runId]); rows.length > 0; rows = await rowsOf(rows.map(({ id }) => id))) {
        below.push(...rows.map(takingRunOf));
      }
      return takenBelow(below, runId);
    },
  };
}
