import type { Readable } from 'node:stream';
import type { VersionRecord, VersionsService } from '../versions';
import type { ContentToValidate } from './kinds/kind';

/** A stored version as its kind's validation, repairs and instructions read it. */
export async function contentOf(
  versions: Pick<VersionsService, 'files' | 'open'>,
  version: VersionRecord,
  folder: string,
): Promise<ContentToValidate> {
  const files = await versions.files(version);
  return {
    paths: files.map((file) => file.path),
    folder,
    read: async (path) => readAll((await versions.open(version, path)).content),
  };
}

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
