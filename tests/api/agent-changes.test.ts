import type { Run, RunChanges } from 'strapi-plugin-skills-shared/contracts';
import { serverViewer, skillsOf } from '../../server/src/domains/skills';
import { versionsOf } from '../../server/src/domains/versions';
import { openAgentStand, type AgentStand } from '../support/agents';
import type { Caller } from '../support/callers';
import { call, prompt } from '../support/peers/conversation';
import { eventually } from '../support/runs';

const files = { 'notes/old.md': 'Old.\n', 'run.sh': 'echo 1\n', 'gone.md': 'Gone.\n' };

const EDIT = [
  'printf "Better.\\n" > notes/old.md',
  'rm gone.md',
  'mkdir -p added/deep',
  'printf "New.\\n" > "added/deep/neue Datei.md"',
  'chmod +x run.sh',
  'mkdir -p __pycache__ && echo x > __pycache__/x.pyc',
].join(' && ');

const edits = [{ toolCalls: [call('bash', { command: EDIT })] }, { text: 'Edited.' }];

/** A bash that goes on until somebody stops it. */
const hang = { toolCalls: [call('bash', { command: 'printf "Half.\\n" > notes/old.md; sleep 600' })] };

describe('what an agent changed in its skill', () => {
  let stand: AgentStand;
  let ada: Caller;

  beforeAll(async () => {
    stand = await openAgentStand({
      scripts: {
        edit: edits,
        nothing: [{ toolCalls: [call('bash', { command: 'cat SKILL.md' })] }, { text: 'Read.' }],
        hang: [hang],
        wait: [
          edits[0]!,
          { toolCalls: [call('write_file', { path: 'more.md', content: 'More.' })] },
          { text: 'Done.' },
        ],
        many: [
          { toolCalls: [call('bash', { command: 'for f in data/*; do echo more >> $f; done; sleep 600' })] },
        ],
        steps: [edits[0]!, edits[0]!, edits[0]!],
        hostile: [
          {
            toolCalls: [
              call('bash', {
                command:
                  'ln -s /etc/passwd link.md; printf x > "NOTES.txt"; printf x > notes.txt; printf x > "a\\\\b"; head -c 2000000 /dev/zero > big.bin; printf ok > fine.md',
              }),
            ],
          },
          { text: 'Done.' },
        ],
      },
      config: { bundle: { maxFileBytes: 1_000_000, maxBytes: 3_000_000 } },
    });
    ada = stand.ada;
  });

  afterAll(() => stand.close());

  let count = 0;
  async function skillOf(): Promise<string> {
    count += 1;
    const alias = `edited-${count}`;
    await stand.createSkill({ alias, files });
    return alias;
  }

  async function runOf(script: string, alias?: string): Promise<Run> {
    const run = await stand.start(alias ?? (await skillOf()), { prompt: prompt(script) });
    return stand.ended(run.id);
  }

  const changesOf = async (run: Run, caller = ada): Promise<RunChanges> =>
    (await caller.agent.get(`/skills/runs/${run.id}/changes`).expect(200)).body.data;

  const decide = (run: Run, body: object, caller = ada) =>
    caller.agent.post(`/skills/runs/${run.id}/change-decision`).send(body);

  async function contentOf(
    alias: string,
  ): Promise<{ number: number; frozen: boolean; files: Record<string, string> }> {
    const { strapi } = stand.app;
    const skill = await skillsOf(strapi).get(alias, serverViewer);
    const version = await versionsOf(strapi).get(skill.current.id);
    const texts: Record<string, string> = {};
    for (const { path, executable } of await versionsOf(strapi).files(version)) {
      const { content } = await versionsOf(strapi).open(version, path);
      const chunks: Buffer[] = [];
      for await (const chunk of content as AsyncIterable<Buffer>) chunks.push(chunk);
      texts[path] = (executable ? 'x ' : '') + Buffer.concat(chunks).toString();
    }
    return { number: version.number, frozen: version.frozenAt !== null, files: texts };
  }

  async function put(alias: string, path: string, text: string): Promise<void> {
    const { body } = await ada.agent.get(`/skills/skills/${alias}/files`).expect(200);
    const { id, revision } = body.data;
    await ada.agent
      .put(`/skills/skills/${alias}/files/${path}`)
      .set({
        'x-version-id': id,
        'x-version-revision': String(revision),
        'content-type': 'application/octet-stream',
      })
      .send(text)
      .expect(200);
  }

  describe('after the run', () => {
    it('is shown file by file, before and after, and in the trajectory', async () => {
      const run = await runOf('edit');
      expect(run).toMatchObject({ status: 'completed', changes: { count: 4, decision: null } });
      const { changes, decision } = await changesOf(run);
      expect(decision).toBeNull();
      expect(changes).toMatchObject([
        {
          path: 'added/deep/neue Datei.md',
          change: 'added',
          before: null,
          after: { size: 5, executable: false },
        },
        { path: 'gone.md', change: 'removed', before: { size: 6 }, after: null },
        { path: 'notes/old.md', change: 'modified', before: { size: 5 }, after: { size: 8 } },
        { path: 'run.sh', change: 'modified', after: { executable: true } },
      ]);
      const read = (side: string, path: string) =>
        ada.agent.get(
          `/skills/runs/${run.id}/changes/${side}/${path.split('/').map(encodeURIComponent).join('/')}`,
        );
      expect((await read('before', 'notes/old.md').expect(200)).text).toBe('Old.\n');
      expect((await read('after', 'notes/old.md').expect(200)).text).toBe('Better.\n');
      expect((await read('after', 'added/deep/neue Datei.md').expect(200)).text).toBe('New.\n');
      await read('after', 'gone.md').expect(404);
      await read('before', 'added/deep/neue Datei.md').expect(404);
      await read('after', 'SKILL.md').expect(404);
      const events = await stand.events(run.id);
      expect(events.at(-2)?.payload).toEqual({ type: 'files-change', added: 1, modified: 2, removed: 1 });
      expect(events.at(-1)?.payload.type).toBe('run-end');
    });

    it('is nothing when the agent left all as it was', async () => {
      const run = await runOf('nothing');
      expect(run).toMatchObject({ status: 'completed', changes: null });
      expect(await changesOf(run)).toEqual({ changes: [], decision: null });
      expect((await decide(run, { decision: 'drop' }).expect(409)).body.error.details.code).toBe(
        'changes-missing',
      );
    });

    it('is kept when a budget ends the run', async () => {
      const started = await stand.start(await skillOf(), { prompt: prompt('steps'), budget: { steps: 2 } });
      const run = await stand.ended(started.id);
      expect(run).toMatchObject({ status: 'failed', error: { code: 'steps-budget' }, changes: { count: 4 } });
    });

    it('is kept when the run is cancelled', async () => {
      const started = await stand.start(await skillOf(), { prompt: prompt('hang') });
      await eventually(async () =>
        (await stand.events(started.id)).some(({ payload }) => payload.type === 'tool-call'),
      );
      await new Promise((resolve) => setTimeout(resolve, 300));
      await ada.agent.post(`/skills/runs/${started.id}/cancellation`).expect(200);
      const run = await stand.ended(started.id);
      expect(run).toMatchObject({ status: 'cancelled', changes: { count: 1 } });
      const after = await ada.agent.get(`/skills/runs/${run.id}/changes/after/notes/old.md`).expect(200);
      expect(after.text).toBe('Half.\n');
    });

    it('is kept of all files of a large skill', async () => {
      const many = Array.from({ length: 200 }, (_, n) => [`data/${n}.txt`, `${n} `.repeat(1_000)]);
      await stand.createSkill({ alias: 'large', files: Object.fromEntries(many) });
      const started = await stand.start('large', { prompt: prompt('many') });
      await eventually(async () =>
        (await stand.events(started.id)).some(({ payload }) => payload.type === 'tool-call'),
      );
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await ada.agent.post(`/skills/runs/${started.id}/cancellation`).expect(200);
      const run = await stand.ended(started.id);
      expect(run).toMatchObject({ status: 'cancelled', changes: { count: 200 } });
    });

    it('is kept of a run that waits and never goes on', async () => {
      const started = await stand.start(await skillOf(), {
        prompt: prompt('wait'),
        approval: ['write_file'],
      });
      await stand.until(started.id, 'waiting');
      await ada.agent.post(`/skills/runs/${started.id}/cancellation`).expect(200);
      expect(await stand.ended(started.id)).toMatchObject({ status: 'cancelled', changes: { count: 4 } });
    });

    it('is what is left at the end of a run that went on after waiting', async () => {
      const started = await stand.start(await skillOf(), {
        prompt: prompt('wait'),
        approval: ['write_file'],
      });
      await stand.until(started.id, 'waiting');
      const { body } = await ada.agent.get(`/skills/runs/${started.id}/approvals`).expect(200);
      const decisions = body.data.map(({ callId }: { callId: string }) => ({ callId, approved: true }));
      await ada.agent.post(`/skills/runs/${started.id}/approvals`).send({ decisions }).expect(200);
      const run = await stand.ended(started.id);
      expect(run).toMatchObject({ status: 'completed', changes: { count: 5 } });
      const told = (await stand.events(run.id)).filter(({ payload }) => payload.type === 'files-change');
      expect(told.map(({ payload }) => payload)).toEqual([
        { type: 'files-change', added: 2, modified: 2, removed: 1 },
      ]);
    });

    it('leaves out what no version may hold, and says so', async () => {
      const run = await runOf('hostile');
      const { changes } = await changesOf(run);
      const paths = changes.map(({ path }) => path);
      expect(paths).toContain('fine.md');
      expect(paths).not.toContain('link.md');
      expect(paths).not.toContain('big.bin');
      expect(paths).not.toContain('a\\b');
      expect(paths.filter((path) => path.toLowerCase() === 'notes.txt')).toHaveLength(1);
      const lines = (await stand.events(run.id)).flatMap(({ payload }) =>
        payload.type === 'log-line' ? [payload.message] : [],
      );
      expect(lines.join()).toMatch(/3 files of the agent can be in no version/);
    });

    it('is for those who see the skill, and decided by those who may change it', async () => {
      const run = await runOf('edit');
      const reader = await stand.app.admin(['runs.read', 'skills.read']);
      expect((await changesOf(run, reader)).changes).toHaveLength(4);
      await decide(run, { decision: 'drop' }, reader).expect(403);
      const stranger = await stand.app.admin(['skills.update']);
      await stranger.agent.get(`/skills/runs/${run.id}/changes`).expect(403);
      await stranger.agent.get(`/skills/runs/${run.id}/changes/after/run.sh`).expect(403);
      await ada.agent.get('/skills/runs/none/changes').expect(404);
    });
  });

  describe('taken', () => {
    it('is an edit of the skill: in a draft of its own where the version is frozen', async () => {
      const alias = await skillOf();
      const run = await runOf('edit', alias);
      const { body } = await decide(run, { decision: 'take' }).expect(200);
      expect(body.data.decision).toMatchObject({
        decision: 'taken',
        paths: ['added/deep/neue Datei.md', 'gone.md', 'notes/old.md', 'run.sh'],
        version: { number: 2 },
        by: { type: 'admin-user', id: ada.documentId },
      });
      expect(await contentOf(alias)).toMatchObject({
        number: 2,
        frozen: false,
        files: {
          'SKILL.md': expect.any(String) as string,
          'added/deep/neue Datei.md': 'New.\n',
          'notes/old.md': 'Better.\n',
          'run.sh': 'x echo 1\n',
        },
      });
      expect(Object.keys((await contentOf(alias)).files)).not.toContain('gone.md');
      expect(await stand.read(run.id)).toMatchObject({ changes: { count: 4, decision: 'taken' } });
    });

    it('is only the files that were chosen', async () => {
      const alias = await skillOf();
      const run = await runOf('edit', alias);
      await decide(run, { decision: 'take', paths: ['gone.md', 'nowhere.md'] }).expect(400);
      const { body } = await decide(run, { decision: 'take', paths: ['notes/old.md'] }).expect(200);
      expect(body.data.decision.paths).toEqual(['notes/old.md']);
      const now = await contentOf(alias);
      expect(now.files).toMatchObject({
        'notes/old.md': 'Better.\n',
        'gone.md': 'Gone.\n',
        'run.sh': 'echo 1\n',
      });
    });

    it('goes beside what others have changed meanwhile, and stops at the same files', async () => {
      const alias = await skillOf();
      const run = await runOf('edit', alias);
      await put(alias, 'other.md', 'Other.');
      await put(alias, 'notes/old.md', 'Mine.');
      const refused = await decide(run, { decision: 'take' }).expect(409);
      expect(refused.body.error.details).toMatchObject({ code: 'changes-conflict', paths: ['notes/old.md'] });
      expect(await contentOf(alias)).toMatchObject({
        files: { 'notes/old.md': 'Mine.', 'gone.md': 'Gone.\n' },
      });
      expect((await changesOf(run)).decision).toBeNull();
      await decide(run, { decision: 'take', paths: ['gone.md', 'run.sh'] }).expect(200);
      const now = await contentOf(alias);
      expect(now.files).toMatchObject({
        'notes/old.md': 'Mine.',
        'other.md': 'Other.',
        'run.sh': 'x echo 1\n',
      });
      expect(now.files['gone.md']).toBeUndefined();
    });

    it('changes nothing where somebody has made the same change, and is recorded', async () => {
      const alias = await skillOf();
      const run = await runOf('edit', alias);
      await put(alias, 'notes/old.md', 'Better.\n');
      const before = await contentOf(alias);
      await decide(run, { decision: 'take', paths: ['notes/old.md'] }).expect(200);
      expect(await contentOf(alias)).toEqual(before);
      expect((await changesOf(run)).decision).toMatchObject({ decision: 'taken', version: { number: 2 } });
    });
  });

  describe('decided', () => {
    const codeOf = (response: { body: { error: { details: { code: string } } } }) =>
      response.body.error.details.code;

    it('is dropped without a change of the skill', async () => {
      const alias = await skillOf();
      const run = await runOf('edit', alias);
      const before = await contentOf(alias);
      const { body } = await decide(run, { decision: 'drop' }).expect(200);
      expect(body.data.decision).toMatchObject({ decision: 'dropped', paths: [], version: null });
      expect(await contentOf(alias)).toEqual(before);
      expect(codeOf(await decide(run, { decision: 'take' }).expect(409))).toBe('changes-decided');
    });

    it('is decided once, however many decide at once', async () => {
      const alias = await skillOf();
      const run = await runOf('edit', alias);
      const answers = await Promise.all(
        ['take', 'drop', 'take', 'drop', 'take', 'take'].map((decision) => decide(run, { decision })),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const lost = answers.filter(({ status }) => status !== 200);
      expect(lost.map((answer) => `${answer.status} ${codeOf(answer)}`)).toEqual(
        lost.map(() => '409 changes-decided'),
      );
      const { decision } = await changesOf(run);
      const now = await contentOf(alias);
      expect(now.files['notes/old.md']).toBe(decision?.decision === 'taken' ? 'Better.\n' : 'Old.\n');
    });

    it('waits for the run’s end, and is refused for an archived skill', async () => {
      const alias = await skillOf();
      const running = await stand.start(alias, { prompt: prompt('hang') });
      expect(codeOf(await decide(running, { decision: 'drop' }).expect(409))).toBe('run-not-ended');
      await ada.agent.post(`/skills/runs/${running.id}/cancellation`).expect(200);
      await stand.ended(running.id);
      const run = await runOf('edit', alias);
      const skill = await skillsOf(stand.app.strapi).get(alias, serverViewer);
      await skillsOf(stand.app.strapi).setArchived([skill.id], true, serverViewer);
      expect(codeOf(await decide(run, { decision: 'take' }).expect(409))).toBe('skill-archived');
    });

    it('keeps the contents for as long as the run is there', async () => {
      const run = await runOf('edit');
      const { knex } = { knex: stand.app.strapi.db.connection };
      await knex('skills_blobs').update({ touched_at: 0 });
      await versionsOf(stand.app.strapi).collectGarbage();
      await ada.agent.get(`/skills/runs/${run.id}/changes/after/notes/old.md`).expect(200);
      await ada.agent.get(`/skills/runs/${run.id}/changes/before/gone.md`).expect(200);
    });
  });
});
