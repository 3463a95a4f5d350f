import { Readable } from 'node:stream';
import { readAgentFs } from '../../../../../../tests/support/agentfs';
import { AgentFsWriter } from './agentfs-writer';

const at = Date.UTC(2026, 10, 24, 12);
const bytes = (content: string | Buffer) => () => Promise.resolve(Readable.from([Buffer.from(content)]));

async function written(write: (writer: AgentFsWriter) => void | Promise<void>) {
  const writer = await AgentFsWriter.create({ limit: 1024 * 1024, at });
  await write(writer);
  return readAgentFs(writer.finish());
}

describe('an AgentFS database', () => {
  it('is opened by its SDK, which finds files, modes, calls and values, and goes on in it', async () => {
    const large = Buffer.alloc(10_000, 'abc');
    const read = await written(async (writer) => {
      writer.addFolder('/empty', at);
      await writer.addFile({ path: '/skill/SKILL.md', at, open: bytes('Do it.') });
      await writer.addFile({ path: '/skill/run.sh', executable: true, at, open: bytes('echo 1') });
      await writer.addFile({ path: '/output/large.bin', at, open: bytes(large) });
      await writer.addFile({ path: '/output/none', at, open: bytes('') });
      writer.addCall({
        name: 'bash',
        parameters: { command: 'ls' },
        startedAt: at,
        outcome: { at: at + 1_250, isError: false, output: { files: ['a'] } },
      });
      writer.addCall({
        name: 'bash',
        parameters: null,
        startedAt: at,
        outcome: { at: at + 2, isError: true, output: 'No.' },
      });
      writer.addCall({ name: 'skill_call', parameters: {}, startedAt: at, outcome: null });
      writer.addValue('run', { id: 'r' });
      writer.addValue('output', undefined);
    });
    expect(read.folders).toEqual(['empty', 'output', 'skill']);
    expect(read.files['/skill/SKILL.md']).toMatchObject({ mode: 0o100644, size: 6, mtime: at / 1000 });
    expect(read.files['/skill/run.sh']).toMatchObject({ mode: 0o100755 });
    expect(read.files['/output/large.bin']!.content.equals(large)).toBe(true);
    expect(read.files['/output/none']!.content).toHaveLength(0);
    expect(read.calls).toMatchObject([
      {
        name: 'bash',
        parameters: { command: 'ls' },
        status: 'success',
        result: { files: ['a'] },
        duration_ms: 1_250,
        started_at: at / 1000,
      },
      { name: 'bash', status: 'error', error: 'No.', duration_ms: 2 },
      { name: 'skill_call', status: 'pending' },
    ]);
    expect(read.values).toEqual({ run: { id: 'r' }, output: null });
    expect(read.note).toBe('Read.');
  });

  it('keeps every file, whatever it is called', async () => {
    const names = [
      '/output/a',
      '/output/a/b.txt',
      '/output/a/c/d.txt',
      '/output/a/e.txt',
      "/output/'; DROP TABLE fs_inode; --",
      '/output/__proto__',
      '/output/übersicht 1 😀.html',
      '/output/%00',
      '/output/...',
    ];
    const { files } = await written(async (writer) => {
      for (const path of names) await writer.addFile({ path, at, open: bytes(path) });
      await writer.addFile({ path: '/output/...', at, open: bytes('again') });
    });
    expect(
      Object.values(files)
        .map(({ content }) => content.toString())
        .sort(),
    ).toEqual([...names, 'again'].sort());
    expect(files['/output/a~2/c/d.txt']?.content.toString()).toBe('/output/a/c/d.txt');
    expect(files['/output/a~2/e.txt']?.content.toString()).toBe('/output/a/e.txt');
  });

  it('keeps texts that no database would take as they are', async () => {
    const { values, calls } = await written((writer) => {
      writer.addValue('text', '\0\ud800');
      writer.addCall({
        name: 'a\0b',
        parameters: '\0',
        startedAt: at,
        outcome: { at, isError: true, output: 'x\0y\udfff' },
      });
    });
    expect(values).toEqual({ text: '\0\ud800' });
    expect(calls).toMatchObject([{ name: 'a\ufffdb', parameters: '\0', error: 'x\ufffdy\ufffd' }]);
  });

  it('refuses more contents than it may hold, as soon as they are too many', async () => {
    const writer = await AgentFsWriter.create({ limit: 10_000, at });
    let read = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      for (;;) {
        read += 1;
        yield await Promise.resolve(Buffer.alloc(4_000));
      }
    }
    const adding = writer.addFile({ path: '/a', at, open: () => Promise.resolve(Readable.from(endless())) });
    await expect(adding).rejects.toMatchObject({ details: { code: 'export-too-large', limit: 10_000 } });
    expect(read).toBeLessThan(30);
    writer.discard();
  });
});
