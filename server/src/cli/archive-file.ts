import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { writeArchive, type ArchiveFormat, type OutgoingBundle } from '../domains/skills/kinds/bundle';

export const archiveFormats: readonly ArchiveFormat[] = ['zip', 'tar.gz'];

/** Writes an archive beside its place and puts it there when it is whole: a failure leaves what was there before. */
export async function writeArchiveFile(
  bundle: OutgoingBundle,
  format: ArchiveFormat,
  file: string,
): Promise<void> {
  const draft = `${file}.part`;
  try {
    await pipeline(writeArchive(format, bundle), createWriteStream(draft));
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
