import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { readText, run, type Stand } from './stand';

/** Tries to get out: to the host's files, secrets, settings, network and other runs. */
export function describeEscapes(stand: Stand): void {
  let outside: string;
  beforeAll(async () => {
    outside = await mkdtemp(join(tmpdir(), 'skills-outside-'));
    await writeFile(join(outside, 'secret.txt'), 'the-secret');
    process.env.SKILLS_TEST_SECRET = 'the-secret';
  });
  afterAll(async () => {
    delete process.env.SKILLS_TEST_SECRET;
    await rm(outside, { recursive: true });
  });

  describe('escapes', () => {
    it.each([
      ["the host's passwords", () => '/etc/shadow'],
      ["the app's folder", () => __filename],
      ["the server's temporary files", () => join(outside, 'secret.txt')],
      ["the server's memory", () => `/proc/${process.pid}/mem`],
    ])('into %s find nothing', async (_, path) => {
      const source = `import sys\ntry:\n    open(sys.argv[1], "rb").read(1)\nexcept OSError:\n    print("nothing")`;
      const sandbox = await stand.sandbox({ 'main.py': source });
      expect((await run(sandbox, ['python3', 'main.py', path()])).stdout).toBe('nothing\n');
      expect(await run(sandbox, ['cat', path()])).toMatchObject({ exitCode: 1, stdout: '' });
    });

    it('by walking all that there is find no file of another run', async () => {
      const other = await stand.sandbox({ 'of-the-other-run.txt': 'the-secret' });
      expect(await other.list('/work/skill')).toHaveLength(1);
      const outcome = await stand.python(
        'import os\nfor folder, _, names in os.walk("/"):\n' +
          '    for name in names:\n        if "of-the-other-run" in name: print(folder, name)',
      );
      expect(outcome).toMatchObject({ exitCode: 0, stdout: '' });
    });

    it("into the server's environment find no secret", async () => {
      const source =
        'env; export; cat /proc/self/environ /proc/1/environ /proc/*/environ /proc/*/cmdline 2> /dev/null; true';
      const { stdout } = await stand.bash(source);
      expect(stdout).not.toContain('the-secret');
      expect(stdout).not.toContain(process.cwd());
      expect(stdout).not.toContain(outside);
    });

    it('through links are not followed when files are listed and read', async () => {
      const sandbox = await stand.sandbox({}, {});
      const secret = join(outside, 'secret.txt');
      const script = `cd /work/output; ln -s ${secret} file; ln -s ${outside} folder; ln -s /work/skill inner; echo x > plain`;
      expect(await run(sandbox, ['bash', '-c', script])).toMatchObject({ exitCode: 0 });
      expect(await sandbox.list('/work/output')).toEqual([{ path: 'plain', size: 2, executable: false }]);
      for (const name of ['file', 'folder/secret.txt', 'folder']) {
        await expect(sandbox.readFile(`/work/output/${name}`)).rejects.toThrow();
      }
      await expect(sandbox.list('/work/output/folder')).rejects.toThrow();
    });

    it('through links are not followed when files are written', async () => {
      const sandbox = await stand.sandbox();
      const secret = join(outside, 'secret.txt');
      await run(sandbox, [
        'bash',
        '-c',
        `ln -s ${secret} /work/input/file; ln -s ${outside} /work/input/folder`,
      ]);
      for (const name of ['file', 'folder/secret.txt', 'folder/new.txt']) {
        await sandbox.writeFile(`/work/input/${name}`, Buffer.from('overwritten')).catch(() => undefined);
      }
      expect(await readFile(secret, 'utf8')).toBe('the-secret');
      await expect(readFile(join(outside, 'new.txt'))).rejects.toThrow();
    });

    it('through links that change while the server reads, lists and packs find nothing', async () => {
      const sandbox = await stand.sandbox({}, { limits: { timeMs: 20_000 } });
      const swap =
        'import os\nopen("plain", "w").write("plain")\nos.makedirs("folder", exist_ok=True)\n' +
        'open("folder/secret.txt", "w").write("plain")\nprint("ready", flush=True)\nwhile True:\n' +
        `    os.symlink("${join(outside, 'secret.txt')}", "link"); os.replace("link", "race")\n` +
        '    open("file", "w").write("plain"); os.replace("file", "race")\n' +
        `    os.rename("folder", "kept"); os.symlink("${outside}", "folder")\n` +
        '    os.unlink("folder"); os.rename("kept", "folder")';
      await sandbox.writeFile('/work/output/swap.py', Buffer.from(swap));
      const controller = new AbortController();
      let ready = () => undefined as void;
      const begun = new Promise<void>((resolve) => (ready = resolve));
      const racing = sandbox.exec(['bash', '-c', 'cd /work/output; exec python3 swap.py'], {
        signal: controller.signal,
        onOutput: () => ready(),
      });
      await Promise.race([begun, racing]);
      const seen: string[] = [];
      for (let round = 0; round < 150; round += 1) {
        for (const name of ['race', 'folder/secret.txt']) {
          seen.push(await readText(sandbox, `/work/output/${name}`).catch(() => ''));
        }
        await sandbox.list('/work/output').catch(() => []);
        if (round % 50 > 0) continue;
        seen.push(await sandbox.pack('/work/output').then(text, () => ''));
      }
      controller.abort();
      await racing;
      expect(seen.join('\n')).toContain('plain');
      expect(seen.join('\n')).not.toContain('the-secret');
    });

    it('into archives of the files take nothing along that a link leads to', async () => {
      const sandbox = await stand.sandbox();
      const script = `cd ~; ln -s ${outside} folder; ln -s ${join(outside, 'secret.txt')} file; ln -s / root`;
      await run(sandbox, ['bash', '-c', script]);
      expect(await text(await sandbox.pack('/work'))).not.toContain('the-secret');
      await expect(sandbox.pack('/work/home/folder')).rejects.toThrow();
    });

    it('leave nothing for another run in folders that both have', async () => {
      const first = await stand.sandbox();
      await run(first, [
        'bash',
        '-c',
        'for f in /tmp ~ /work /work/input /work/output; do echo x > $f/mine; done',
      ]);
      const second = await stand.sandbox();
      const { stdout } = await run(second, [
        'bash',
        '-c',
        'ls -A /tmp ~ /work/input /work/output | grep -c mine',
      ]);
      expect(stdout.trim()).toBe('0');
    });

    it.each(['/tmp', '/work/home', '/work', '/work/input'])(
      'by filling the disk in %s come to an end',
      async (folder) => {
        const source = `block = b"x" * (1 << 20)\nn = 0\nwhile True:\n    n += 1\n    with open("${folder}/fill-%d" % n, "wb") as file: file.write(block)`;
        const outcome = await stand.python(source, { limits: { diskBytes: 8 * 2 ** 20 } });
        expect(outcome).toMatchObject({ exceeded: 'disk', exitCode: null });
      },
    );

    it('by filling shared memory come to an end', async () => {
      const source =
        'import os\nblock = b"x" * (1 << 20)\nn = 0\ntry:\n    while n < 400:\n        n += 1\n' +
        '        open("/dev/shm/fill-%d" % n, "wb").write(block)\nexcept OSError as error: print("full")';
      const outcome = await stand.python(source, { limits: { diskBytes: 32 * 2 ** 20 } });
      expect(outcome.exceeded ?? outcome.stdout.trim()).toMatch(/^(full|memory|disk)$/);
    });

    it('into the settings of the kernel change nothing', async () => {
      const settings = [
        '/proc/sys/kernel/core_pattern',
        '/proc/sys/kernel/hostname',
        '/proc/sys/vm/overcommit_memory',
      ];
      const read = () => Promise.all(settings.map((path) => readFile(path, 'utf8').catch(() => '')));
      const before = await read();
      await stand.bash(settings.map((path) => `echo 1 > ${path}`).join('\n'));
      await stand.python(
        settings.map((path) => `try:\n    open("${path}", "w").write("1")\nexcept OSError: pass`).join('\n'),
      );
      expect(await read()).toEqual(before);
    });

    describe('over the network', () => {
      let server: Server;
      let requests = 0;
      beforeAll(async () => {
        server = createServer((_, response) => {
          requests += 1;
          response.end('reached');
        });
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      });
      afterAll(() => new Promise((resolve) => server.close(resolve)));

      it.each([
        [
          'python3',
          (url: URL) => `import urllib.request\nprint(urllib.request.urlopen("${url}", timeout=3).read())`,
        ],
        [
          'python3',
          (url: URL) =>
            `import socket\ns = socket.create_connection(("${url.hostname}", ${url.port}), 3)\ns.send(b"GET / HTTP/1.0\\r\\n\\r\\n")\nprint(s.recv(99))`,
        ],
        ['python3', (url: URL) => `import jb_http\nprint(jb_http.get("${url}").text)`],
        ['bash', (url: URL) => `curl -s -m 3 ${url} || exit 1`],
        ['bash', (url: URL) => `exec 3<> /dev/tcp/${url.hostname}/${url.port} && echo GET / >&3 && cat <&3`],
      ])('reach nothing of the host, its loopback neither: %s %#', async (program, source) => {
        const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
        const sandbox = await stand.sandbox({ script: source(url) }, { limits: { timeMs: 10_000 } });
        const outcome = await run(sandbox, [program, 'script']);
        expect(outcome.stdout).not.toContain('reached');
        expect(requests).toBe(0);
      });
    });
  });
}
