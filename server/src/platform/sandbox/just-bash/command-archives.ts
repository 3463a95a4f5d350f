import { extract, pack, type Extract, type Header } from 'tar-stream';
import { archiveTime } from '../archive-time';
import type { CommandFiles } from './command-files';
import type { FileChanges } from './protocol';

/** Makes archives of a sandbox's files and unpacks them, part by part, in the worker. */
export interface CommandArchives {
  pack(folder: string): Promise<number>;
  packed(archive: number): Promise<Uint8Array | null>;
  unpack(folder: string): Promise<number>;
  unpacked(part: { archive: number; chunk: Uint8Array | null }): Promise<FileChanges>;
}

interface Unpacking {
  stream: Extract;
  done: Promise<void>;
}

export function createCommandArchives(
  files: CommandFiles,
  takeChanges: () => Promise<FileChanges>,
): CommandArchives {
  const packing = new Map<number, AsyncIterator<Uint8Array>>();
  const unpacking = new Map<number, Unpacking>();
  let count = 0;

  return {
    async pack(folder) {
      const paths = await files.listTree(folder);
      packing.set((count += 1), packTree(files, folder, paths));
      return count;
    },
    async packed(archive) {
      const next = await packing.get(archive)?.next();
      if (next && !next.done) return next.value.slice();
      packing.delete(archive);
      return null;
    },
    async unpack(folder) {
      await files.mkdir(folder, { recursive: true });
      const stream = extract({});
      const done = unpackAll(files, folder, stream);
      // It is told when the next part comes.
      done.catch(() => undefined);
      unpacking.set((count += 1), { stream, done });
      return count;
    },
    async unpacked({ archive, chunk }) {
      const open = unpacking.get(archive);
      if (!open) throw new Error('There is no such archive.');
      const { stream, done } = open;
      if (chunk === null) {
        unpacking.delete(archive);
        stream.end(undefined);
        await done;
        return takeChanges();
      }
      files.allowBytes(chunk.length);
      const drained = new Promise<void>((resolve) =>
        stream.write(chunk) ? resolve() : stream.once('drain', resolve),
      );
      await Promise.race([drained, done]);
      return { changed: [], removed: [] };
    },
  };
}

/** In an order, and with times and modes, that depend on the content alone. */
async function* packTree(
  files: CommandFiles,
  folder: string,
  paths: readonly string[],
): AsyncGenerator<Uint8Array> {
  const stream = pack();
  const fill = async () => {
    for (const path of paths) await addEntry(path);
    stream.finalize();
  };
  const addEntry = async (path: string) => {
    const stat = await files.lstat(path);
    const header = {
      name: `.${path.slice(folder.length)}${stat.isDirectory ? '/' : ''}`,
      mtime: archiveTime,
      mode: stat.isDirectory || (stat.mode & 0o111) !== 0 ? 0o755 : 0o644,
    };
    if (stat.isSymbolicLink) return add({ ...header, type: 'symlink', linkname: await files.readlink(path) });
    if (stat.isDirectory) return add({ ...header, type: 'directory' });
    return add({ ...header, type: 'file' }, Buffer.from(await files.readFileBuffer(path)));
  };
  const add = (header: Parameters<typeof stream.entry>[0], content?: Buffer) =>
    new Promise<void>((resolve, reject) => {
      const done = (error?: Error | null) => (error ? reject(error) : resolve());
      if (content) stream.entry(header, content, done);
      else stream.entry(header, done);
    });
  fill().catch((error: Error) => stream.destroy(error));
  yield* stream as AsyncIterable<Uint8Array>;
}

async function unpackAll(files: CommandFiles, folder: string, stream: Extract): Promise<void> {
  for await (const entry of stream) {
    const { header } = entry as { header: Header };
    const chunks: Buffer[] = [];
    // Of an entry that is larger than all that may be kept, nothing is gathered.
    if (isFile(header.type)) files.assertRoom(header.size ?? 0);
    for await (const chunk of entry as AsyncIterable<Buffer>) {
      if (isFile(header.type)) chunks.push(chunk);
    }
    await lay(files, folder, header, chunks);
  }
}

/** Throws for a name that leads out of the folder, itself or through a link that was unpacked before. */
async function lay(
  files: CommandFiles,
  folder: string,
  { name, type, mode = 0o644, linkname }: Header,
  chunks: readonly Buffer[],
): Promise<void> {
  const path = pathIn(folder, name);
  const executable = (mode & 0o111) !== 0;
  // Pipes and devices are nothing that a run could need again.
  if (type === 'directory' && path !== folder) await files.layFolder(path);
  else if (type === 'symlink') await files.layLink(path, linkname ?? '');
  else if (isFile(type)) await files.writePlain(path, Buffer.concat(chunks), executable);
  else if (type === 'link') {
    const original = await files.readPlain(pathIn(folder, linkname ?? ''));
    await files.writePlain(path, original.slice(), executable);
  }
}

const isFile = (type: Header['type']) => type === 'file' || type === 'contiguous-file';

function pathIn(folder: string, name: string): string {
  const names = name.split('/').filter((part) => part !== '.' && part !== '');
  if (name.startsWith('/') || names.includes('..') || name.includes('\0')) {
    throw new Error(`"${name}" leads out of the archive's folder.`);
  }
  return [folder, ...names].join('/');
}
