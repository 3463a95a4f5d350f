import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { serverViewer, skillsOf } from '../../server/src/domains/skills';
import { openAgentStand, type AgentStand } from '../support/agents';
import type { Caller } from '../support/callers';
import { call, prompt, type Transcript } from '../support/peers/conversation';
import { eventually } from '../support/runs';

// @any-database: Whom a run acts for is read by Strapi's own queries.

const said = ({ results }: Transcript) => ({ text: results.join(' | ') });
const callHelper = call('skill_call', { skill: 'helper', prompt: prompt('help') }, 'to-helper');

const scripts = {
  calling: [{ toolCalls: [callHelper] }, said],
  /** Calls after a while of its own, without waiting for anybody. */
  late: [{ toolCalls: [call('bash', { command: 'sleep 2' }, 'nap')] }, { toolCalls: [callHelper] }, said],
  help: [{ text: 'Helped.' }],
};

const GRANTS = ['run.create', 'run.findOne'];
const PANEL = ['skills.read', 'runs.start', 'runs.read'];

describe('an agent whose caller loses rights', () => {
  let stand: AgentStand;

  beforeAll(async () => {
    stand = await openAgentStand({ scripts });
    for (const alias of ['leader', 'helper']) await stand.createSkill({ alias });
  });
  afterEach(() => changeHelper({ visibility: 'org' }));
  afterAll(() => stand.close());

  const db = (uid: string) => stand.app.strapi.db.query(uid as 'admin::user');
  const tokens = () => db('admin::api-token');
  const here = ({ documentId }: Caller) => ({ where: { documentId } });

  async function changeHelper(change: { visibility: 'org' | 'user' }): Promise<void> {
    const skills = skillsOf(stand.app.strapi);
    const { revision } = await skills.get('helper', serverViewer);
    await skills.update('helper', { revision, ...change }, serverViewer);
  }

  async function start(caller: Caller, path: string, script: keyof typeof scripts): Promise<string> {
    const approval = script === 'calling' ? ['skill_call'] : [];
    const body = { prompt: prompt(script), skills: ['helper'], approval, connection: stand.connection.id };
    return (await caller.agent.post(path).send(body).expect(201)).body.data.id;
  }

  /** A run that waits for a word about the call of its helper. */
  async function waiting(caller: Caller, path: string): Promise<string> {
    const id = await start(caller, path, 'calling');
    await stand.until(id, 'waiting');
    return id;
  }

  const content = (caller: Caller) => waiting(caller, '/api/skills/leader/runs');
  const panel = (caller: Caller) => waiting(caller, '/skills/skills/leader/runs');

  /** Somebody else approves it. */
  async function approved(id: string): Promise<Run> {
    const decisions = [{ callId: 'to-helper', approved: true }];
    await stand.ada.agent.post(`/skills/runs/${id}/approvals`).send({ decisions }).expect(200);
    return stand.ended(id);
  }

  async function expectNoChildren({ id }: Run): Promise<void> {
    const { body } = await stand.ada.agent.get(`/skills/runs?parent=${id}`).expect(200);
    expect(body.data).toEqual([]);
  }

  async function expectRefused(id: string, code: 'caller-gone' | 'caller-denied'): Promise<void> {
    const run = await approved(id);
    expect(run).toMatchObject({ status: 'failed', error: { code } });
    await expectNoChildren(run);
  }

  async function expectUnseen(id: string): Promise<void> {
    const run = await approved(id);
    expect(run.status).toBe('completed');
    expect(JSON.stringify(run.output)).toContain('skill-not-found');
    await expectNoChildren(run);
  }

  const limit = (token: Caller, scopes: readonly string[] | null) =>
    stand.ada.agent.put(`/skills/scope-limits/api-token/${token.documentId}`).send({ scopes }).expect(200);

  async function roleOf(admin: Caller): Promise<number> {
    const { roles } = await db('admin::user').findOne({ ...here(admin), populate: ['roles'] });
    return roles[0].id;
  }

  async function allow(admin: Caller, actions: readonly string[]): Promise<void> {
    const permissions = actions.map((action) => ({
      action: `plugin::skills.${action}`,
      subject: null,
      properties: {},
      conditions: [],
    }));
    const roles = stand.app.strapi.service('admin::role') as unknown as {
      assignPermissions(id: number, permissions: readonly object[]): Promise<unknown>;
    };
    await roles.assignPermissions(await roleOf(admin), permissions);
  }

  it('goes on while the caller has them all', async () => {
    const token = await stand.app.contentToken(GRANTS);
    const user = await stand.app.user(GRANTS);
    const admin = await stand.app.admin(PANEL);
    const adminToken = await stand.app.adminToken(PANEL);
    for (const id of [
      await content(token),
      await content(user),
      await panel(admin),
      await panel(adminToken),
    ]) {
      expect(JSON.stringify((await approved(id)).output)).toContain('Helped.');
    }
  });

  describe('on the content API', () => {
    it('does no more for a token that was deleted', async () => {
      const token = await stand.app.contentToken(GRANTS);
      const id = await content(token);
      await tokens().delete(here(token));
      await expectRefused(id, 'caller-gone');
    });

    it('does no more for a token that has expired', async () => {
      const token = await stand.app.contentToken(GRANTS);
      const id = await content(token);
      await tokens().update({ ...here(token), data: { expiresAt: new Date(Date.now() - 1_000) } });
      await expectRefused(id, 'caller-gone');
    });

    it('does no more for a token that may start no runs', async () => {
      const token = await stand.app.contentToken(GRANTS);
      const id = await content(token);
      const { id: row } = await tokens().findOne(here(token));
      await db('admin::api-token-permission').delete({
        where: { token: row, action: 'plugin::skills.run.create' },
      });
      await expectRefused(id, 'caller-denied');
    });

    it('calls no skill outside the scopes that the token was limited to since', async () => {
      const token = await stand.app.contentToken(GRANTS);
      const narrowed = await content(token);
      await limit(token, ['web']);
      await expectUnseen(narrowed);
    });

    it('does no more for a user who was blocked, or has no role that may', async () => {
      const user = await stand.app.user(GRANTS);
      const [first, second] = [await content(user), await content(user)];
      const users = db('plugin::users-permissions.user');
      const { role } = await users.findOne({ ...here(user), populate: ['role'] });
      await db('plugin::users-permissions.permission').deleteMany({
        where: { role: role.id, action: 'plugin::skills.run.create' },
      });
      await expectRefused(first, 'caller-denied');
      await users.update({ ...here(user), data: { blocked: true } });
      await expectRefused(second, 'caller-gone');
    });

    it('starts nothing for a token that was deleted while it was at work', async () => {
      const token = await stand.app.contentToken(GRANTS);
      const id = await start(token, '/api/skills/leader/runs', 'late');
      await eventually(async () =>
        (await stand.events(id)).some(({ payload }) => payload.type === 'tool-call'),
      );
      await tokens().delete(here(token));
      const run = await stand.ended(id);
      expect(JSON.stringify(run.output)).toContain('caller-gone');
      await expectNoChildren(run);
    });
  });

  describe('in the panel', () => {
    it('does no more for an administrator who may start no runs', async () => {
      const admin = await stand.app.admin(PANEL);
      const id = await panel(admin);
      await allow(admin, ['skills.read', 'runs.read']);
      await expectRefused(id, 'caller-denied');
    });

    it('does no more for an administrator who was deactivated, or deleted', async () => {
      const [first, second] = [await stand.app.admin(PANEL), await stand.app.admin(PANEL)];
      const ids = [await panel(first), await panel(second)] as const;
      await db('admin::user').update({ ...here(first), data: { isActive: false } });
      const { id } = await db('admin::user').findOne(here(second));
      await db('admin::user').delete({ where: { id } });
      for (const waits of ids) await expectRefused(waits, 'caller-gone');
    });

    it('does no more for an admin token whose owner is deactivated', async () => {
      const token = await stand.app.adminToken(PANEL);
      const id = await panel(token);
      await db('admin::user').update({ where: { documentId: token.ownerId }, data: { isActive: false } });
      await expectRefused(id, 'caller-gone');
    });

    it("calls no one's private skill when others' are not to be seen any more", async () => {
      await changeHelper({ visibility: 'user' });
      const admin = await stand.app.admin([...PANEL, 'skills.read-private']);
      const id = await panel(admin);
      await allow(admin, PANEL);
      await expectUnseen(id);
    });

    it('gains nothing by what the caller is given since', async () => {
      const admin = await stand.app.admin(PANEL);
      const id = await panel(admin);
      await changeHelper({ visibility: 'user' });
      await allow(admin, [...PANEL, 'skills.read-private']);
      await expectUnseen(id);
    });
  });
});
