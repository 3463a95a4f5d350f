import type { Socket } from 'node:net';
import type { Core } from '@strapi/types';
import { environmentsOf } from '../../server/src/domains/environments';
import { sandboxOf, type Sandbox } from '../../server/src/platform/sandbox';
import type { Caller } from '../support/callers';
import { createRunnableSkill } from '../support/runnable-skills';
import { bootStrapi, type BootedStrapi } from '../support/strapi';
import { askForTerminal, openTerminal, socketTo, waitFor, type TerminalClient } from '../support/terminals';
import './timeout';

// @any-database: A terminal stores nothing; these are of its socket.

const mebibyte = 1024 * 1024;
/** So much must a server manage, on a busy machine too. */
const secondsMs = 10_000;
/** Prints without end, and all of it could be the beginning of the secret. */
const endless = 'tr "\\0" 0 < /dev/zero\r';
const secret = `${'0'.repeat(15)}1`;
const encryption = { key: 'a key of the tests that is long enough for it' };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A server, and a person who may have one terminal of it. */
interface Stand {
  booted: BootedStrapi;
  ada: Caller;
  sandboxes: OpenSandboxes;
  /** The server's ends of all connections. */
  connections: Set<Socket>;
}

/** Sandboxes that were made and are not disposed of. */
interface OpenSandboxes {
  readonly count: number;
  /** Called while a shell is being made. */
  onTerminal: () => void;
}

async function watchSandboxes(strapi: Core.Strapi): Promise<OpenSandboxes> {
  const open = new Set<Sandbox>();
  const host = await sandboxOf(strapi).choose();
  const create = host.create.bind(host);
  const watched = {
    get count() {
      return open.size;
    },
    onTerminal: () => undefined as void,
  };
  host.create = async (options) => {
    const sandbox = await create(options);
    open.add(sandbox);
    return {
      ...sandbox,
      openTerminal(terminal) {
        const opening = sandbox.openTerminal(terminal);
        watched.onTerminal();
        return opening;
      },
      dispose: () => sandbox.dispose().finally(() => open.delete(sandbox)),
    };
  };
  return watched;
}

async function makeStand(): Promise<Stand> {
  const booted = await bootStrapi({ config: { terminal: { maxPerPerson: 1 }, encryption } });
  const { strapi } = booted;
  const connections = new Set<Socket>();
  strapi.server.httpServer.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  const skill = await createRunnableSkill(strapi, { alias: 'shelled', script: 'true' });
  const environments = environmentsOf(strapi);
  const { revision } = await environments.get(skill.id);
  const secrets = [{ name: 'API_TOKEN', value: secret }];
  await environments.save(
    skill.id,
    { revision, variables: [], secrets, setup: '' },
    { mayGrantNetwork: false },
  );
  const ada = await booted.admin();
  return { booted, ada, sandboxes: await watchSandboxes(strapi), connections };
}

/** Bytes that the server holds for whom it holds the most. */
const held = ({ connections }: Stand): number =>
  Math.max(0, ...[...connections].map((socket) => socket.writableLength));

function serverEnd({ connections }: Stand, { socket }: TerminalClient): Socket {
  const { localPort } = (socket as unknown as { _socket: Socket })._socket;
  const end = [...connections].find(({ remotePort }) => remotePort === localPort);
  if (!end) throw new Error('The server has no such connection.');
  return end;
}

async function untilGone({ sandboxes }: Stand): Promise<void> {
  await waitFor(
    () => sandboxes.count === 0,
    () => `${sandboxes.count} sandboxes are left.`,
  );
}

type Client = (stand: Stand) => Promise<void>;

