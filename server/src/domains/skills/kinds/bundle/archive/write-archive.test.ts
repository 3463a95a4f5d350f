import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { readBundle } from '../reading/read-bundles';
import type { OutgoingBundle } from './outgoing-file';
import { writeArchive } from './write-archive';

const contents: Record<string, Buffer> = {
  'SKILL.md': Buffer.from('---\nname: sums\ndescription: Adds.\n---\n'),
  'scripts/run.sh': Buffer.from('echo 1\n'),
  'Überblick/日本.txt': Buffer.from('ü'),
  'assets/random.bin': Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 251)),
  'empty.txt': Buffer.alloc(0),
  [`${'long-folder-name/'.repeat(12)}${'x'.repeat(180)}.txt`]: Buffer.from('long'),
};

function sums(paths = Object.keys(contents)): OutgoingBundle {
  const files = paths.map((each) => ({
    path: each,
    executable: each.endsWith('.sh'),
    content: () => Promise.resolve(contents[each] ?? Buffer.alloc(0)),
  }));
  return { folder: 'sums', files };
}

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe.each(['zip', 'tar.gz'] as const)('a %s that is written', (format) => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'write-archive-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('reads back as the same files under one folder, executable bits kept', async () => {
    const file = path.join(folder, 'any-name');
    await writeFile(file, await buffer(writeArchive(format, sums())));
    const bundle = await readBundle({ archive: file });
    expect(bundle.folder).toBe('sums');
    expect(bundle.files.map((each) => each.path).sort()).toEqual(Object.keys(contents).sort());
    for (const each of bundle.files) {
      expect(each.content.equals(contents[each.path] as Buffer)).toBe(true);
      expect(each.executable).toBe(each.path.endsWith('.sh'));
    }
  });

  it('does not depend on the order in which the files are handed over', async () => {
    const reversed = await buffer(writeArchive(format, sums(Object.keys(contents).reverse())));
    expect(reversed.equals(await buffer(writeArchive(format, sums())))).toBe(true);
  });

  it('ends with the error of a file that cannot be read', async () => {
    const broken = sums();
    const files = [
      ...broken.files,
      { path: 'z.txt', executable: false, content: () => Promise.reject(new Error('gone')) },
    ];
    await expect(buffer(writeArchive(format, { ...broken, files }))).rejects.toThrow('gone');
  });

  it('reads no further file while its reader does not read', async () => {
    let read = 0;
    const files = Array.from({ length: 50 }, (_, index) => ({
      path: `${index}.bin`,
      executable: false,
      content: () => {
        read += 1;
        return Promise.resolve(
          Buffer.from(Array.from({ length: 200_000 }, (__, i) => (i * 7919 + i * i) % 251)),
        );
      },
    }));
    const reader = writeArchive(format, { folder: 'many', files }).pipe(new PassThrough());
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(read).toBeLessThan(20);
    reader.resume();
    await new Promise((resolve) => reader.on('end', resolve));
    expect(read).toBe(50);
  });
});

it('unpacks with the tools that people have', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'write-archive-'));
  const file = path.join(folder, 'sums.tar.gz');
  await writeFile(file, await buffer(writeArchive('tar.gz', sums())));
  const listed = execFileSync('tar', ['tzf', file], { encoding: 'utf8', env: { LC_ALL: 'C.UTF-8' } });
  expect(listed).toContain('sums/SKILL.md\n');
  expect(listed).toContain(`sums/${'long-folder-name/'.repeat(12)}`);
  await rm(folder, { recursive: true });
});

const repository = path.resolve(__dirname, '../../../../../../..');

function printDigest(TZ: string): { offset: number; digest: string } {
  const args = [
    '--require',
    './tests/support/register-typescript.cjs',
    'tests/support/archives/print-zip-digest.ts',
  ];
  const output = execFileSync(process.execPath, args, { cwd: repository, env: { ...process.env, TZ } });
  return JSON.parse(output.toString()) as { offset: number; digest: string };
}

it('writes the same zip in every time zone', () => {
  const printed = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns', 'Asia/Kathmandu'].map(printDigest);
  expect(new Set(printed.map(({ offset }) => offset)).size).toBe(4);
  expect(new Set(printed.map(({ digest: each }) => each)).size).toBe(1);
}, 30_000);

// Fixed digests: what changes them changes what everyone has downloaded.
it('writes the same zip as ever', async () => {
  expect(digest(await buffer(writeArchive('zip', sums())))).toBe(
    '423370b7a36b95b42a7ec2a56c5c77492216383b8c84b36be49f4ab61bb42cce',
  );
});

it('writes the same tar as ever', async () => {
  expect(digest(gunzipSync(await buffer(writeArchive('tar.gz', sums()))))).toBe(
    '20f2ada3d9a6cb8dcd1ee628cd0d1b0c71c8060ca8dc9b35c2945bca885c96b6',
  );
});
