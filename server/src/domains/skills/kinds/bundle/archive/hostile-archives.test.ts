import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  buildTar,
  buildTarGz,
  paxHeader,
  type TarPart,
} from '../../../../../../../tests/support/archives/hostile-tar';
import { buildZip, type ZipPart } from '../../../../../../../tests/support/archives/hostile-zip';
import { defaultContentLimits, type ContentLimits } from '../../../../versions';
import { readBundle } from '../reading/read-bundles';

const skill = { name: 'SKILL.md', content: '---\nname: a\ndescription: b\n---\n' };
const megabyte = 1024 * 1024;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hostile-archives-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(bytes: Buffer, limits: Partial<ContentLimits> = {}) {
  const file = path.join(folder, 'archive');
  await writeFile(file, bytes);
  const bundle = await readBundle({ archive: file }, { ...defaultContentLimits, ...limits });
  expect(await readdir(folder)).toEqual(['archive']);
  return bundle;
}

/** What a refusal tells: its code and the offending path. Anything else that happens is the failure of the test. */
async function refusalOf(bytes: Buffer, limits: Partial<ContentLimits> = {}): Promise<unknown> {
  const bundle = await read(bytes, limits).catch((error: unknown) => error);
  const { details } = bundle as { details?: { code: string; path?: string[] } };
  if (!details) throw new Error(`not refused: ${JSON.stringify(bundle)}`);
  return details.path ? [details.code, ...details.path] : details.code;
}

const deep = Array.from({ length: 17 }, () => 'd').join('/');
const hostilePaths: [string, string, string][] = [
  ['climbs out', '../evil.sh', 'path-traversal'],
  ['climbs out in the middle', 'a/../../evil.sh', 'path-traversal'],
  ['has a dot segment', 'a/./b', 'path-traversal'],
  ['is absolute', '/etc/passwd', 'path-absolute'],
  ['has a drive letter', 'C:/evil', 'path-absolute'],
  ['has a backslash', 'a\\..\\evil', 'path-backslash'],
  ['has a NUL', 'a\u0000.txt', 'path-control-character'],
  ['has a newline', 'a\nb', 'path-control-character'],
  ['has an escape', 'a\u001b[2J', 'path-control-character'],
  ['has an empty segment', 'a//b', 'path-empty-segment'],
  ['is too long', 'x'.repeat(513), 'path-too-long'],
  ['is too deep', deep, 'path-too-deep'],
];

describe.each(hostilePaths)('a path that %s', (_, name, code) => {
  it('is refused in a zip', async () => {
    expect(await refusalOf(buildZip([skill, { name, content: 'x' }]))).toEqual([code, name]);
  });

  it('is refused in a tar', async () => {
    const parts = [skill, paxHeader('path', name), { name: 'short', content: 'x' }];
    expect(await refusalOf(buildTarGz(parts))).toEqual([code, name]);
  });
});

const clashes: [string, string[], string][] = [
  ['differ in case', ['a.txt', 'A.TXT'], 'path-collision'],
  ['differ in case beyond ASCII', ['straße', 'STRASSE'], 'path-collision'],
  ['differ in normalisation', ['caf\u00e9', 'cafe\u0301'], 'path-collision'],
  ['differ in the case of a folder', ['Docs/a', 'docs/b'], 'path-collision'],
  ['are equal', ['a.txt', 'a.txt'], 'path-duplicate'],
  ['are a file and its folder', ['a', 'a/b'], 'path-file-and-folder'],
  ['are a folder and its file', ['a/b', 'a'], 'path-file-and-folder'],
];

describe.each(clashes)('two names that %s', (_, names, code) => {
  const parts = [skill, ...names.map((name) => ({ name, content: name }))];
  it('are refused in a zip', async () => {
    expect(await refusalOf(buildZip(parts))).toEqual([code, names[1]]);
  });

  it('are refused in a tar', async () => {
    expect(await refusalOf(buildTarGz(parts))).toEqual([code, names[1]]);
  });
});

