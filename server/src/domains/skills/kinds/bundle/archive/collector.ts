import { createTally } from '../../../../versions';
import type { ContentLimits } from '../../../../versions';
import type { BundleFile } from '../bundle';
import { isJunk } from '../reading/junk';
import { refusal, refuseProblem } from '../refusal';

/** An entry of an archive on its way in. `size` is what the archive says of it, in bytes; it is believed only to refuse early. */
export interface IncomingFile {
  path: string;
  size: number;
  executable: boolean;
  content(): AsyncIterable<Buffer>;
}

export interface Collector {
  /** Counts an entry of any type: archives of endless folders are refused too. */
  countEntry(path: string): void;
  /** Reads the file into memory, and stops with a refusal at the first byte that passes a limit. Junk is not read. */
  add(file: IncomingFile): Promise<void>;
  readonly files: BundleFile[];
}

/** Folders, and what macOS adds, come on top of the files themselves. */
export function maxEntries(limits: ContentLimits): number {
  return limits.maxFiles * 4;
}

export function createCollector(limits: ContentLimits): Collector {
  const tally = createTally(limits);
  const files: BundleFile[] = [];
  let entries = 0;

  async function read(file: IncomingFile): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of file.content()) {
      length += chunk.length;
      refuseProblem(tally.addBytes(file.path, chunk.length, length));
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
  }

  return {
    files,
    countEntry(path) {
      entries += 1;
      if (entries > maxEntries(limits)) {
        throw refusal('too-many-entries', `The archive has more than ${maxEntries(limits)} entries.`, path);
      }
    },
    async add(file) {
      if (isJunk(file.path)) return;
      refuseProblem(tally.addFile(file.path));
      refuseProblem(createTally(limits).addBytes(file.path, file.size, file.size));
      files.push({ path: file.path, content: await read(file), executable: file.executable });
    },
  };
}
