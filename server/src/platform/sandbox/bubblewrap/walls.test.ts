import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, mkdtempSync } from 'node:fs';
import { mkdtemp, readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createStand, pause, roomy, run } from '../conformance/stand';
import { describeWhereBubblewrapIs } from '../conformance/where-bubblewrap-is';
import { createBubblewrap } from './bubblewrap';
import { removeTree } from './remove-tree';
import { seccompFilter } from './seccomp-filter';

/** What only a sandbox of the operating system can be asked. */
describeWhereBubblewrapIs("bubblewrap's walls", () => {
  jest.setTimeout(60_000);
  const hidden = '/usr/share/common-licenses';
  const root = mkdtempSync(join(tmpdir(), 'skills-walls-'));
  const implementation = createBubblewrap({ root, hidden: [hidden] });
  const stand = createStand(() => ({ implementation, hasProcesses: true }));
  afterAll(async () => {
    await implementation.close();
    await removeTree(root);
  });

  it('deny system calls that no skill needs', async () => {
    const source =
      'import ctypes, os, socket\nlibc = ctypes.CDLL(None, use_errno=True)\n' +
      'print([libc.ptrace(0, 0, 0, 0), os.strerror(ctypes.get_errno())])\n' +
      'print([libc.unshare(0x10000000), os.strerror(ctypes.get_errno())])\n' +
      'for family in (40, 38, 17):\n    try: socket.socket(family, 2)\n    except PermissionError: print(family, "denied")\n' +
      'socket.socket(socket.AF_INET).close(); socket.socket(socket.AF_UNIX).close()';
    expect(seccompFilter()).toBeDefined();
    expect((await stand.python(source)).stdout).toBe(
      "[-1, 'Operation not permitted']\n[-1, 'Operation not permitted']\n40 denied\n38 denied\n17 denied\n",
    );
  });

  it("write none of a command's environment anywhere on the host", async () => {
    const sandbox = await stand.sandbox({}, { env: { OF_ALL: 'the-secret-of-all' } });
    await run(sandbox, ['true'], { env: { OF_ONE: 'the-secret-of-one' } });
    let found = -1;
    const look = async () => {
      const { stdout } = await promisify(execFile)('grep', [
        '-rlIF',
        '--devices=skip',
        'the-secret',
        root,
      ]).catch((error: { stdout: string }) => error);
      found = stdout.length;
    };
    let begun: Promise<void> | undefined;
    const script = 'echo $OF_ALL $OF_TWO; sleep 1';
    const exec = { env: { OF_TWO: 'the-secret-of-two' }, onOutput: () => void (begun ??= look()) };
    expect(await sandbox.exec(['bash', '-c', script], exec)).toMatchObject({ exitCode: 0 });
    await begun;
    expect(found).toBe(0);
  });

  it('leave no privileges and no way to gain any', async () => {
    const { stdout } = await stand.bash('id -u; grep -E "^(CapEff|CapBnd|NoNewPrivs):" /proc/self/status');
    expect(stdout.replace(/\s+/g, ' ')).toBe(
      '1000 CapEff: 0000000000000000 CapBnd: 0000000000000000 NoNewPrivs: 1 ',
    );
  });

  it('can be written to nowhere but in the folders that are watched', async () => {
    const places = ['/', '/usr', '/etc', '/dev', '/proc', '/work', '/tmp', '/work/skill'];
    const { stdout } = await stand.bash(
      places.map((place) => `touch ${place}/x 2> /dev/null && echo ${place}`).join('\n'),
    );
    expect(stdout.trim().split('\n')).toEqual(['/work', '/tmp', '/work/skill']);
    const memory = await stand.bash('head -c 100000000 /dev/zero > /dev/shm/x; stat -c %s /dev/shm/x');
    expect(Number(memory.stdout)).toBeLessThanOrEqual(64 * 2 ** 20);
  });

  it('are not passed by open files of the server', async () => {
    const source = 'import os\nprint(sorted(int(name) for name in os.listdir("/proc/self/fd")))';
    const { stdout } = await stand.python(source);
    // The three standard ones, `/dev/null`, and the folder that is being listed.
    expect(JSON.parse(stdout).length).toBeLessThanOrEqual(5);
    const { stdout: targets } = await stand.bash('ls -l /proc/self/fd');
    expect(targets).not.toMatch(/strapi-skills|skills-walls|seccomp/);
  });

  it("show nothing of the host's /etc but what programs need", async () => {
    const { stdout } = await stand.bash('cd /etc; echo *; cat passwd');
    expect(stdout).not.toMatch(/shadow|ssh|hostname|machine-id|sudoers|root:/);
    expect(stdout).toContain('skill:x:1000:1000');
  });

  it.each([true, { hosts: ['example.com'] }])(
    'show whom to trust and no key of the host, with the network %j',
    async (network) => {
      const list = (folders: string) => `find ${folders} -mindepth 1 -maxdepth 2 2> /dev/null`;
      const { stdout } = await stand.bash(list('/etc/ssl /etc/pki /etc/ca-certificates'), { network });
      const expected =
        /^\/etc\/(ssl\/(certs|openssl\.cnf|cert\.pem|ca-bundle\.pem)|ca-certificates\/extracted|pki\/(tls|ca-trust))(\/|$)/;
      const shown = stdout.split('\n').filter((path) => path !== '');
      expect(shown.filter((path) => !expected.test(path))).toEqual([]);
      // The certificates themselves are those of the host.
      const count = 'ls /etc/ssl/certs | wc -l';
      const here = await promisify(execFile)('sh', ['-c', count]);
      expect((await stand.bash(count, { network })).stdout).toBe(here.stdout);
    },
  );

  it('hide what must not be seen even in a folder that is shown', async () => {
    const { stdout } = await stand.bash(
      `ls /usr/share | grep -c .; ls ${hidden} | grep -c .; touch ${hidden}/x; true`,
    );
    const [shown, within] = stdout.split('\n').map(Number);
    expect([Number(shown) > 5, within]).toEqual([true, 0]);
  });

  it('give each of several at once an owner of its own, when the server is root', async () => {
    await Promise.all([stand.sandbox(), stand.sandbox()]);
    const slots = (await readdir(root)).filter((name) => name.startsWith('slot-'));
    const works = slots.map((slot) => join(root, slot, 'work'));
    // A spare one may be in the making.
    const owners = await Promise.all(
      works.filter((folder) => existsSync(folder)).map(async (folder) => (await stat(folder)).uid),
    );
    expect(owners.length).toBeGreaterThanOrEqual(2);
    if (process.getuid?.() === 0) {
      expect(new Set(owners).size).toBe(owners.length);
      expect(Math.min(...owners)).toBeGreaterThan(60_000);
    } else expect(new Set(owners)).toEqual(new Set([process.getuid?.()]));
  });

  it('pass the network when it is asked for', async () => {
    const server = createServer((_, response) => response.end('reached'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const source = `import urllib.request\nprint(urllib.request.urlopen("http://localhost:${port}/", timeout=5).read())`;
    expect((await stand.python(source, { network: true })).stdout).toBe("b'reached'\n");
    await new Promise((resolve) => server.close(resolve));
  });

  it('hold a file without a name to the disk limit, and several together', async () => {
    const hide = (megabytes: number) =>
      'path = "/tmp/%d" % os.getpid()\nfile = open(path, "wb")\nos.unlink(path)\n' +
      `for _ in range(${megabytes}):\n    file.write(b"x" * (1 << 20))\n    file.flush()\ntime.sleep(20)`;
    const limits = { diskBytes: 10 * 2 ** 20, timeMs: 15_000 };
    // The kernel refuses what is over the limit, and a look may come while the script still says so.
    const alone = await stand.python(`import os, time\n${hide(20)}`, { limits });
    expect(alone.exceeded === 'disk' || /File too large/.test(alone.stderr)).toBe(true);
    expect(alone.exitCode).not.toBe(0);
    const several = `import os, time\nos.fork(); os.fork()\n${hide(4)}`;
    expect(await stand.python(several, { limits })).toMatchObject({ exceeded: 'disk' });
  });

  it('count the memory of all processes together', async () => {
    const source =
      'import os, time\nfor _ in range(4): os.fork() or None\nheld = bytearray(b"x") * (30 << 20)\ntime.sleep(20)';
    const outcome = await stand.python(source, { limits: { memoryBytes: 128 * 2 ** 20, timeMs: 15_000 } });
    expect(outcome).toMatchObject({ exceeded: 'memory' });
  });

  it('come down at whatever moment they are no longer wanted', async () => {
    for (let round = 0; round < 60; round += 1) {
      const sandbox = await stand.sandbox();
      await pause(Math.random() * 12);
      await sandbox.dispose();
    }
    expect((await readdir(root)).filter((name) => name.startsWith('slot-')).length).toBeLessThanOrEqual(1);
  });

  it('are not held up by a named pipe where a file should be', async () => {
    const sandbox = await stand.sandbox();
    await run(sandbox, ['mkfifo', '/work/output/pipe']);
    expect(await sandbox.list('/work/output')).toEqual([]);
    await expect(sandbox.readFile('/work/output/pipe')).rejects.toThrow('not a regular file');
    await expect(sandbox.writeFile('/work/output/pipe', Buffer.from('x'))).rejects.toThrow();
  });

  it('refuse a root that belongs to somebody else, and say so', async () => {
    const probe = await createBubblewrap({
      root: process.getuid?.() === 0 ? '/proc/1/task' : '/usr',
    }).probe();
    expect(probe).toMatchObject({ available: false, reason: expect.any(String) });
  });

  it('are made again after the system has swept its temporary files', async () => {
    const sweptRoot = await mkdtemp(join(tmpdir(), 'skills-swept-'));
    const swept = createBubblewrap({ root: sweptRoot });
    await swept.probe();
    await removeTree(sweptRoot);
    const sandbox = await swept.create({
      files: [],
      limits: { timeMs: 5000, memoryBytes: 2 ** 28, processes: 8, diskBytes: 2 ** 20, outputBytes: 1000 },
      network: false,
      env: {},
    });
    expect((await sandbox.exec(['true'])).exitCode).toBe(0);
    await swept.close();
    await expect(readFile(join(sweptRoot, 'slot-0/owner.json'))).rejects.toThrow();
    await removeTree(sweptRoot);
  });

  it("stand whatever the server's umask is", async () => {
    const before = process.umask(0o077);
    const strictRoot = await mkdtemp(join(tmpdir(), 'skills-umask-'));
    try {
      const strict = createBubblewrap({ root: strictRoot });
      const probe = await strict.probe();
      const trusting = await strict.create({ files: [], limits: roomy, network: true, env: {} });
      expect((await trusting.exec(['ls', '/etc/ssl/certs'])).exitCode).toBe(0);
      await strict.close();
      const notes = probe.available ? probe.isolation.notes : [probe.reason];
      expect(notes).toEqual(
        ((await implementation.probe()) as typeof probe & { available: true }).isolation.notes,
      );
    } finally {
      process.umask(before);
      await removeTree(strictRoot);
    }
  });

  it('say what is missing when bubblewrap is', async () => {
    const probe = await createBubblewrap({ program: '/no/such/bwrap' }).probe();
    expect(probe).toMatchObject({ available: false });
  });
});