const zips: [string, ZipPart[], unknown][] = [
  ['a link', [skill, { name: 'l', content: '/etc/passwd', mode: 0o120777 }], ['entry-link', 'l']],
  ['a device', [skill, { name: 'd', mode: 0o020666 }], ['entry-device', 'd']],
  ['a pipe', [skill, { name: 'p', mode: 0o010666 }], ['entry-device', 'p']],
  ['an encrypted file', [skill, { name: 'e', content: 'x', flags: 0x801 }], ['entry-encrypted', 'e']],
  ['strong encryption', [skill, { name: 'e', content: 'x', flags: 0x841 }], 'entry-encrypted'],
  ['an unknown compression', [skill, { name: 'b', content: 'x', method: 12 }], ['entry-compression', 'b']],
  [
    'a name that is not UTF-8',
    [skill, { name: Buffer.from([0x61, 0xff]) }],
    ['entry-name-encoding', 'a\u00ff'],
  ],
  [
    'more bytes than it states',
    [skill, { name: 'l', content: 'x'.repeat(5000), deflate: true, size: 10 }],
    ['entry-size-mismatch', 'l'],
  ],
  [
    'fewer bytes than it states',
    [skill, { name: 'l', content: 'x', deflate: true, size: 10 }],
    ['entry-size-mismatch', 'l'],
  ],
  ['a stored size that lies', [skill, { name: 'l', content: 'xyz', size: 2 }], ['entry-size-mismatch', 'l']],
  [
    'bytes behind the compressed ones',
    [skill, { name: 'l', content: 'x', deflate: true, trailing: Buffer.from('more') }],
    ['entry-size-mismatch', 'l'],
  ],
  ['a wrong checksum', [skill, { name: 'c', content: 'x', crc: 1 }], ['entry-checksum', 'c']],
  [
    'another name before the data',
    [skill, { name: 'a.txt', local: { name: 'b.txt' } }],
    ['entry-header-mismatch', 'a.txt'],
  ],
  [
    'another size before the data',
    [skill, { name: 'a.txt', content: 'x', local: { size: 9 } }],
    ['entry-header-mismatch', 'a.txt'],
  ],
  [
    'another method before the data',
    [skill, { name: 'a.txt', local: { method: 8 } }],
    ['entry-header-mismatch', 'a.txt'],
  ],
  [
    'a folder with content',
    [skill, { name: 'f/', content: 'x', mode: 0o040755 }],
    ['entry-size-mismatch', 'f/'],
  ],
  ['two entries over the same data', [{ ...skill }, { ...skill, offset: 0 }], ['entry-overlap', 'SKILL.md']],
  ['a header behind the end', [skill, { name: 'a', offset: 5_000_000 }], 'archive-truncated'],
  ['a header that is none', [skill, { name: 'a', offset: 7 }], 'archive-damaged'],
  [
    'an empty extended size',
    [skill, { name: 'a', content: 'x', size: 0xffffffff, extra: Buffer.from([1, 0, 0, 0]) }],
    'archive-damaged',
  ],
  [
    'an extended size beyond reason',
    [
      skill,
      {
        name: 'a',
        size: 0xffffffff,
        deflate: true,
        extra: Buffer.from([1, 0, 8, 0, 255, 255, 255, 255, 255, 255, 31, 0]),
      },
    ],
    ['file-too-large', 'a'],
  ],
  ['nothing but folders', [{ name: 'f/', mode: 0o040755 }], 'archive-empty'],
];

it.each(zips)('a zip with %s is refused', async (_, parts, expected) => {
  expect(await refusalOf(buildZip(parts))).toEqual(expected);
});

it('a zip that counts fewer entries than it has is refused', async () => {
  expect(await refusalOf(buildZip([skill, { name: 'hidden', content: 'x' }], { count: 1 }))).toBe(
    'archive-damaged',
  );
});

it('a zip that counts more entries than it has is refused', async () => {
  expect(await refusalOf(buildZip([skill], { count: 3 }))).toBe('archive-truncated');
});

