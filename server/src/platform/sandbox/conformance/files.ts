import { Readable } from 'node:stream';
import { readText, run, type Stand } from './stand';

/** The server's own reading and writing of a sandbox's files. */
export function describeFiles(stand: Stand): void {
  describe('files', () => {
    it('are written where commands find them, folders included', async () => {
      const sandbox = await stand.sandbox();
      await sandbox.writeFile('/work/input/deep/er/data.bin', Buffer.from([0, 255, 10]));
      await sandbox.writeFile(
        '/work/input/streamed.txt',
        Readable.from([Buffer.from('a'), Buffer.from('b')]),
      );
      const outcome = await run(sandbox, [
        'bash',
        '-c',
        'wc -c < /work/input/deep/er/data.bin; cat /work/input/streamed.txt',
      ]);
      expect(outcome.stdout.replace(/\s+/g, ' ').trim()).toBe('3 ab');
    });

    it('can be changed by commands', async () => {
      const sandbox = await stand.sandbox({ 'data.txt': 'old' });
      await run(sandbox, ['bash', '-c', 'echo new > data.txt; mkdir made; echo x > made/x']);
      expect(await readText(sandbox, '/work/skill/data.txt')).toBe('new\n');
    });

    it('are listed with size and mode, sorted, whatever their names', async () => {
      const sandbox = await stand.sandbox({ 'z.sh': 'echo', 'ünïcode name.txt': 'ä', 'a/b': '' });
      expect(await sandbox.list('/work/skill')).toEqual([
        { path: 'a/b', size: 0, executable: false },
        { path: 'z.sh', size: 4, executable: true },
        { path: 'ünïcode name.txt', size: 2, executable: false },
      ]);
    });

    it('that a command has shut are listed, read and written all the same', async () => {
      const sandbox = await stand.sandbox({ 'a.txt': 'a', 'b.txt': 'b', 'shut/c.txt': 'c' });
      const script =
        'chmod 000 a.txt shut/c.txt; chmod 444 b.txt; chmod 000 shut; chmod 400 .; chmod 000 /work';
      expect(await run(sandbox, ['bash', '-c', script])).toMatchObject({ stderr: '' });
      const listed = await sandbox.list('/work/skill');
      expect(listed.map(({ path }) => path)).toEqual(['a.txt', 'b.txt', 'shut/c.txt']);
      expect(await readText(sandbox, '/work/skill/a.txt')).toBe('a');
      expect(await readText(sandbox, '/work/skill/shut/c.txt')).toBe('c');
      await run(sandbox, ['bash', '-c', 'chmod 555 . shut']);
      for (const name of ['b.txt', 'shut/c.txt', 'shut/new.txt']) {
        await sandbox.writeFile(`/work/skill/${name}`, Buffer.from('written'));
        expect(await readText(sandbox, `/work/skill/${name}`)).toBe('written');
      }
    });

    it('come back byte for byte', async () => {
      const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 256));
      const sandbox = await stand.sandbox({ 'data.bin': bytes });
      await run(sandbox, ['cp', 'data.bin', '/work/output/copy.bin']);
      const chunks: Buffer[] = [];
      for await (const chunk of await sandbox.readFile('/work/output/copy.bin')) chunks.push(chunk as Buffer);
      expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    });

    it.each([
      '/etc/passwd',
      '/work',
      '/work/../etc/passwd',
      '/work/skill/../../etc',
      'skill/x',
      '/workshop/x',
      '/work/a\0b',
      '',
    ])('outside the work folder are refused: %j', async (path) => {
      const sandbox = await stand.sandbox();
      await expect(sandbox.readFile(path)).rejects.toThrow(RangeError);
      await expect(sandbox.writeFile(path, Buffer.from('x'))).rejects.toThrow(RangeError);
      await expect(sandbox.list(path)).rejects.toThrow(RangeError);
    });

    it('that do not exist, and folders, cannot be read', async () => {
      const sandbox = await stand.sandbox({ 'folder/x': '' });
      await expect(sandbox.readFile('/work/skill/none')).rejects.toThrow();
      await expect(sandbox.readFile('/work/skill/folder')).rejects.toThrow();
    });
  });
}
