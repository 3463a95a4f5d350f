import { pipeline, type Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { types } from 'node:util';
import { pack, type Pack } from 'tar-stream';
import { inOrder, modeOf, type OutgoingBundle, type OutgoingFile } from './outgoing-file';

const epoch = new Date(0);

/**
 * A gzipped tar: files in byte order, owned by nobody in particular, of one date. The tar inside is the same bytes everywhere; how
 * it is compressed is up to the zlib of the machine. One file at a time is in memory, and a slow reader slows the writer.
 */
export function writeTarGz(bundle: OutgoingBundle): Readable {
  const tar = pack();
  fill(tar, bundle).catch((error: unknown) => {
    tar.destroy(types.isNativeError(error) ? error : new Error(String(error)));
  });
  // The reader of the last stream sees what fails; the callback only keeps it from being reported as unhandled.
  return pipeline(tar, createGzip(), () => undefined);
}

async function fill(tar: Pack, { folder, files }: OutgoingBundle): Promise<void> {
  for (const file of inOrder(files)) await add(tar, folder, file);
  tar.finalize();
}

/** Resolves when the file was taken by the reader: that is what slows the writer. */
async function add(tar: Pack, folder: string, file: OutgoingFile): Promise<void> {
  const content = await file.content();
  const header = { name: `${folder}/${file.path}`, mode: modeOf(file), mtime: epoch, size: content.length };
  await new Promise<void>((resolve, reject) => {
    tar.entry(header, content, (error) => (error ? reject(error) : resolve()));
  });
}
