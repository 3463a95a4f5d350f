import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openControlGroups } from './control-groups';

const limits = { timeMs: 1, memoryBytes: 1000, processes: 10, diskBytes: 1, outputBytes: 1 };
const nobody = 999_999_999;

/** The files by which the kernel would be spoken to, as plain files: what is written is what counts. */
describe('control groups', () => {
  let mount: string;
  let self: string;
  beforeEach(async () => {
    mount = await mkdtemp(join(tmpdir(), 'skills-groups-'));
    self = join(mount, 'self');
  });
  afterEach(() => rm(mount, { recursive: true }));

  const read = (path: string) => readFile(join(mount, path), 'utf8');

  describe('of version 2', () => {
    beforeEach(async () => {
      await writeFile(self, '0::/app\n');
      await mkdir(join(mount, 'app'));
      await writeFile(join(mount, 'app/cgroup.subtree_control'), 'cpu memory pids\n');
    });

    it('hold memory, swap and processes of a sandbox', async () => {
      const group = await (await openControlGroups(mount, self)).create(limits, undefined);
      const [folder = ''] = (await readdir(join(mount, 'app'))).filter((name) => name.startsWith('skills-'));
      expect(await read(`app/${folder}/memory.max`)).toBe('1000');
      expect(await read(`app/${folder}/memory.swap.max`)).toBe('0');
      expect(await read(`app/${folder}/memory.oom.group`)).toBe('1');
      // Bubblewrap's own two are not the run's.
      expect(await read(`app/${folder}/pids.max`)).toBe('12');
      expect(group.entries).toEqual([join(mount, 'app', folder, 'cgroup.procs')]);
      expect(group.entersAsUser).toBe(false);
    });

    it('tell which limit the kernel had to enforce', async () => {
      const group = await (await openControlGroups(mount, self)).create(limits, undefined);
      const folder = group.entries[0]?.replace('/cgroup.procs', '') ?? '';
      await writeFile(join(folder, 'memory.events'), 'low 0\nmax 31\noom 0\noom_kill 0\noom_group_kill 0\n');
      await writeFile(join(folder, 'pids.events'), 'max 0\n');
      expect(await group.exceeded()).toBeNull();
      await writeFile(join(folder, 'pids.events'), 'max 3\n');
      expect(await group.exceeded()).toBe('processes');
      await writeFile(join(folder, 'memory.events'), 'max 31\noom 1\noom_kill 1\n');
      expect(await group.exceeded()).toBe('memory');
    });

    it('ask for the controllers when they are not handed down yet', async () => {
      await writeFile(join(mount, 'app/cgroup.subtree_control'), 'cpu\n');
      await openControlGroups(mount, self);
      expect(await read('app/cgroup.subtree_control')).toBe('+memory +pids');
    });
  });

  describe('of version 1', () => {
    beforeEach(async () => {
      await writeFile(self, '9:name=systemd:/\n8:pids:/\n4:memory:/app\n0::/\n');
      await mkdir(join(mount, 'memory/app'), { recursive: true });
      await mkdir(join(mount, 'pids'));
    });

    it('hold memory and processes in a tree each', async () => {
      const groups = await openControlGroups(mount, self);
      const { entries } = await groups.create(limits, undefined);
      const [folder = ''] = await readdir(join(mount, 'pids'));
      expect(await read(`memory/app/${folder}/memory.limit_in_bytes`)).toBe('1000');
      expect(await read(`pids/${folder}/pids.max`)).toBe('12');
      expect(entries).toEqual([
        join(mount, 'memory/app', folder, 'cgroup.procs'),
        join(mount, 'pids', folder, 'cgroup.procs'),
      ]);
      expect(groups.countsProcesses).toBe(true);
    });

    it('do with memory alone', async () => {
      await rm(join(mount, 'pids'), { recursive: true });
      const groups = await openControlGroups(mount, self);
      expect(groups.countsProcesses).toBe(false);
      expect((await groups.create(limits, undefined)).entries).toHaveLength(1);
    });

    it('of processes that are gone are swept away, and no others', async () => {
      const groups = await openControlGroups(mount, self);
      const names = [`skills-${nobody}-1`, `skills-${process.pid}-77`, 'skills-other', 'session-3'];
      for (const name of names) await mkdir(join(mount, 'pids', name));
      await groups.sweep();
      expect((await readdir(join(mount, 'pids'))).sort()).toEqual(names.slice(1).sort());
    });
  });

  it('say why there are none', async () => {
    await writeFile(self, '0::/nowhere\n');
    await expect(openControlGroups(mount, self)).rejects.toThrow('no control group can be made');
  });
});