it('a zip with a second end in its comment is refused', async () => {
  const comment = buildZip([{ name: 'other' }]).subarray(-22);
  expect(await refusalOf(buildZip([skill], { comment }))).toBe('archive-damaged');
});

const tars: [string, TarPart[], unknown][] = [
  ['a link', [skill, { name: 'l', type: '2', link: '/etc/passwd' }], ['entry-link', 'l']],
  ['a hard link', [skill, { name: 'h', type: '1', link: 'SKILL.md' }], ['entry-link', 'h']],
  ['a character device', [skill, { name: 'c', type: '3' }], ['entry-device', 'c']],
  ['a block device', [skill, { name: 'b', type: '4' }], ['entry-device', 'b']],
  ['a pipe', [skill, { name: 'p', type: '6' }], ['entry-device', 'p']],
  ['an unknown type', [skill, { name: 'u', type: 'S' }], ['entry-unsupported', 'u']],
  [
    'a sparse file',
    [skill, paxHeader('GNU.sparse.major', '1'), { name: 's', content: 'x' }],
    ['entry-unsupported', 's'],
  ],
  [
    'a name that is not UTF-8',
    [skill, { name: Buffer.from([0x61, 0xff]) }],
    ['entry-name-encoding', 'a\u00ff'],
  ],
  ['a size that is a lie', [skill, { name: 'l', content: 'x', size: 4000 }], 'archive-truncated'],
  [
    'an extended size that is no number',
    [skill, paxHeader('size', '-5'), { name: 'l', content: 'x' }],
    'archive-damaged',
  ],
];

it.each(tars)('a tar with %s is refused', async (_, parts, expected) => {
  expect(await refusalOf(buildTarGz(parts))).toEqual(expected);
});

it('a tar without its end is refused', async () => {
  expect(await refusalOf(buildTarGz([skill], { closed: false }))).toBe('archive-truncated');
});

it('a gzip of something else is refused', async () => {
  expect(await refusalOf(gzipSync(Buffer.alloc(4096, 'text ')))).toMatch(/^archive-(damaged|truncated)$/);
});

it.each(['', 'PK', 'plain text', '<html>'])('a file that is no archive is refused: %j', async (text) => {
  expect(await refusalOf(Buffer.from(text))).toBe('archive-unsupported');
});

describe.each([
  ['zip', () => buildZip([skill, { name: 'b.txt', content: 'some text', deflate: true }])],
  ['tar.gz', () => buildTarGz([skill, { name: 'b.txt', content: 'some text' }])],
])('a %s', (_, build) => {
  it('is refused wherever it is cut off', async () => {
    const whole = build();
    const codes = new Set<unknown>();
    for (let length = 4; length < whole.length; length += 3)
      codes.add(await refusalOf(whole.subarray(0, length)));
    for (const code of codes) expect(String(code)).toMatch(/^archive-(truncated|damaged)$/);
    expect(codes.has('archive-truncated')).toBe(true);
  });

  it('is read or refused, and never crashes, whichever of its bytes is changed', async () => {
    const whole = build();
    for (let at = 0; at < whole.length; at += 5) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      const result: unknown = await read(damaged).catch((error: unknown) => error);
      const told =
        (result as { details?: { code?: string } }).details?.code ?? (result as { files?: unknown }).files;
      expect(told).toBeDefined();
    }
  });
});

