import type { Knex } from 'knex';
import { bigintColumn, createTable, textColumn, type Dialect, type Migration } from '../../platform/database';

/** A UUID, or a Strapi `documentId`. */
const ID = 36;
/** SHA-256 in hex. */
const DIGEST = 64;
/** Characters of a model's id: `runCreateSchema` allows no more. */
const MODEL = 200;

/** Keys are compared byte by byte, as other databases do anyhow: MySQL's default collation would take `A` for `a`. */
function compareExactly(table: Knex.CreateTableBuilder, dialect: Dialect): void {
  if (dialect !== 'mysql') return;
  table.charset('utf8mb4');
  table.collate('utf8mb4_bin');
}

/** Every filter and sort of `runListQuerySchema`, the sweeper's two questions, and the statistics have an index. */
async function createRuns(knex: Knex, dialect: Dialect): Promise<void> {
  await createTable(knex, 'skills_runs', (table) => {
    compareExactly(table, dialect);
    table.string('id', ID).primary();
    table.string('skill_id', ID).notNullable();
    table.string('version_id', ID).notNullable();
    table.integer('version_number').notNullable();
    table.string('kind', 64).notNullable();
    table.string('status', 16).notNullable();
    table.string('origin', 16).notNullable();
    table.string('started_by_type', 16).notNullable();
    table.string('started_by_id', ID).nullable();
    table.text('started_by_name').notNullable();
    textColumn(table, 'input').notNullable();
    textColumn(table, 'prompt').nullable();
    textColumn(table, 'output').nullable();
    table.string('error_code', 64).nullable();
    table.text('error_message').nullable();
    table.string('isolation', 64).nullable();
    bigintColumn(table, 'created_at').notNullable();
    bigintColumn(table, 'started_at').nullable();
    bigintColumn(table, 'finished_at').nullable();
    bigintColumn(table, 'duration_ms').nullable();
    table.integer('input_tokens').nullable();
    table.integer('output_tokens').nullable();
    table.integer('tool_calls').notNullable().defaultTo(0);
    table.integer('last_seq').notNullable().defaultTo(0);
    table.string('lease_token', ID).nullable();
    bigintColumn(table, 'lease_expires_at').nullable();
    table.string('idempotency_scope', DIGEST).nullable();
    table.string('request_digest', DIGEST).nullable();
    table.unique(['idempotency_scope'], { indexName: 'skills_runs_idempotency_uq' });
    table.index(['created_at', 'id'], 'skills_runs_created_ix');
    table.index(['duration_ms', 'id'], 'skills_runs_duration_ix');
    table.index(['status', 'created_at', 'id'], 'skills_runs_status_ix');
    table.index(['skill_id', 'created_at', 'id'], 'skills_runs_skill_ix');
    table.index(['kind', 'created_at', 'id'], 'skills_runs_kind_ix');
    table.index(['origin', 'created_at', 'id'], 'skills_runs_origin_ix');
    table.index(['started_by_id', 'created_at', 'id'], 'skills_runs_starter_ix');
    table.index(['started_by_id', 'started_by_type', 'id'], 'skills_runs_starters_ix');
    table.index(['version_id'], 'skills_runs_version_ix');
    table.index(['status', 'lease_expires_at'], 'skills_runs_lease_ix');
    table.index(['finished_at', 'duration_ms', 'status'], 'skills_runs_finished_ix');
  });
}

async function createRunEvents(knex: Knex, dialect: Dialect): Promise<void> {
  await createTable(knex, 'skills_run_events', (table) => {
    compareExactly(table, dialect);
    table.string('run_id', ID).notNullable();
    table.integer('seq').notNullable();
    bigintColumn(table, 'at').notNullable();
    textColumn(table, 'payload').notNullable();
    table.primary(['run_id', 'seq']);
  });
}

/** `name_digest` stands for the name in the key: a path may be longer than MySQL lets a key be. */
async function createRunFiles(knex: Knex, dialect: Dialect): Promise<void> {
  await createTable(knex, 'skills_run_files', (table) => {
    compareExactly(table, dialect);
    table.string('run_id', ID).notNullable();
    table.string('role', 16).notNullable();
    table.string('name_digest', DIGEST).notNullable();
    table.text('name').notNullable();
    table.text('mime').notNullable();
    bigintColumn(table, 'size').notNullable();
    table.string('digest', DIGEST).notNullable();
    table.primary(['run_id', 'role', 'name_digest']);
    table.index(['digest'], 'skills_run_files_digest_ix');
  });
}

