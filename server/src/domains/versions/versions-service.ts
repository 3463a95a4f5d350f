import type { Readable } from 'node:stream';
import type { Actor, Finding, SkillMetadata, VersionFile } from 'strapi-plugin-skills-shared/contracts';
import type { Collected } from './collect-garbage';

/** A version's row. Times are milliseconds since 1970. */
export interface VersionRecord {
  id: string;
  skillId: string;
  number: number;
  parentId: string | null;
  /** The manifest's digest: the identity of the content. */
  digest: string;
  label: string | null;
  note: string | null;
  metadata: SkillMetadata;
  findings: Finding[];
  errorCount: number;
  warningCount: number;
  fileCount: number;
  size: number;
  /** Counts concurrent edits of a draft. */
  revision: number;
  createdAt: number;
  createdBy: Actor;
  updatedAt: number;
  frozenAt: number | null;
  publishedAt: number | null;
}

/** A file as a caller hands it in. */
export interface NewFile {
  path: string;
  content: Buffer;
  executable: boolean;
}

export type FileChange =
  | { type: 'put'; path: string; content: Buffer; executable?: boolean }
  | { type: 'remove'; path: string }
  | { type: 'rename'; from: string; to: string };

/**
 * Validates content and reads its metadata: handed in by the skills domain, because what is valid depends on the skill's
 * kind, and kinds come after versions in the order of domains.
 */
export type Describe = (content: {
  paths: readonly string[];
  read(path: string): Promise<Buffer>;
}) => Promise<{ findings: Finding[]; metadata: SkillMetadata }>;

/**
 * Writes what must change together with a version's row, inside the transaction that writes it: both are stored, or neither.
 * It is given the row as it is stored. When it rejects, nothing is stored.
 */
export type Follow = (version: VersionRecord) => Promise<void>;

/**
 * Snapshots of skills. A version is a draft until something depends on it, and frozen from then on; an edit of a frozen
 * version opens a child draft, at most one for a parent. Paths are checked here, whoever hands them in.
 */
export interface VersionsService {
  /**
   * Adds a version made of whole content: an import, an upload, a blank skill. Blobs are written before the transaction.
   * The parent is frozen, since the new version now depends on it; so is a draft child that the parent has already: nobody's
   * edits are lost.
   */
  add(request: {
    skillId: string;
    parentId: string | null;
    files: readonly NewFile[];
    note?: string;
    author: Actor;
    describe: Describe;
    follow?: Follow;
  }): Promise<VersionRecord>;

  /**
   * Changes files. On a draft: in place, with `revision` in the WHERE (409 `stale-revision` with both revisions). On a frozen
   * version: in its child draft, opened when there is none; where somebody has changed the same files in that child, 409 too.
   * A `remove` or `rename` takes a file or a whole folder: 404 `file-not-found`, 409 `path-exists`. A change that leaves the
   * content as it was changes nothing. Answers the version that now holds the change, and whether it was opened for it.
   */
  change(request: {
    versionId: string;
    revision: number;
    changes: readonly FileChange[];
    author: Actor;
    describe: Describe;
    follow?: Follow;
  }): Promise<{ version: VersionRecord; opened: boolean }>;

  get(id: string): Promise<VersionRecord>;
  find(id: string): Promise<VersionRecord | undefined>;
  getMany(ids: readonly string[]): Promise<Map<string, VersionRecord>>;
  getByNumber(skillId: string, number: number): Promise<VersionRecord>;
  /** Newest first. */
  list(request: {
    skillId: string;
    publishedOnly?: boolean;
    page: number;
    pageSize: number;
  }): Promise<{ versions: VersionRecord[]; total: number }>;

  files(version: Pick<VersionRecord, 'digest'>): Promise<VersionFile[]>;
  /** Rejects with 404 `file-not-found`. */
  open(
    version: Pick<VersionRecord, 'digest'>,
    path: string,
  ): Promise<{ file: VersionFile; content: Readable }>;
  /** The digest that this content would have, without storing anything. */
  digestOf(files: readonly NewFile[]): string;

  /** Freezes within the transaction that is open; does nothing when it is frozen already. 404 when it is gone. */
  freeze(id: string): Promise<void>;
  /**
   * Freezes and marks as published, in the transaction that is open. 400 `version-invalid` while it has errors; it is a draft
   * still, then. Without a note, the one that is there stays.
   */
  publish(id: string, note: string | null, author?: Actor): Promise<VersionRecord>;
  /** Removes all versions of a purged skill, in the transaction that is open; their blobs go with the next collection. */
  removeAll(skillId: string): Promise<void>;
  /** Deletes manifests and blobs that nothing refers to and that nobody touched for a day. Called every hour. */
  collectGarbage(): Promise<Collected>;
}
