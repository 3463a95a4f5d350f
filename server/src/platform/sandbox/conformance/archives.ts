import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { pack as tar, type Header } from 'tar-stream';
import type { Sandbox, SandboxArchive } from '../sandbox';
import { pause, readText, run, type Stand } from './stand';
import { memoryHog } from './memory-hog';

type Entry = Partial<Header> & { name: string; content?: string };

/** What a sandbox's files become when they outlive it. */
export function describeArchives(stand: Stand): void {
  const archiveOf = async (sandbox: Sandbox, folder: string): Promise<SandboxArchive> => {
    const bytes = await buffer(await sandbox.pack(folder));
    return { folder, open: async () => Readable.from([bytes]) };
  };
  const listing = [
    'bash',
    '-c',
    'cd /work; find . | sort; cat skill/a/b input/c; readlink skill/link; skill/run.sh',
  ];
  const furnish =
    'mkdir -p a empty; echo deep > a/b; echo input > /work/input/c; ln -s a/b link; ln -s ../../tmp up;' +
    'printf "#!/bin/bash\\necho ran\\n" > run.sh; chmod 700 run.sh; touch "ünïcode näme"; echo home > ~/.config';

  describe('archives', () => {
    it('bring everything below the work folder back, links and modes too', async () => {
      const first = await stand.sandbox();
      expect(await run(first, ['bash', '-c', furnish])).toMatchObject({ exitCode: 0, stderr: '' });
      const second = await stand.sandbox({}, { archives: [await archiveOf(first, '/work')] });
      const [before, after] = [await run(first, listing), await run(second, listing)];
      expect(after).toMatchObject({ exitCode: 0, stderr: '', stdout: before.stdout });
      expect(after.stdout).toMatch(/\.\/home\/\.config\n.*deep\ninput\na\/b\nran\n$/s);
      expect(await second.list('/work/skill')).toEqual(await first.list('/work/skill'));
    });

    it('are the same, byte for byte, for the same content', async () => {
      const make = async (script: string) => {
        const sandbox = await stand.sandbox();
        await run(sandbox, ['bash', '-c', script]);
        return buffer(await sandbox.pack('/work/home'));
      };
      const [one, other] = [
        await make('cd ~; echo 1 > b; mkdir d; echo 2 > d/e; ln -s b a'),
        await make('cd ~; ln -s b a; mkdir d; echo 2 > d/e; chmod 600 d/e; sleep 1.1; echo 1 > b'),
      ];
      expect(one.equals(other)).toBe(true);
      expect((await make('echo 3 > ~/b')).equals(one)).toBe(false);
    });

    it('are unpacked before the files are laid in, and into any folder', async () => {
      const first = await stand.sandbox({ 'kept.txt': 'kept', 'main.txt': 'old' });
      const packed = await buffer(await first.pack('/work/skill'));
      const archives = ['/work/skill', '/work/home/deep/er'].map((folder) => ({
        folder,
        open: async () => Readable.from([packed]),
      }));
      const second = await stand.sandbox({ 'main.txt': 'new' }, { archives });
      expect(await readText(second, '/work/skill/main.txt')).toBe('new');
      expect(await readText(second, '/work/skill/kept.txt')).toBe('kept');
      expect(await readText(second, '/work/home/deep/er/main.txt')).toBe('old');
    });

    it('are no part of what the run has written', async () => {
      const first = await stand.sandbox();
      await first.writeFile('/work/home/large', Buffer.alloc(20_000_000, 'x'));
      const archives = [await archiveOf(first, '/work/home')];
      const limits = { diskBytes: 4 * 2 ** 20 };
      const second = await stand.sandbox({}, { archives, limits });
      expect(await second.list('/work/home')).toMatchObject([{ path: 'large', size: 20_000_000 }]);
      const small = await run(second, ['bash', '-c', 'echo small > small']);
      expect(small).toMatchObject({ exitCode: 0, exceeded: null });
      const large = 'import os\nfor n in range(9): open(f"/work/output/{n}", "wb").write(b"x" * (1 << 20))';
      expect(await run(second, ['python3', '-c', large])).toMatchObject({ exceeded: 'disk' });
    });

    it.each(['/etc', '/work/../etc', 'work', '/tmp', '/work/'])('of %j are refused', async (folder) => {
      const sandbox = await stand.sandbox();
      await expect(sandbox.pack(folder)).rejects.toThrow(RangeError);
      const archives = [{ folder, open: async () => Readable.from([Buffer.alloc(1024)]) }];
      await expect(stand.sandbox({}, { archives })).rejects.toThrow();
    });

    it('of folders that are not there cannot be made', async () => {
      const sandbox = await stand.sandbox({ file: '' });
      await expect(sandbox.pack('/work/none')).rejects.toThrow();
      await expect(sandbox.pack('/work/skill/file')).rejects.toThrow();
    });

    it('that break off make no sandbox', async () => {
      const broken = new Readable({ read() {} });
      broken.push(Buffer.alloc(512, 'x'));
      setTimeout(() => broken.destroy(new Error('The store is gone.')), 50);
      const archives = [{ folder: '/work/home', open: async () => broken }];
      await expect(stand.sandbox({}, { archives })).rejects.toThrow();
      await expect(
        stand.sandbox(
          {},
          { archives: [{ folder: '/work', open: async () => Readable.from([Buffer.alloc(4096, 'y')]) }] },
        ),
      ).rejects.toThrow('could not be unpacked');
    });

    it('of what is not read are given up with the sandbox', async () => {
      const sandbox = await stand.sandbox();
      await sandbox.writeFile('/work/home/large', Buffer.alloc(5_000_000, 'x'));
      await sandbox.pack('/work/home');
      (await sandbox.pack('/work/home')).destroy();
      await sandbox.dispose();
      await expect(sandbox.pack('/work/home')).rejects.toThrow('disposed');
    });
  });

  describe('hostile archives', () => {
    const hostile = async (entries: readonly Entry[]): Promise<SandboxArchive> => {
      const stream = tar();
      for (const { content, ...header } of entries) stream.entry(header, content ?? '');
      stream.finalize();
      const bytes = await buffer(stream);
      return { folder: '/work/home', open: async () => Readable.from([bytes]) };
    };
    const secret = `/tmp/skills-hostile-${process.pid}`;

    it.each<[string, Entry[]]>([
      ['names that lead up', [{ name: '../../../../../..' + secret, content: 'x' }]],
      ['names that lead up by a folder', [{ name: 'a/../../skill/evil', content: 'x' }]],
      [
        'a link out and a file through it',
        [
          { name: 'out', type: 'symlink', linkname: '/tmp' },
          { name: `out/${secret.slice(5)}`, content: 'x' },
        ],
      ],
      [
        'a link to the files beside it and a file through it',
        [
          { name: 'skill', type: 'symlink', linkname: '../skill' },
          { name: 'skill/evil', content: 'x' },
        ],
      ],
      ['a hard link to what is outside', [{ name: 'passwd', type: 'link', linkname: '../../etc/passwd' }]],
    ])('with %s make no sandbox', async (_, entries) => {
      await expect(stand.sandbox({}, { archives: [await hostile(entries)] })).rejects.toThrow(
        'could not be unpacked',
      );
    });

    it('with absolute names stay in their folder, or make no sandbox', async () => {
      const archives = [await hostile([{ name: secret, content: 'x' }])];
      const sandbox = await stand.sandbox({}, { archives }).catch(() => undefined);
      if (sandbox)
        expect((await sandbox.list('/work/home')).map(({ path }) => path)).toEqual([secret.slice(1)]);
    });

    it('give no rights', async () => {
      const archives = [await hostile([{ name: 'tool', mode: 0o6777, content: '#!/bin/sh\nid -u' }])];
      const sandbox = await stand.sandbox({}, { archives });
      const { stdout } = await run(sandbox, ['bash', '-c', 'stat -c %a ~/tool']);
      expect(stdout.trim()).toMatch(/^7\d\d$|^0?7\d\d$/);
    });
  });

  describe('halting', () => {
    it('ends what runs, lets nothing more be run, and leaves the files', async () => {
      const sandbox = await stand.sandbox();
      await run(sandbox, ['bash', '-c', 'echo kept > kept.txt']);
      const running = run(sandbox, ['bash', '-c', 'while true; do :; done']);
      await pause(300);
      await sandbox.halt();
      expect(await running).toMatchObject({ exitCode: null, aborted: true });
      await expect(sandbox.exec(['true'])).rejects.toThrow('halted');
      expect(await readText(sandbox, '/work/skill/kept.txt')).toBe('kept\n');
      expect(await sandbox.list('/work/skill')).toHaveLength(1);
      const archives = [await archiveOf(sandbox, '/work')];
      await sandbox.halt();
      const next = await stand.sandbox({}, { archives });
      expect(await readText(next, '/work/skill/kept.txt')).toBe('kept\n');
    });
  });

  describe('a sandbox outlives', () => {
    const endings: [string, string[], object, object][] = [
      ['time', ['bash', '-c', 'while true; do :; done'], { timeMs: 1500 }, { exceeded: 'time' }],
      [
        'output',
        ['bash', '-c', 'while true; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxx; done'],
        { outputBytes: 20_000 },
        { exceeded: 'output' },
      ],
      ['memory', ['python3', '-c', memoryHog], { memoryBytes: 128 * 2 ** 20 }, { exceeded: 'memory' }],
    ];
    it.each(endings)('a command that is over the limit of %s', async (_, command, limits, ending) => {
      const sandbox = await stand.sandbox({ 'laid-in.txt': 'in' }, { limits });
      await run(sandbox, [
        'bash',
        '-c',
        'echo written > written.txt; echo temporary > /tmp/note; ln -s written.txt link',
      ]);
      expect(await run(sandbox, command)).toMatchObject(ending);
      expect((await sandbox.list('/work/skill')).map(({ path }) => path)).toEqual([
        'laid-in.txt',
        'written.txt',
      ]);
      const after = await run(sandbox, ['bash', '-c', 'cat laid-in.txt link /tmp/note']);
      expect(after).toMatchObject({ exitCode: 0, stdout: 'inwritten\ntemporary\n' });
    });

    it('a command that was aborted, with what that had changed', async () => {
      const sandbox = await stand.sandbox({ 'removed.txt': '' });
      const controller = new AbortController();
      const script = 'rm removed.txt; echo begun > begun.txt; sleep 60';
      const running = run(sandbox, ['bash', '-c', script], { signal: controller.signal });
      await pause(500);
      controller.abort();
      expect(await running).toMatchObject({ aborted: true });
      expect(await run(sandbox, ['bash', '-c', 'echo *'])).toMatchObject({ stdout: 'begun.txt\n' });
    });

    it('a folder that it works in', async () => {
      const sandbox = await stand.sandbox({ file: '' });
      await run(sandbox, ['bash', '-c', 'cd /work; rm -rf skill']);
      expect((await buffer(await sandbox.pack('/work'))).length).toBeGreaterThan(0);
    });
  });

  describe('the home folder', () => {
    it('is where programs and packages are installed', async () => {
      const sandbox = await stand.sandbox();
      expect(await sandbox.has('own-tool')).toBe(false);
      const install =
        'mkdir -p ~/.local/bin; printf "#!/bin/bash\\necho tool\\n" > ~/.local/bin/own-tool; chmod +x ~/.local/bin/own-tool; echo "$HOME"';
      expect((await run(sandbox, ['bash', '-c', install])).stdout).toBe('/work/home\n');
      expect(await sandbox.has('own-tool')).toBe(true);
      expect(await run(sandbox, ['own-tool'])).toMatchObject({ exitCode: 0, stdout: 'tool\n' });
    });
  });
}
