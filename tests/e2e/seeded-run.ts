import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { knex, type Knex } from 'knex';
import type { RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import { startPlayground, type Playground } from './playground';

/** Events that one turn of the seeded agent is told in. */
export const eventsPerTurn = 10;

/** What an agent tells of its `turn`th turn, of which there may be thousands. */
function turnEvents(turn: number): RunEventPayload[] {
  const call = (part: string): RunEventPayload[] => [
    {
      type: 'tool-call',
      id: `${turn}${part}`,
      name: 'bash',
      input: { command: `work ${turn} ${part}` },
      by: 'run',
    },
  ];
  const result = (part: string): RunEventPayload[] => [
    {
      type: 'tool-result',
      id: `${turn}${part}`,
      name: 'bash',
      output: `worked ${turn} ${part}`,
      isError: false,
    },
  ];
  const answer = (text: string): RunEventPayload => ({ type: 'text-delta', stream: 'answer', text });
  return [
    { type: 'step-start', step: turn },
    { type: 'text-delta', stream: 'reasoning', text: `Turn ${turn} needs work.` },
    ...call('a'),
    ...call('b'),
    ...result('a'),
    ...result('b'),
    { type: 'file-load', alias: 'sales-report', path: `notes/${turn}.md` },
    answer(`Turn ${turn} `),
    answer('is **done'),
    answer('**.\n\n'),
  ];
}

export interface SeededRuns {
  readonly playground: Playground;
  /** A run of an agent that has ended after so many turns, or goes on. */
  addRun(turns: number, status: 'completed' | 'running'): Promise<string>;
  /** Lets a running run go on. */
  addTurns(runId: string, turns: number): Promise<void>;
  stop(): Promise<void>;
}

/** A playground on a database that the test writes to as well: a run of 100,000 events is not waited for. */
export async function startSeededPlayground(folderOfSkill: string): Promise<SeededRuns> {
  const folder = mkdtempSync(path.join(tmpdir(), 'skills-seeded-'));
  const filename = path.join(folder, 'data.db');
  const playground = await startPlayground({ DATABASE_FILENAME: filename });
  const database = knex({ client: 'better-sqlite3', connection: { filename }, useNullAsDefault: true });
  const { client, adminToken } = playground;
  const { skillId } = await client.importFolder(adminToken, folderOfSkill);

  async function addTurns(runId: string, turns: number): Promise<void> {
    await database.transaction((transaction) => appendTurns(transaction, runId, turns));
  }

  return {
    playground,
    addTurns,
    async addRun(turns, status) {
      const started = await client.request<{ data: { id: string } }>(`/skills/skills/${skillId}/runs`, {
        method: 'POST',
        token: adminToken,
        json: { input: { currency: 'EUR' } },
      });
      const { id } = started.data;
      await untilEnded(database, id);
      await database('skills_run_events').where('run_id', id).delete();
      await database('skills_run_files').where('run_id', id).delete();
      await database('skills_runs')
        .where('id', id)
        .update({
          status,
          execution: 'agent',
          last_seq: 0,
          error_code: null,
          error_message: null,
          ...(status === 'running'
            ? {
                finished_at: null,
                duration_ms: null,
                lease_token: 'of-the-test',
                lease_expires_at: Date.now() + 3_600_000,
              }
            : {}),
        });
      await addTurns(id, turns);
      return id;
    },
    async stop() {
      await database.destroy();
      await playground.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilEnded(database: Knex, id: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const row = await database<{ finished_at: unknown }>('skills_runs').where('id', id).first('finished_at');
    if (row?.finished_at) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The run to be written over does not end.');
}

async function appendTurns(database: Knex.Transaction, runId: string, turns: number): Promise<void> {
  const row = await database<{ last_seq: number }>('skills_runs').where('id', runId).first('last_seq');
  const done = (row?.last_seq ?? 0) / eventsPerTurn;
  const at = Date.now() - turns * 1000;
  for (let turn = done + 1; turn <= done + turns; turn += 1) {
    const rows = turnEvents(turn).map((payload, index) => ({
      run_id: runId,
      seq: (turn - 1) * eventsPerTurn + index + 1,
      at: at + (turn - done) * 1000 + index * 50,
      payload: JSON.stringify(payload),
    }));
    await database('skills_run_events').insert(rows);
  }
  await database('skills_runs')
    .where('id', runId)
    .update({ last_seq: (done + turns) * eventsPerTurn });
}
