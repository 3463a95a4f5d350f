import { open, type FileHandle } from 'node:fs/promises';
import type { ContentLimits } from '../../../../versions';
import type { FileTree } from '../bundle';
import { refusal } from '../refusal';
import { maxEntries } from './collector';
import { readTarGz } from './read-tar-gz';
import { readZip } from './read-zip';

export type ArchiveFormat = 'zip' | 'tar.gz';

const magicBytes: readonly [ArchiveFormat, readonly number[]][] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['tar.gz', [0x1f, 0x8b, 0x08]],
];

/** Names, headers and compression of incompressible bytes: what an archive may weigh beyond its files. */
const entryOverheadBytes = 4 * 1024;

/**
 * All files of a `.zip`, `.skill` (a zip too) or `.tar.gz` on disk; the format is told by its first bytes, whatever its name.
 * Refuses with a 400 that has a stable code and the offending path; never writes anything.
 */
export async function readArchive(file: string, limits: ContentLimits): Promise<FileTree> {
  const handle = await open(file, 'r');
  try {
    const format = await sniff(handle);
    await checkSize(handle, limits);
    return format === 'zip' ? await readZip(handle, limits) : await readTarGz(handle, limits);
  } finally {
    await handle.close();
  }
}

async function sniff(handle: FileHandle): Promise<ArchiveFormat> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
  const start = buffer.subarray(0, bytesRead);
  const found = magicBytes.find(
    ([, magic]) => start.length >= magic.length && magic.every((byte, i) => start[i] === byte),
  );
  if (found) return found[0];
  throw refusal('archive-unsupported', 'The file is neither a zip nor a gzipped tar archive.');
}

async function checkSize(handle: FileHandle, limits: ContentLimits): Promise<void> {
  const cap = limits.maxBytes + maxEntries(limits) * entryOverheadBytes;
  const { size } = await handle.stat();
  if (size <= cap) return;
  throw refusal('content-too-large', `The archive is larger than ${cap} bytes.`);
}