describe('a bomb', () => {
  const zeros = Buffer.alloc(40 * megabyte);

  it('is refused by what a zip states', async () => {
    expect(await refusalOf(buildZip([skill, { name: 'z', content: zeros, deflate: true }]))).toEqual([
      'file-too-large',
      'z',
    ]);
  });

  it.each([1000, 2_000_000])('is left at the size of %d that a zip states', async (size) => {
    const bytes = buildZip([skill, { name: 'z', content: zeros, deflate: true, size }]);
    const before = process.memoryUsage().arrayBuffers;
    expect(await refusalOf(bytes)).toEqual(['entry-size-mismatch', 'z']);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * megabyte);
  });

  it('is refused when only its parts together are too large', async () => {
    const parts = Array.from({ length: 4 }, (_, i) => ({
      name: `${i}`,
      content: zeros.subarray(0, 10 * megabyte),
      deflate: true,
    }));
    expect(await refusalOf(buildZip([skill, ...parts]))).toEqual(['content-too-large', '2']);
    expect(await refusalOf(buildTarGz([skill, ...parts]))).toEqual(['content-too-large', '2']);
  });

  it('is refused in a tar by what its header states', async () => {
    expect(await refusalOf(buildTarGz([skill, { name: 'z', content: zeros }]))).toEqual([
      'file-too-large',
      'z',
    ]);
  });

  it('is refused when it hides behind the end of a tar', async () => {
    const bomb = gzipSync(Buffer.concat([buildTar([skill]), Buffer.alloc(60 * megabyte)]));
    expect(await refusalOf(bomb)).toBe('content-too-large');
  });

  it('is refused by the number of files', async () => {
    const parts = Array.from({ length: 600 }, (_, i) => ({ name: `${i}` }));
    expect(await refusalOf(buildZip(parts))).toEqual(['too-many-files', '500']);
    expect(await refusalOf(buildTarGz(parts))).toEqual(['too-many-files', '500']);
  });

  it('is refused by the number of entries that are no files', async () => {
    const folders = Array.from({ length: 2100 }, (_, i) => ({ name: `${i}/`, mode: 0o040755, type: '5' }));
    expect(await refusalOf(buildZip([skill, ...folders]))).toBe('too-many-entries');
    expect(await refusalOf(buildTarGz([skill, ...folders]))).toEqual(['too-many-entries', '1999/']);
  });

  it('is measured by the configured limits', async () => {
    const bytes = buildZip([skill, { name: 'a', content: 'x'.repeat(200) }]);
    expect(await refusalOf(bytes, { maxFileBytes: 100 })).toEqual(['file-too-large', 'a']);
    expect(await refusalOf(bytes, { maxBytes: 100 })).toEqual(['content-too-large', 'a']);
    expect(await refusalOf(bytes, { maxFiles: 1 })).toEqual(['too-many-files', 'a']);
    expect((await read(bytes)).files).toHaveLength(2);
  });
});

it('names that are not ASCII are kept, whether the zip calls them UTF-8 or not', async () => {
  const names = ['Überblick.md', '日本語/説明.txt', '🍌.md'];
  for (const flags of [0x800, 0]) {
    const bundle = await read(buildZip([skill, ...names.map((name) => ({ name, flags }))]));
    expect(bundle.files.map((file) => file.path)).toEqual(['SKILL.md', ...names]);
  }
  const tar = await read(buildTarGz([skill, ...names.map((name) => ({ name }))]));
  expect(tar.files.map((file) => file.path)).toEqual(['SKILL.md', ...names]);
});

describe.each([true, false])('files of many megabytes (deflated: %s)', (deflate) => {
  const content = randomBytes(9 * megabyte);

  it('are read as they are', async () => {
    const { files } = await read(buildZip([skill, { name: 'big.bin', content, deflate }]));
    expect(files[1]?.content.equals(content)).toBe(true);
  });

  it('are refused with a wrong size or checksum', async () => {
    const lie = (part: Partial<ZipPart>) =>
      refusalOf(buildZip([skill, { name: 'big.bin', content, deflate, ...part }]));
    expect(await lie({ crc: 1 })).toEqual(['entry-checksum', 'big.bin']);
    expect(await lie({ size: content.length + 1 })).toEqual(['entry-size-mismatch', 'big.bin']);
    expect(await lie({ size: content.length - 1 })).toEqual(['entry-size-mismatch', 'big.bin']);
  });

  it('are refused when the archive is cut off', async () => {
    const whole = buildZip([skill, { name: 'big.bin', content, deflate }]);
    expect(await refusalOf(whole.subarray(0, -30))).toBe('archive-truncated');
  });
});