/** Nobody writes `consumed_at` any more: a cancel that was used up could be lost between two owners of a run. */
async function createRunSignals(knex: Knex, dialect: Dialect): Promise<void> {
  await createTable(knex, 'skills_run_signals', (table) => {
    compareExactly(table, dialect);
    table.string('id', ID).primary();
    table.string('run_id', ID).notNullable();
    table.string('type', 32).notNullable();
    bigintColumn(table, 'created_at').notNullable();
    bigintColumn(table, 'consumed_at').nullable();
    table.index(['run_id', 'consumed_at'], 'skills_run_signals_run_ix');
  });
}

const TARGET_INDEXES: Readonly<Record<string, string>> = {
  connection_id: 'skills_runs_connection_ix',
  model: 'skills_runs_model_ix',
};

/** What is there already was made before a crash: MySQL undoes nothing. */
async function hasIndex(knex: Knex, dialect: Dialect, table: string, index: string): Promise<boolean> {
  if (dialect !== 'mysql') return false;
  const found: unknown = await knex('information_schema.statistics')
    .whereRaw('table_schema = database()')
    .where({ table_name: table, index_name: index })
    .first('index_name');
  return found !== undefined;
}

/** Where a run works and what it cost. `connection_name` is JSON, as all free text here; `cost` is in US dollars. */
async function addRunTargets(knex: Knex, dialect: Dialect): Promise<void> {
  if (!(await knex.schema.hasColumn('skills_runs', 'execution'))) {
    await knex.schema.alterTable('skills_runs', (table) => {
      table.string('execution', 16).notNullable().defaultTo('sandbox');
      table.string('connection_id', ID).nullable();
      table.text('connection_name').nullable();
      table.string('model', MODEL).nullable();
      table.double('cost').nullable();
    });
  }
  for (const [column, index] of Object.entries(TARGET_INDEXES)) {
    if (await hasIndex(knex, dialect, 'skills_runs', index)) continue;
    await knex.schema.alterTable('skills_runs', (table) => {
      table.index([column, 'created_at', 'id'], index);
    });
  }
}

async function removeRunTargets(knex: Knex): Promise<void> {
  await knex.schema.alterTable('skills_runs', (table) => {
    for (const [column, index] of Object.entries(TARGET_INDEXES))
      table.dropIndex([column, 'created_at', 'id'], index);
  });
  await knex.schema.alterTable('skills_runs', (table) => {
    table.dropColumns('execution', 'connection_id', 'connection_name', 'model', 'cost');
  });
}

const AGENT_INDEXES: Readonly<Record<string, readonly string[]>> = {
  skills_runs_thread_ix: ['thread_id', 'created_at', 'id'],
  skills_runs_parent_ix: ['parent_run_id', 'created_at', 'id'],
  skills_runs_execution_ix: ['execution', 'created_at', 'id'],
  skills_runs_waiting_ix: ['status', 'waiting_until'],
  skills_runs_ready_ix: ['status', 'ready_at'],
};

/**
 * What agent runs are told (`settings`, JSON), for whom they act (`viewer`, JSON), what started them, and what they wait for. `ready_at` is
 * set when a waiting run may go on.
 */
async function addAgentRuns(knex: Knex, dialect: Dialect): Promise<void> {
  if (!(await knex.schema.hasColumn('skills_runs', 'depth'))) {
    await knex.schema.alterTable('skills_runs', (table) => {
      table.string('thread_id', ID).nullable();
      table.string('parent_run_id', ID).nullable();
      table.string('parent_call_id', 200).nullable();
      table.integer('depth').notNullable().defaultTo(0);
      table.integer('steps').notNullable().defaultTo(0);
      table.text('viewer').nullable();
      table.text('settings').nullable();
      table.string('image', DIGEST).nullable();
      table.string('waiting_for', 16).nullable();
      bigintColumn(table, 'waiting_until').nullable();
      bigintColumn(table, 'ready_at').nullable();
    });
  }
  for (const [index, columns] of Object.entries(AGENT_INDEXES)) {
    if (await hasIndex(knex, dialect, 'skills_runs', index)) continue;
    await knex.schema.alterTable('skills_runs', (table) => {
      table.index([...columns], index);
    });
  }
}

