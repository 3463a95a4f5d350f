import type { Readable } from 'node:stream';
import type { Database, Statement } from 'sql.js';
import { TooLargeError } from '../../../../http/errors';
import { agentFsSchema, CHUNK_BYTES, fileModes, ROOT_INODE } from './agentfs-schema';

export interface WrittenFile {
  /** Absolute, with `/`. */
  path: string;
  executable?: boolean;
  /** Milliseconds since 1970. */
  at: number;
  open(): Promise<Readable>;
}

export interface WrittenCall {
  name: string;
  parameters: unknown;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** Null of a call that had no result when the run ended. */
  outcome: { at: number; isError: boolean; output: unknown } | null;
}

interface Folder {
  path: string;
  inode: number;
}

const seconds = (ms: number): number => Math.floor(ms / 1000);

/**
 * Writes an AgentFS database in memory, by SQLite as WebAssembly: it works wherever Node does, whatever database Strapi runs on. Files are
 * streamed into it; more than `limit` bytes of contents are refused with 413 `export-too-large`.
 */
export class AgentFsWriter {
  readonly #database: Database;
  readonly #limit: number;
  readonly #inode: Statement;
  readonly #entry: Statement;
  readonly #chunk: Statement;
  readonly #value: Statement;
  readonly #call: Statement;
  /** By the path that was asked for, below the path that its folder has. */
  readonly #folders = new Map<string, Folder>();
  readonly #taken = new Set<string>();
  #lastInode = ROOT_INODE;
  #bytes = 0;

  private constructor(database: Database, { limit, at }: { limit: number; at: number }) {
    this.#database = database;
    this.#limit = limit;
    database.run(agentFsSchema);
    this.#inode = database.prepare(
      'INSERT INTO fs_inode (ino, mode, nlink, size, atime, mtime, ctime) VALUES (?, ?, 1, ?, ?, ?, ?)',
    );
    this.#entry = database.prepare('INSERT INTO fs_dentry (name, parent_ino, ino) VALUES (?, ?, ?)');
    this.#chunk = database.prepare('INSERT INTO fs_data (ino, chunk_index, data) VALUES (?, ?, ?)');
    this.#value = database.prepare('INSERT INTO kv_store (key, value) VALUES (?, ?)');
    this.#call = database.prepare(
      'INSERT INTO tool_calls (name, parameters, result, error, status, started_at, completed_at, duration_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#addInode(ROOT_INODE, { mode: fileModes.folder, size: 0, at });
    // One commit at the end, not one for each row.
    database.run('BEGIN');
  }

  /** `limit`: bytes of contents. `at`: when the root folder came about. `finish` or `discard` has to follow. */
  static async create(options: { limit: number; at: number }): Promise<AgentFsWriter> {
    const { default: load } = await import('sql.js');
    const sqlite = await load();
    return new AgentFsWriter(new sqlite.Database(), options);
  }

  /** A second file of a path, or one whose folder is a file, gets a name of its own. */
  async addFile({ path, executable = false, at, open }: WrittenFile): Promise<void> {
    const { folder, name } = this.#place(path, at);
    const inode = this.#nextInode();
    const size = await this.#addChunks(inode, await open());
    this.#addInode(inode, { mode: executable ? fileModes.program : fileModes.file, size, at });
    this.#entry.run([name, folder, inode]);
  }

  addFolder(path: string, at: number): void {
    this.#folderOf(path.split('/').slice(1), at);
  }

  addValue(key: string, value: unknown): void {
    this.#value.run([wellFormed(key), this.#counted(toJson(value))]);
  }

  addCall({ name, parameters, startedAt, outcome }: WrittenCall): void {
    const isError = outcome?.isError ?? false;
    const result = outcome && !isError ? this.#counted(toJson(outcome.output)) : null;
    const error = outcome && isError ? this.#counted(wellFormed(textOf(outcome.output))) : null;
    this.#call.run([
      wellFormed(name),
      this.#counted(toJson(parameters)),
      result,
      error,
      outcome ? (isError ? 'error' : 'success') : 'pending',
      seconds(startedAt),
      outcome && seconds(outcome.at),
      outcome && Math.max(0, outcome.at - startedAt),
    ]);
  }

  /** The database as a file. */
  finish(): Uint8Array {
    this.#database.run('COMMIT');
    this.#freeStatements();
    const file = this.#database.export();
    this.#database.close();
    return file;
  }

  /** Gives up what was written. */
  discard(): void {
    this.#freeStatements();
    this.#database.close();
  }

  #freeStatements(): void {
    for (const statement of [this.#inode, this.#entry, this.#chunk, this.#value, this.#call])
      statement.free();
  }

  #place(path: string, at: number): { folder: number; name: string } {
    const names = path.split('/').slice(1).map(wellFormed);
    const wanted = names.pop() ?? '';
    const folder = this.#folderOf(names, at);
    const name = this.#freeName(folder.path, wanted);
    this.#taken.add(`${folder.path}/${name}`);
    return { folder: folder.inode, name };
  }

  #folderOf(names: readonly string[], at: number): Folder {
    let folder: Folder = { path: '', inode: ROOT_INODE };
    for (const wanted of names) {
      const key = `${folder.path}/${wanted}`;
      const known = this.#folders.get(key) ?? this.#makeFolder(folder, wanted, at);
      this.#folders.set(key, known);
      folder = known;
    }
    return folder;
  }

  #makeFolder(parent: Folder, wanted: string, at: number): Folder {
    const name = this.#freeName(parent.path, wanted);
    const path = `${parent.path}/${name}`;
    const inode = this.#nextInode();
    this.#addInode(inode, { mode: fileModes.folder, size: 0, at });
    this.#entry.run([name, parent.inode, inode]);
    this.#taken.add(path);
    return { path, inode };
  }

  #freeName(folder: string, wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#taken.has(`${folder}/${name}`); number += 1) name = `${wanted}~${number}`;
    return name;
  }

  #nextInode(): number {
    return (this.#lastInode += 1);
  }

  #addInode(inode: number, { mode, size, at }: { mode: number; size: number; at: number }): void {
    const time = seconds(at);
    this.#inode.run([inode, mode, size, time, time, time]);
  }

  async #addChunks(inode: number, content: Readable): Promise<number> {
    let size = 0;
    let index = 0;
    let rest = Buffer.alloc(0);
    for await (const piece of content as AsyncIterable<Buffer>) {
      size += piece.length;
      this.#count(piece.length);
      let bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
      for (; bytes.length >= CHUNK_BYTES; bytes = bytes.subarray(CHUNK_BYTES)) {
        this.#chunk.run([inode, index, bytes.subarray(0, CHUNK_BYTES)]);
        index += 1;
      }
      rest = Buffer.from(bytes);
    }
    if (rest.length > 0) this.#chunk.run([inode, index, rest]);
    return size;
  }

  #counted(text: string): string {
    this.#count(text.length);
    return text;
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes <= this.#limit) return;
    throw new TooLargeError(`The run holds more than the ${this.#limit} bytes that an export may.`, {
      code: 'export-too-large',
      limit: this.#limit,
    });
  }
}

function toJson(value: unknown): string {
  return JSON.stringify(value ?? null) ?? 'null';
}

function textOf(output: unknown): string {
  return typeof output === 'string' ? output : toJson(output);
}

/** SQLite's texts end at a NUL, and half of a character is none in UTF-8. */
function wellFormed(text: string): string {
  return Buffer.from(text.replaceAll('\0', '\ufffd')).toString();
}
