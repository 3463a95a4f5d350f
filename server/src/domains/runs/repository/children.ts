import type { Database } from '../../../platform/database';
import type { RunTotals } from '../run-record';
import { countRows } from './count-rows';
import { toRecord, type RunRow } from './run-rows';
import { activeStatuses } from './transitions';

/** Runs that a run has started. */
export function createChildRows(database: Database) {
  const idsOf = (parents: readonly string[]) =>
    database.run<Pick<RunRow, 'id' | 'input_tokens' | 'output_tokens' | 'tool_calls' | 'cost'>[]>((knex) =>
      knex('skills_runs')
        .whereIn('parent_run_id', [...parents])
        .select('id', 'input_tokens', 'output_tokens', 'tool_calls', 'cost'),
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

    /**
     * What all runs below this one took, as far as it is stored: a run's row tells its own, and nothing of its children. Undefined when
     * there are none.
     */
    async spentBelow(runId: string): Promise<RunTotals | undefined> {
      let found = false;
      const spent: RunTotals = { inputTokens: null, outputTokens: null, toolCalls: 0, cost: 0 };
      for (let rows = await idsOf([runId]); rows.length > 0; rows = await idsOf(rows.map(({ id }) => id))) {
        found = true;
        for (const row of rows) {
          if (row.input_tokens !== null) spent.inputTokens = (spent.inputTokens ?? 0) + row.input_tokens;
          if (row.output_tokens !== null) spent.outputTokens = (spent.outputTokens ?? 0) + row.output_tokens;
          // A model without a price makes the whole sum unknown; where none worked, nothing was to be paid.
          const isUnknown = spent.cost === null || (row.cost === null && row.input_tokens !== null);
          spent.cost = isUnknown ? null : (spent.cost ?? 0) + Number(row.cost ?? 0);
        }
      }
      return found ? spent : undefined;
    },
  };
}