/** The further skills of an agent's run, each in one version. `alias` is as it was then. */
async function createRunSkills(knex: Knex, dialect: Dialect): Promise<void> {
  await createTable(knex, 'skills_run_skills', (table) => {
    compareExactly(table, dialect);
    table.string('run_id', ID).notNullable();
    table.integer('position').notNullable();
    table.string('skill_id', ID).notNullable();
    table.string('version_id', ID).notNullable();
    table.integer('version_number').notNullable();
    table.string('alias', 100).notNullable();
    table.boolean('used').notNullable().defaultTo(false);
    table.primary(['run_id', 'position']);
    table.index(['version_id'], 'skills_run_skills_version_ix');
    table.index(['skill_id'], 'skills_run_skills_skill_ix');
  });
}

/** What a waiting run goes on with: both are blobs, the conversation as JSON and the sandbox's files as an archive. */
async function createRunStates(knex: Knex, dialect: Dialect): Promise<void> {
  await createTable(knex, 'skills_run_states', (table) => {
    compareExactly(table, dialect);
    table.string('run_id', ID).primary();
    table.string('state_digest', DIGEST).notNullable();
    table.string('files_digest', DIGEST).nullable();
    bigintColumn(table, 'saved_at').notNullable();
    table.index(['state_digest'], 'skills_run_states_state_ix');
    table.index(['files_digest'], 'skills_run_states_files_ix');
  });
}

async function createRunMessages(knex: Knex, dialect: Dialect): Promise<void> {
  await createTable(knex, 'skills_run_messages', (table) => {
    compareExactly(table, dialect);
    table.string('id', ID).primary();
    table.string('run_id', ID).notNullable();
    textColumn(table, 'text').notNullable();
    table.text('author').notNullable();
    bigintColumn(table, 'created_at').notNullable();
    bigintColumn(table, 'taken_at').nullable();
    table.index(['run_id', 'taken_at', 'id'], 'skills_run_messages_run_ix');
  });
}

/** `call_digest` stands for the call's id in the key: ids come from models, and may be long. */
async function createRunApprovals(knex: Knex, dialect: Dialect): Promise<void> {
  await createTable(knex, 'skills_run_approvals', (table) => {
    compareExactly(table, dialect);
    table.string('run_id', ID).notNullable();
    table.string('call_digest', DIGEST).notNullable();
    table.integer('position').notNullable();
    table.text('call_id').notNullable();
    table.text('name').notNullable();
    textColumn(table, 'input').notNullable();
    table.boolean('approved').nullable();
    textColumn(table, 'note').nullable();
    table.text('decided_by').nullable();
    bigintColumn(table, 'requested_at').notNullable();
    bigintColumn(table, 'decided_at').nullable();
    table.primary(['run_id', 'call_digest']);
  });
}

/** Files of the skill that an agent left otherwise than it found them, and what was decided about them. */
async function createRunChanges(knex: Knex, dialect: Dialect): Promise<void> {
  await createTable(knex, 'skills_run_changes', (table) => {
    compareExactly(table, dialect);
    table.string('run_id', ID).notNullable();
    table.string('path_digest', DIGEST).notNullable();
    table.text('path').notNullable();
    table.string('change', 16).notNullable();
    table.string('before_digest', DIGEST).nullable();
    bigintColumn(table, 'before_size').nullable();
    table.string('after_digest', DIGEST).nullable();
    bigintColumn(table, 'after_size').nullable();
    table.boolean('executable').notNullable().defaultTo(false);
    table.primary(['run_id', 'path_digest']);
    table.index(['before_digest'], 'skills_run_changes_before_ix');
    table.index(['after_digest'], 'skills_run_changes_after_ix');
  });
  await createTable(knex, 'skills_run_change_decisions', (table) => {
    compareExactly(table, dialect);
    table.string('run_id', ID).primary();
    table.string('decision', 16).notNullable();
    textColumn(table, 'paths').notNullable();
    table.string('version_id', ID).nullable();
    table.integer('version_number').nullable();
    table.text('decided_by').notNullable();
    bigintColumn(table, 'decided_at').notNullable();
  });
}

