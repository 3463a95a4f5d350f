import type { Knex } from 'knex';
import type { Actor, RunListQuery } from 'strapi-plugin-skills-shared/contracts';
import type { Database } from '../../../platform/database';
import type { RunRecord } from '../run-record';
import { countRows } from './count-rows';
import { summaryColumns, toRecord, type RunRow } from './run-rows';

/** What a caller may see, apart from what it asks for. */
export interface RunScope {
  /** Only runs that this actor started. */
  ownedBy?: Actor;
  /** A subquery of the ids of skills whose runs the caller may see; none where all may be. */
  visibleSkills?: (knex: Knex) => Knex.QueryBuilder | undefined;
}

/** What a list is narrowed by. `skill` is a skill's id here, never its alias. */
export type RunFilter = Partial<
  Pick<
    RunListQuery,
    | 'skill'
    | 'kind'
    | 'status'
    | 'startedBy'
    | 'origin'
    | 'connection'
    | 'model'
    | 'execution'
    | 'thread'
    | 'parent'
    | 'from'
    | 'to'
  >
>;

/** What each order ends in decides between equals, so that no page repeats a run; each is an index. */
const byTime = ['created_at', 'id'];
const orders: Readonly<Record<string, readonly string[]>> = {
  createdat: byTime,
  durationms: ['duration_ms', 'id'],
  status: ['status', ...byTime],
};

function orderOf(sort: string): { column: string; order: 'asc' | 'desc' }[] {
  const [name = '', direction] = sort.toLowerCase().split(':');
  const order = direction === 'desc' ? 'desc' : 'asc';
  return (orders[name] ?? byTime).map((column) => ({ column, order }));
}

function narrow(query: Knex.QueryBuilder, filter: RunFilter): void {
  if (filter.skill !== undefined) query.where('skill_id', filter.skill);
  if (filter.kind !== undefined) query.where('kind', filter.kind);
  if (filter.status !== undefined) query.where('status', filter.status);
  if (filter.startedBy !== undefined) query.where('started_by_id', filter.startedBy);
  if (filter.origin !== undefined) query.where('origin', filter.origin);
  if (filter.connection !== undefined) query.where('connection_id', filter.connection);
  if (filter.model !== undefined) query.where('model', filter.model);
  if (filter.execution !== undefined) query.where('execution', filter.execution);
  if (filter.thread !== undefined) query.where('thread_id', filter.thread);
  if (filter.parent === 'none') query.whereNull('parent_run_id');
  else if (filter.parent !== undefined) query.where('parent_run_id', filter.parent);
  if (filter.from !== undefined) query.where('created_at', '>=', Date.parse(filter.from));
  if (filter.to !== undefined) query.where('created_at', '<=', Date.parse(filter.to));
}

function restrict(query: Knex.QueryBuilder, scope: RunScope, knex: Knex): void {
  const { ownedBy } = scope;
  if (ownedBy) query.where({ started_by_type: ownedBy.type, started_by_id: ownedBy.id });
  const visible = scope.visibleSkills?.(knex);
  if (visible) query.whereIn('skill_id', visible);
}

/** Lists of runs, without their inputs, outputs and files. */
export function createRunList(database: Database) {
  return {
    async list(
      query: RunFilter & Pick<RunListQuery, 'page' | 'pageSize' | 'sort'>,
      scope: RunScope,
    ): Promise<{ runs: RunRecord[]; total: number }> {
      const matching = (knex: Knex) => {
        const builder = knex('skills_runs');
        narrow(builder, query);
        restrict(builder, scope, knex);
        return builder;
      };
      const total = await database.run((knex) => countRows(matching(knex)));
      const rows = await database.run<RunRow[]>((knex) =>
        matching(knex)
          .orderBy(orderOf(query.sort))
          .limit(query.pageSize)
          .offset((query.page - 1) * query.pageSize)
          .select(...summaryColumns),
      );
      return { runs: rows.map(toRecord), total };
    },

    /** Who has started runs that the caller may see, by name; the latest name where one changed. */
    async starters(scope: RunScope): Promise<Actor[]> {
      const rows = await database.run<
        Pick<RunRow, 'id' | 'started_by_type' | 'started_by_id' | 'started_by_name'>[]
      >(async (knex) => {
        const latest = knex('skills_runs').whereNotNull('started_by_id');
        restrict(latest, scope, knex);
        latest.groupBy('started_by_type', 'started_by_id').max('id');
        return knex('skills_runs')
          .whereIn('id', latest)
          .select('started_by_type', 'started_by_id', 'started_by_name');
      });
      return rows.map((row) => toStarter(row)).sort((left, right) => left.name.localeCompare(right.name));
    },
  };
}

function toStarter(row: Pick<RunRow, 'started_by_type' | 'started_by_id' | 'started_by_name'>): Actor {
  return {
    type: row.started_by_type as Actor['type'],
    id: row.started_by_id,
    name: JSON.parse(row.started_by_name),
  };
}
