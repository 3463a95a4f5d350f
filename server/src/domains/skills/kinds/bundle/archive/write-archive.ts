import type { Readable } from 'node:stream';
import type { OutgoingBundle } from './outgoing-file';
import type { ArchiveFormat } from './read-archive';
import { writeTarGz } from './write-tar-gz';
import { writeZip } from './write-zip';

const writers: Record<ArchiveFormat, (bundle: OutgoingBundle) => Readable> = {
  zip: writeZip,
  'tar.gz': writeTarGz,
};

export const archiveMimes: Record<ArchiveFormat, string> = {
  zip: 'application/zip',
  'tar.gz': 'application/gzip',
};

/** A bundle as an archive with its files under one folder. Errors of reading a file end the stream with that error. */
export function writeArchive(format: ArchiveFormat, bundle: OutgoingBundle): Readable {
  return writers[format](bundle);
}
