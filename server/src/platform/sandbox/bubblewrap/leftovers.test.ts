import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause } from '../conformance/stand';
import { describeWhereBubblewrapIs } from '../conformance/where-bubblewrap-is';
import { createBubblewrap } from './bubblewrap';
import { ownMark } from './launch';
import { removeTree } from './remove-tree';
import { createSlots } from './slots';

const repository = join(__dirname, '../../../../..');

async function runningCommands(words: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.map((line) => line.replaceAll('\0', ' ').trim()).filter((line) => line === words);
}

describeWhereBubblewrapIs('what a killed server leaves behind', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'skills-leftovers-'));
  });
  afterEach(() => removeTree(root));

  it('does not run on, and is removed when the next one starts', async () => {
    const server = spawn(
      process.execPath,
      [
        '--require=./tests/support/register-typescript.cjs',
        'tests/support/sandbox/abandoned-server.ts',
        root,
      ],
      { cwd: repository, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(server.stdout, 'data');
    while ((await runningCommands('sleep 299.25')).length === 0) await pause(20);
    const files = await readdir(join(root, 'slot-0/work/skill'));
    server.kill('SIGKILL');
    await once(server, 'exit');

    const next = createBubblewrap({ root });
    expect(await next.probe()).toMatchObject({ available: true });
    expect(files).toEqual(['left-behind.txt']);
    expect(await runningCommands('sleep 299.25')).toEqual([]);
    expect((await readdir(root)).filter((name) => name.startsWith('slot-'))).toEqual([]);
    await next.close();
  }, 30_000);

  it('is removed though the killed server had only begun to sign another slot', async () => {
    await mkdir(join(root, 'slot-0'));
    await writeFile(join(root, 'slot-0/owner.json'), '');
    await mkdir(join(root, 'slot-1/work/skill'), { recursive: true });
    const dead = { pid: 1, startedAt: '1', pidNamespace: 'pid:[1]', boot: 'another boot' };
    await writeFile(join(root, 'slot-1/owner.json'), JSON.stringify(dead));

    const next = createBubblewrap({ root });
    expect(await next.probe()).toMatchObject({ available: true });
    expect(await readdir(root)).not.toContain('slot-1');
    await next.close();
  });

  it('says whose it was for as long as there is something in it', async () => {
    const slots = createSlots(root);
    const { folder, release } = await slots.claim();
    const files = Array.from({ length: 300 }, (_, n) => join(folder, `work/skill/${n}`));
    await Promise.all(files.map((path) => writeFile(path, '')));

    let removed = false;
    const removal = release().finally(() => (removed = true));
    const looks: { signed: boolean; empty: boolean }[] = [];
    while (!removed) {
      // At once, since the removal goes on between two looks.
      looks.push({
        empty: !files.some((path) => existsSync(path)),
        signed: existsSync(join(folder, 'owner.json')),
      });
      await new Promise((resolve) => setImmediate(resolve));
    }
    await removal;
    expect(looks.length).toBeGreaterThan(5);
    expect(looks.filter(({ signed, empty }) => !signed && !empty)).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });

  it('is ended even when it was only being made', async () => {
    // Such a process waits for a parent that is dead; this one is its like in all that can be seen of it.
    const parent = spawn('bash', ['-c', `tail -f /dev/null ${ownMark} &`], {
      detached: true,
      stdio: 'ignore',
    });
    await once(parent, 'exit');
    const orphan = `tail -f /dev/null ${ownMark}`;
    while ((await runningCommands(orphan)).length === 0) await pause(20);
    await createBubblewrap({ root }).probe();
    expect(await runningCommands(orphan)).toEqual([]);
  });

  it('is left alone while its server lives', async () => {
    const implementation = createBubblewrap({ root });
    const limits = {
      timeMs: 5000,
      memoryBytes: 2 ** 28,
      processes: 16,
      diskBytes: 2 ** 20,
      outputBytes: 2 ** 16,
    };
    const sandbox = await implementation.create({ files: [], limits, network: false, env: {} });
    const other = createBubblewrap({ root });
    await other.probe();
    await other.close();
    expect((await sandbox.exec(['true'])).exitCode).toBe(0);
    await implementation.close();
    expect((await readdir(root)).filter((name) => name.startsWith('slot-'))).toEqual([]);
  });

  it('is not confused with what another server runs in a slot of the same name', async () => {
    const [ours, theirs] = [join(root, 'a', 'sandboxes'), join(root, 'b', 'sandboxes')];
    await mkdir(ours, { recursive: true });
    await mkdir(join(theirs, 'slot-0/work/skill'), { recursive: true });
    const dead = { pid: 1, startedAt: '1', pidNamespace: 'pid:[1]', boot: 'another boot' };
    await writeFile(join(theirs, 'slot-0/owner.json'), JSON.stringify(dead));
    for (const folder of [root, join(root, 'a'), join(root, 'b')]) await chmod(folder, 0o755);
    const implementation = createBubblewrap({ root: ours });
    const limits = {
      timeMs: 60_000,
      memoryBytes: 2 ** 28,
      processes: 16,
      diskBytes: 2 ** 20,
      outputBytes: 2 ** 16,
    };
    const sandbox = await implementation.create({ files: [], limits, network: false, env: {} });
    const sleeping = sandbox.exec(['sleep', '299.75']);
    while ((await runningCommands('sleep 299.75')).length === 0) await pause(20);

    const other = createBubblewrap({ root: theirs });
    await other.probe();
    expect(await runningCommands('sleep 299.75')).toHaveLength(1);
    expect((await readdir(theirs)).filter((name) => name.startsWith('slot-'))).toEqual([]);
    await other.close();
    await implementation.close();
    expect(await sleeping).toMatchObject({ aborted: true });
  }, 30_000);

  it('is removed even when it is too deep for a path, or shut', async () => {
    const implementation = createBubblewrap({ root });
    const limits = {
      timeMs: 20_000,
      memoryBytes: 2 ** 28,
      processes: 16,
      diskBytes: 2 ** 26,
      outputBytes: 2 ** 16,
    };
    const sandbox = await implementation.create({ files: [], limits, network: false, env: {} });
    const script =
      'mkdir shut; touch shut/x; chmod 0 shut\n' +
      'for i in $(seq 300); do mkdir aaaaaaaaaaaaaaaaaaaaaaaaa && cd aaaaaaaaaaaaaaaaaaaaaaaaa; done; pwd | wc -c';
    let printed = '';
    const result = await sandbox.exec(['bash', '-c', script], {
      onOutput: (_, chunk) => void (printed += chunk),
    });
    expect([result.exitCode, Number(printed) > 4096]).toEqual([0, true]);
    await implementation.close();
    expect((await readdir(root)).filter((name) => name.startsWith('slot-'))).toEqual([]);
  }, 30_000);
});
