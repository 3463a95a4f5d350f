import type { Context } from 'koa';
import { z } from 'zod';
import { sendFile } from '../../http/file-response';
import type { VersionRecord, VersionsService } from '../versions';
import { archiveMimes, writeArchive, type ArchiveFormat, type OutgoingBundle } from './kinds/bundle';
import { contentOf } from './version-content';

export const archiveQuery = z.object({ format: z.enum(['zip', 'tar.gz']).default('zip') });

/** Answers a version as an archive, its files under a folder of the skill's name. The content's digest is the ETag. */
export async function sendArchive(
  ctx: Context,
  { versions, version, alias, format }: ArchiveToSend,
): Promise<void> {
  await sendFile(ctx, {
    name: `${alias}-${version.number}.${format}`,
    digest: version.digest,
    mime: archiveMimes[format],
    inline: false,
    open: async () => writeArchive(format, await outgoing(versions, version, alias)),
  });
}

interface ArchiveToSend {
  versions: Pick<VersionsService, 'files' | 'open'>;
  version: VersionRecord;
  alias: string;
  format: ArchiveFormat;
}

async function outgoing(
  versions: ArchiveToSend['versions'],
  version: VersionRecord,
  alias: string,
): Promise<OutgoingBundle> {
  const { read } = await contentOf(versions, version, alias);
  const files = await versions.files(version);
  return {
    folder: alias,
    files: files.map(({ path, executable }) => ({ path, executable, content: () => read(path) })),
  };
}
