import { InMemoryFs, type FileContent, type IFileSystem } from 'just-bash';
import type { SandboxEntry } from '../sandbox';
import { sandboxFolders } from '../sandbox-folders';
import { isKept } from './kept-folders';
import type { KeptEntry } from './protocol';
import { liveFiles } from './python-launcher';

type WriteOptions = Parameters<IFileSystem['writeFile']>[2];
export type Deliver = (stream: 'stdout' | 'stderr', chunk: Uint8Array) => Promise<void>;

/** A sandbox's files, all in the worker's memory: there is no other file that a command could name. */
export class CommandFiles extends InMemoryFs {
  /** True once something did not fit any more. */
  full = false;
  /** Where output goes that is written to the live files, while a command runs. */
  deliver: Deliver | undefined;

  #maxBytes: number;

  constructor(maxBytes: number) {
    super({}, { maxTotalBytes: maxBytes });
    this.#maxBytes = maxBytes;
    for (const folder of [
      sandboxFolders.skill,
      sandboxFolders.input,
      sandboxFolders.output,
      sandboxFolders.home,
      '/tmp',
      '/dev',
    ]) {
      this.mkdirSync(folder, { recursive: true });
    }
    for (const path of Object.values(liveFiles)) this.writeFileSync(path, '');
  }

  override async writeFile(path: string, content: FileContent, options?: WriteOptions): Promise<void> {
    const stream = liveStream(path);
    if (stream) return this.deliver?.(stream, typeof content === 'string' ? Buffer.from(content) : content);
    await this.#noticeFull(() => super.writeFile(path, content, options));
  }

  override async appendFile(path: string, content: FileContent, options?: WriteOptions): Promise<void> {
    await this.#noticeFull(() => super.appendFile(path, content, options));
  }

  /** Makes room for what is unpacked: it is no part of what a run has written. */
  allowBytes(bytes: number): void {
    this.#maxBytes += bytes;
    // just-bash's own limit, which it does not let one change.
    Reflect.set(this, 'maxTotalBytes', this.#maxBytes);
  }

  /** Throws for more than there could ever be. */
  assertRoom(bytes: number): void {
    if (bytes > this.#maxBytes) throw new Error(`A file of ${bytes} bytes does not fit.`);
  }

  /** A folder and all that lies in it, links included, sorted. */
  async listTree(folder: string): Promise<string[]> {
    await this.#assertPlain(folder);
    if (!(await this.lstat(folder)).isDirectory) throw new Error(`"${folder}" is not a folder.`);
    const paths = this.getAllPaths().filter((path) => path.startsWith(`${folder}/`));
    return [folder, ...paths.sort()];
  }

  async layFolder(path: string): Promise<void> {
    await this.#clear(path, 'directory');
    await this.mkdir(path, { recursive: true });
    await this.#assertPlain(path);
  }

  /** Where a link leads matters to the commands alone: it cannot lead out of these files. */
  async layLink(path: string, target: string): Promise<void> {
    await this.#clear(path, 'symlink');
    const folder = path.slice(0, path.lastIndexOf('/'));
    await this.mkdir(folder, { recursive: true });
    await this.#assertPlain(folder);
    await this.symlink(target, path);
  }

  /** Removes all files that are kept, and puts these in their place. */
  async restore(entries: readonly KeptEntry[]): Promise<void> {
    for (const path of this.getAllPaths().filter(isKept).sort().reverse()) {
      await this.rm(path, { force: true, recursive: true });
    }
    for (const entry of entries) {
      const { path, mode, mtimeMs } = entry;
      const mtime = new Date(mtimeMs);
      if (entry.type === 'symlink') {
        await this.symlink(entry.target, path);
        continue;
      }
      if (entry.type === 'file') this.writeFileSync(path, entry.content, undefined, { mode, mtime });
      else this.mkdirSync(path, { recursive: true });
      await this.chmod(path, mode);
      await this.utimes(path, mtime, mtime);
    }
  }

  /** Only regular files; links are passed over, whatever they point at. */
  async listFiles(folder: string): Promise<SandboxEntry[]> {
    const entries: SandboxEntry[] = [];
    await this.#assertPlain(folder);
    const walk = async (path: string, prefix: string): Promise<void> => {
      for (const entry of await this.readdirWithFileTypes(path)) {
        const child = `${path}/${entry.name}`;
        if (entry.isDirectory) await walk(child, `${prefix}${entry.name}/`);
        else if (entry.isFile) {
          const { size, mode } = await this.lstat(child);
          entries.push({ path: prefix + entry.name, size, executable: (mode & 0o100) !== 0 });
        }
      }
    };
    await walk(folder, '');
    return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async readPlain(path: string): Promise<Uint8Array> {
    await this.#assertPlain(path);
    if (!(await this.lstat(path)).isFile) throw new Error(`"${path}" is not a regular file.`);
    return this.readFileBuffer(path);
  }

  async writePlain(path: string, content: Uint8Array, executable: boolean): Promise<void> {
    const folder = path.slice(0, path.lastIndexOf('/'));
    await this.mkdir(folder, { recursive: true });
    await this.#assertPlain(folder);
    await this.writeFile(path, content);
    await this.chmod(path, executable ? 0o755 : 0o644);
  }

  /** A path that leads through a link is not what its caller means. */
  async #assertPlain(path: string): Promise<void> {
    if ((await this.realpath(path)) !== path) throw new Error(`"${path}" leads through a link.`);
  }

  async #clear(path: string, type: 'directory' | 'symlink'): Promise<void> {
    const found = await this.lstat(path).catch(() => undefined);
    if (!found || (type === 'directory' && found.isDirectory)) return;
    await this.rm(path, { recursive: found.isDirectory });
  }

  async #noticeFull(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (error instanceof Error && error.message.includes('ENOSPC')) this.full = true;
      throw error;
    }
  }
}

function liveStream(path: string): 'stdout' | 'stderr' | undefined {
  if (path === liveFiles.stdout) return 'stdout';
  return path === liveFiles.stderr ? 'stderr' : undefined;
}