const clients: [string, Client][] = [
  [
    'resizes again and again while its shell exits',
    async (stand) => {
      for (let round = 0; round < 6; round += 1) {
        const terminal = await openTerminal(stand.booted, stand.ada, 'shelled');
        await terminal.until(/\$ $/);
        terminal.type(round % 2 === 0 ? 'exit 3\r' : 'kill -9 $$\r');
        let over = false;
        const closed = terminal.closed.finally(() => (over = true));
        for (let columns = 20; !over; columns = columns === 200 ? 20 : columns + 1) {
          // Many at once: one is to be there whenever the server looks.
          for (let count = 0; count < 20; count += 1) terminal.resize(columns, 24);
          await new Promise(setImmediate);
        }
        expect(await closed).toMatchObject({ reason: 'ended', exitCode: round % 2 === 0 ? 3 : 137 });
        await untilGone(stand);
      }
    },
  ],
  ['never acknowledges, and says goodbye', (stand) => getStuck(stand, (socket) => socket.close())],
  ['never acknowledges, and is cut off', (stand) => getStuck(stand, (socket) => socket.terminate())],
  [
    'acknowledges more than there was',
    async ({ booted, ada }) => {
      const terminal = await openTerminal(booted, ada, 'shelled', { acknowledges: false });
      terminal.type(endless);
      terminal.socket.send(JSON.stringify({ type: 'taken', bytes: Number.MAX_SAFE_INTEGER }));
      expect(await terminal.closed).toMatchObject({ reason: 'failed', message: expect.any(String) });
    },
  ],
  [
    'acknowledges all that was sent, and reads none of it',
    async (stand) => {
      const terminal = await openTerminal(stand.booted, stand.ada, 'shelled', { acknowledges: false });
      const own = serverEnd(stand, terminal);
      const written = () => own.bytesWritten;
      const begin = written();
      terminal.type('yes\r');
      terminal.socket.pause();
      let [taken, most, grewAt, sent] = [0, 0, Date.now(), 0];
      // The machine itself takes a few megabytes before anything piles up in the server.
      while (Date.now() - grewAt < 1_500 && sent < 48 * mebibyte) {
        await pause(2);
        most = Math.max(most, held(stand));
        if (written() - begin > sent) grewAt = Date.now();
        sent = written() - begin;
        // It guesses well: less than was sent by the frames' headers, and by what was shown before.
        const bytes = Math.floor(sent * 0.99) - 1024 - taken;
        if (bytes <= 0) continue;
        taken += bytes;
        terminal.socket.send(JSON.stringify({ type: 'taken', bytes }));
      }
      expect(taken).toBeGreaterThan(mebibyte);
      expect(sent).toBeLessThan(48 * mebibyte);
      expect(most).toBeLessThan(3 * mebibyte);
      terminal.socket.terminate();
    },
  ],
  [
    'is gone before its shell is there',
    async (stand) => {
      for (const leave of ['close', 'terminate', 'terminate'] as const) {
        const { ticket } = await askForTerminal(stand.ada, 'shelled');
        const socket = socketTo(stand.booted, ticket);
        const closed = new Promise((resolve) => socket.once('close', resolve));
        stand.sandboxes.onTerminal = () => socket[leave]();
        await closed;
        await untilGone(stand);
      }
      stand.sandboxes.onTerminal = () => undefined;
    },
  ],
];

/** Takes what it is sent, says nothing of it, and leaves when there comes no more. */
async function getStuck(
  { booted, ada }: Stand,
  leave: (socket: ReturnType<typeof socketTo>) => void,
): Promise<void> {
  const terminal = await openTerminal(booted, ada, 'shelled', { acknowledges: false });
  terminal.type(endless);
  let shown = -1;
  while (shown < terminal.text.length || shown < mebibyte / 2) {
    shown = terminal.text.length;
    await pause(500);
  }
  expect(shown).toBeLessThan(2 * mebibyte);
  leave(terminal.socket);
  await terminal.closed;
}

describe("a terminal's client that", () => {
  let stand: Stand;
  let stopped = false;
  beforeAll(async () => {
    stand = await makeStand();
  });
  afterAll(async () => {
    if (!stopped) await stand.booted.destroy();
  });

  it.each(clients)('%s leaves nothing behind', async (_, misbehave) => {
    await misbehave(stand);
    await untilGone(stand);
    const next = await openTerminal(stand.booted, stand.ada, 'shelled');
    next.type('echo al"ive"\r');
    await next.until(/alive\r\n/);
    next.socket.close();
    await untilGone(stand);
  });

  it('takes nothing does not keep the server from stopping', async () => {
    const terminal = await openTerminal(stand.booted, stand.ada, 'shelled', { acknowledges: false });
    terminal.type(endless);
    await pause(1_000);
    const stoppedAt = Date.now();
    stopped = true;
    await stand.booted.destroy();
    expect(Date.now() - stoppedAt).toBeLessThan(secondsMs);
    expect(stand.sandboxes.count).toBe(0);
  });
});
