import { request as httpRequest } from 'node:http';
import { environmentsOf } from '../../server/src/domains/environments';
import { TerminalsService } from '../../server/src/domains/environments/terminal/terminals-service';
import { serverViewer, skillsOf } from '../../server/src/domains/skills';
import type { Caller } from '../support/callers';
import { createRunnableSkill } from '../support/runnable-skills';
import { bootStrapi, type BootedStrapi } from '../support/strapi';
import { askForTerminal, openTerminal, refusalOf, socketTo, type TerminalClient } from '../support/terminals';
import './timeout';

// @any-database: A terminal stores nothing but its image, which environments.test.ts tries.

const permissions = ['skills.read', 'environments.terminal', 'environments.read', 'environments.update'];

describe('terminals', () => {
  let booted: BootedStrapi;
  let ada: Caller;
  let ahead = 0;
  const open: TerminalClient[] = [];
  const encryption = { key: 'a key of the tests that is long enough for it' };

  beforeAll(async () => {
    booted = await bootStrapi({ config: { terminal: { maxPerPerson: 2 }, encryption } });
    const { strapi } = booted;
    // It looks again more often than every ten seconds, and its clock can be put forward.
    const service = () => new TerminalsService(strapi, { recheckMs: 50, clock: () => Date.now() + ahead });
    (strapi.get('services') as { set(uid: string, factory: unknown): void }).set(
      'plugin::skills.terminals',
      service,
    );
    await createRunnableSkill(booted.strapi, { alias: 'shelled', script: 'echo from the skill' });
  });
  beforeEach(async () => {
    ada = await booted.admin(permissions);
  });
  afterEach(async () => {
    for (const terminal of open.splice(0)) {
      terminal.socket.close();
      await terminal.closed;
    }
  });
  afterAll(() => booted.destroy());

  async function terminalOf(caller: Caller = ada, skill = 'shelled'): Promise<TerminalClient> {
    const terminal = await openTerminal(booted, caller, skill);
    open.push(terminal);
    return terminal;
  }

  it("give a shell with the skill's files, and say what holds", async () => {
    const terminal = await terminalOf();
    expect(terminal.notices[0]).toMatchObject({
      type: 'ready',
      id: terminal.id,
      isolation: { name: 'bubblewrap', notes: expect.arrayContaining([expect.any(String)]) },
      hosts: [],
      idleMs: 600_000,
    });
    terminal.type('pwd; ls; ./main.sh\r');
    const shown = await terminal.until(/from the skill/);
    expect(shown).toContain('/work/skill');
    expect(shown).toContain('SKILL.md');
  });

  it('follow the size of the window', async () => {
    const terminal = await terminalOf();
    terminal.resize(101, 37);
    terminal.type('stty size\r');
    await terminal.until(/37 101/);
    terminal.resize(55, 12);
    terminal.type('stty size\r');
    await terminal.until(/12 55/);
  });

  it('stop a program at Ctrl-C', async () => {
    const terminal = await terminalOf();
    terminal.type('echo be"gun"; sleep 1000\r');
    await terminal.until(/begun\r\n/);
    terminal.type('\x03');
    terminal.type('echo st"ill here"\r');
    await terminal.until(/still here\r\n/);
  });

  it('show much without losing any of it', async () => {
    const terminal = await terminalOf();
    terminal.type('echo; seq 1 100000; echo do"ne"\r');
    const shown = await terminal.until(/done\r\n/);
    const numbers = shown.split(/\r?\n/).filter((line) => /^\d+$/.test(line));
    expect(numbers).toHaveLength(100_000);
  });

  it('tell how their shell has ended', async () => {
    const terminal = await terminalOf();
    terminal.type('exit 7\r');
    expect(await terminal.closed).toEqual({ type: 'closed', reason: 'ended', exitCode: 7, message: null });
  });

  it("have the environment's variables, and do not show its secrets as they are", async () => {
    const environments = environmentsOf(booted.strapi);
    const { skill } = await makeSkill('furnished');
    await environments.save(
      skill.id,
      {
        revision: (await environments.get(skill.id)).revision,
        variables: [{ name: 'GREETING', value: 'hello there' }],
        secrets: [{ name: 'API_TOKEN', value: 'sesame-open-1234' }],
        setup: '',
      },
      { mayGrantNetwork: false },
    );
    const terminal = await terminalOf(ada, 'furnished');
    terminal.type('echo "$GREETING <$API_TOKEN> ${#API_TOKEN}"\r');
    const shown = await terminal.until(/hello there <.*> 16\r\n/);
    expect(shown).not.toContain('sesame');
  });

  describe('and their tickets', () => {
    it('are good once', async () => {
      const { ticket } = await askForTerminal(ada, 'shelled');
      const socket = socketTo(booted, ticket);
      await new Promise((resolve) => socket.once('open', resolve));
      expect(await refusalOf(socketTo(booted, ticket))).toEqual({ status: 403, code: 'ticket-invalid' });
      socket.close();
      await new Promise((resolve) => socket.once('close', resolve));
    });

    it('cannot be made up', async () => {
      for (const ticket of ['made-up', '__proto__', 'a'.repeat(2000)]) {
        expect(await refusalOf(socketTo(booted, ticket))).toEqual({ status: 403, code: 'ticket-invalid' });
      }
    });

    it('expire', async () => {
      const { ticket } = await askForTerminal(ada, 'shelled');
      ahead = 30_000;
      const refusal = await refusalOf(socketTo(booted, ticket)).finally(() => (ahead = 0));
      expect(refusal).toEqual({ status: 403, code: 'ticket-invalid' });
    });

    it('are refused to pages of other sites, and taken from our own', async () => {
      const { ticket } = await askForTerminal(ada, 'shelled');
      for (const origin of ['https://evil.example', 'null', `${booted.url}.evil.example`]) {
        expect(await refusalOf(socketTo(booted, ticket, { origin }))).toEqual({
          status: 403,
          code: 'origin-denied',
        });
      }
      const socket = socketTo(booted, ticket, { origin: booted.url });
      await new Promise((resolve) => socket.once('open', resolve));
      socket.close();
    });

    it('are given to who may use terminals, of skills that they see', async () => {
      const reader = await booted.admin(['skills.read', 'environments.read']);
      await reader.agent.post('/skills/skills/shelled/terminals').send({}).expect(403);
      await booted.anonymous.post('/skills/skills/shelled/terminals').send({}).expect(401);
      await makeSkill('hidden', {
        visibility: 'private',
        owner: { type: 'admin-user', id: 'somebody', name: 'S' },
      });
      await ada.agent.post('/skills/skills/hidden/terminals').send({}).expect(404);
      await ada.agent.post('/skills/skills/no-such-skill/terminals').send({}).expect(404);
    });

    it('are worth nothing when the permission is gone by then', async () => {
      const { ticket } = await askForTerminal(ada, 'shelled');
      await forbid(ada);
      expect(await refusalOf(socketTo(booted, ticket))).toEqual({ status: 403, code: 'ticket-invalid' });
    });
  });

  it('are as many for a person as are configured', async () => {
    await terminalOf();
    await terminalOf();
    const { body } = await ada.agent.post('/skills/skills/shelled/terminals').send({}).expect(409);
    expect(body.error.details).toMatchObject({ code: 'terminals-limit', limit: 2 });
    await terminalOf(await booted.admin(permissions));
  });

  it('leave other upgrades alone', async () => {
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(`${booted.url}/skills/runs`, {
        headers: { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c' },
      });
      request.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', reject);
      request.end();
    });
    expect(answer).toBe(401);
    const other = jest.fn();
    booted.strapi.server.httpServer.on('upgrade', (_request, stream) => {
      other();
      stream.end('HTTP/1.1 418 Other\r\n\r\n');
    });
    expect(await refusalOf(Object.assign(socketTo(booted, '../../other'), {}))).toMatchObject({
      status: 418,
    });
    expect(other).toHaveBeenCalledTimes(1);
    booted.strapi.server.httpServer.removeListener(
      'upgrade',
      booted.strapi.server.httpServer.listeners('upgrade').at(-1) as () => void,
    );
  });

  it('are ended by a message that is none, or too long', async () => {
    const first = await terminalOf();
    first.socket.send('{"type":"reboot"}');
    expect(await first.closed).toMatchObject({ reason: 'failed' });
    const second = await terminalOf();
    second.socket.send(Buffer.alloc(300 * 1024));
    await second.closed;
    const sandboxLess = await ada.agent.post(`/skills/terminals/${second.id}/image`).send({});
    expect(sandboxLess.status).toBe(404);
  });

  describe('are closed', () => {
    it('when the permission is taken away', async () => {
      const terminal = await terminalOf();
      await forbid(ada);
      expect(await terminal.closed).toMatchObject({ reason: 'permission' });
    });

    it('when the person logs out', async () => {
      const terminal = await terminalOf();
      await booted.strapi.sessionManager('admin').invalidateRefreshToken(String(await idOf(ada)));
      expect(await terminal.closed).toMatchObject({ reason: 'permission' });
    });

    it('when the skill is archived', async () => {
      const { skill } = await makeSkill('short-lived');
      const terminal = await terminalOf(ada, 'short-lived');
      await skillsOf(booted.strapi).setArchived([skill.id], true, serverViewer);
      expect(await terminal.closed).toMatchObject({ reason: 'skill' });
    });
  });

  describe('are saved', () => {
    it('as the image that the next one begins with', async () => {
      await makeSkill('grown');
      const first = await terminalOf(ada, 'grown');
      first.type(
        "mkdir -p ~/.local/bin && printf '#!/bin/sh\\necho in%s' stalled > ~/.local/bin/tool; chmod +x ~/.local/bin/tool\r",
      );
      first.type('echo do"ne"\r');
      await first.until(/done\r\n/);
      const { body } = await ada.agent.post(`/skills/terminals/${first.id}/image`).send({}).expect(201);
      expect(body.data).toMatchObject({
        madeBy: 'terminal',
        createdBy: { id: ada.documentId },
        size: expect.any(Number),
      });
      first.type('echo st"ill open"\r');
      await first.until(/still open\r\n/);
      const second = await terminalOf(ada, 'grown');
      second.type('tool\r');
      await second.until(/installed/);
    });

    it('but not over an image that was made since they were opened', async () => {
      await makeSkill('contested');
      const saved = (terminal: TerminalClient, status: number) =>
        ada.agent.post(`/skills/terminals/${terminal.id}/image`).send({}).expect(status);
      const [first, second] = [await terminalOf(ada, 'contested'), await terminalOf(ada, 'contested')];
      first.type('echo 1 > ~/one; echo do"ne"\r');
      second.type('echo 2 > ~/two; echo do"ne"\r');
      for (const terminal of [first, second]) await terminal.until(/done\r\n/);
      await saved(first, 201);
      const { body } = await saved(second, 409);
      expect(body.error.details.code).toBe('image-changed');
      // What it saved itself is what it goes back to.
      first.type('echo 3 > ~/three; echo mo"re"\r');
      await first.until(/more\r\n/);
      await saved(first, 201);
      await saved(second, 409);
    });

    it('by who may change environments, and only their own', async () => {
      const user = await booted.admin(['skills.read', 'environments.terminal']);
      const terminal = await terminalOf(user);
      const { body } = await user.agent.post(`/skills/terminals/${terminal.id}/image`).send({}).expect(403);
      expect(body.error.details.code).toBe('image-denied');
      const other = await ada.agent.post(`/skills/terminals/${terminal.id}/image`).send({}).expect(404);
      expect(other.body.error.details.code).toBe('terminal-not-found');
      await ada.agent.post(`/skills/terminals/${terminal.id}/renewal`).send({}).expect(404);
      await user.agent.post(`/skills/terminals/${terminal.id}/renewal`).send({}).expect(204);
    });
  });

  async function makeSkill(alias: string, more: object = {}) {
    return { skill: await createRunnableSkill(booted.strapi, { alias, script: 'true', ...more }) };
  }

  async function idOf(caller: Caller): Promise<number> {
    const user = await booted.strapi.db
      .query('admin::user')
      .findOne({ where: { documentId: caller.documentId } });
    return user.id;
  }

  /** Takes the terminal out of the person's role. */
  async function forbid(caller: Caller): Promise<void> {
    const user = await booted.strapi.db
      .query('admin::user')
      .findOne({ where: { documentId: caller.documentId }, populate: ['roles'] });
    await booted.strapi.db.query('admin::permission').deleteMany({
      where: { role: user.roles[0].id, action: 'plugin::skills.environments.terminal' },
    });
  }
});