/** Which run a client's chat is at, for a client that knows its own chat's id alone. `chat_digest` covers whose chat it is, and of which skill. */
async function createRunChats(knex: Knex, dialect: Dialect): Promise<void> {
  await createTable(knex, 'skills_run_chats', (table) => {
    compareExactly(table, dialect);
    table.string('chat_digest', DIGEST).primary();
    table.string('run_id', ID).notNullable();
    table.index(['run_id'], 'skills_run_chats_run_ix');
  });
}

const agentTables = [
  'skills_run_skills',
  'skills_run_states',
  'skills_run_messages',
  'skills_run_approvals',
  'skills_run_changes',
  'skills_run_change_decisions',
  'skills_run_chats',
] as const;

async function removeAgentRuns(knex: Knex): Promise<void> {
  for (const table of [...agentTables].reverse()) await knex.schema.dropTableIfExists(table);
  await knex.schema.alterTable('skills_runs', (table) => {
    for (const [index, columns] of Object.entries(AGENT_INDEXES)) table.dropIndex([...columns], index);
  });
  await knex.schema.alterTable('skills_runs', (table) => {
    table.dropColumns(
      'thread_id',
      'parent_run_id',
      'parent_call_id',
      'depth',
      'steps',
      'viewer',
      'settings',
      'image',
      'waiting_for',
      'waiting_until',
      'ready_at',
    );
  });
}

/** Serves the sweeper's question for the oldest queued runs of each execution. */
const QUEUE_INDEX = 'skills_runs_queue_ix';
const QUEUE_COLUMNS = ['status', 'execution', 'created_at', 'id'];

async function addQueueIndex(knex: Knex, dialect: Dialect): Promise<void> {
  if (await hasIndex(knex, dialect, 'skills_runs', QUEUE_INDEX)) return;
  await knex.schema.alterTable('skills_runs', (table) => table.index(QUEUE_COLUMNS, QUEUE_INDEX));
}

async function removeQueueIndex(knex: Knex): Promise<void> {
  await knex.schema.alterTable('skills_runs', (table) => table.dropIndex(QUEUE_COLUMNS, QUEUE_INDEX));
}

async function addEstimatedTokens(knex: Knex): Promise<void> {
  if (await knex.schema.hasColumn('skills_runs', 'estimated_tokens')) return;
  await knex.schema.alterTable('skills_runs', (table) => {
    table.integer('estimated_tokens').notNullable().defaultTo(0);
  });
}

async function removeEstimatedTokens(knex: Knex): Promise<void> {
  await knex.schema.alterTable('skills_runs', (table) => table.dropColumns('estimated_tokens'));
}

export const runsTables = [
  'skills_runs',
  'skills_run_events',
  'skills_run_files',
  'skills_run_signals',
  ...agentTables,
] as const;

/** The tables of the first migration. */
const firstTables = runsTables.slice(0, 4);

export const runsMigrations: Migration[] = [
  {
    name: '2026-11-21-runs',
    async up(knex, dialect) {
      await createRuns(knex, dialect);
      await createRunEvents(knex, dialect);
      await createRunFiles(knex, dialect);
      await createRunSignals(knex, dialect);
    },
    async down(knex) {
      for (const table of [...firstTables].reverse()) await knex.schema.dropTableIfExists(table);
    },
  },
  { name: '2026-11-23-run-targets', up: addRunTargets, down: removeRunTargets },
  {
    name: '2026-11-24-agent-runs',
    async up(knex, dialect) {
      await addAgentRuns(knex, dialect);
      await createRunSkills(knex, dialect);
      await createRunStates(knex, dialect);
      await createRunMessages(knex, dialect);
      await createRunApprovals(knex, dialect);
      await createRunChanges(knex, dialect);
      await createRunChats(knex, dialect);
    },
    down: removeAgentRuns,
  },
  { name: '2026-11-25-estimated-tokens', up: addEstimatedTokens, down: removeEstimatedTokens },
  { name: '2026-11-25-run-queue-index', up: addQueueIndex, down: removeQueueIndex },
];
