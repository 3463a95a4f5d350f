/** A file on its way into an archive. `content` is called once, when its turn comes, so that one file at a time is in memory. */
export interface OutgoingFile {
  /** Relative to the bundle's folder, with `/`. */
  path: string;
  executable: boolean;
  content(): Promise<Buffer>;
}

export interface OutgoingBundle {
  /** The folder under which the files lie in the archive: the skill's alias. */
  folder: string;
  files: readonly OutgoingFile[];
}

/** Byte order of the paths: no locale, no file system and no database decides what comes first. */
export function inOrder(files: readonly OutgoingFile[]): OutgoingFile[] {
  return [...files].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

export function modeOf(file: OutgoingFile): number {
  return file.executable ? 0o755 : 0o644;
}