describe('terminals, configured', () => {
  it('are closed when nobody uses them', async () => {
    const booted = await bootStrapi({ config: { terminal: { idleMs: 1_000 } } });
    try {
      await createRunnableSkill(booted.strapi, { alias: 'idle', script: 'true' });
      const terminal = await openTerminal(booted, await booted.admin(), 'idle');
      terminal.type('for n in 1 2 3 4 5; do sleep 0.1; echo $n; done\r');
      await terminal.until(/5\r\n/);
      expect(await terminal.closed).toMatchObject({ reason: 'idle' });
    } finally {
      await booted.destroy();
    }
  });

  it('are told when the server stops', async () => {
    const booted = await bootStrapi();
    await createRunnableSkill(booted.strapi, { alias: 'stopped', script: 'true' });
    const terminal = await openTerminal(booted, await booted.admin(), 'stopped');
    await booted.destroy();
    expect(await terminal.closed).toMatchObject({ reason: 'server-stop' });
  });

  it('can be switched off', async () => {
    const booted = await bootStrapi({ config: { terminal: { enabled: false } } });
    try {
      await createRunnableSkill(booted.strapi, { alias: 'without', script: 'true' });
      const { body } = await (
        await booted.admin()
      ).agent
        .post('/skills/skills/without/terminals')
        .send({})
        .expect(403);
      expect(body.error.details.code).toBe('terminals-disabled');
    } finally {
      await booted.destroy();
    }
  });
});
