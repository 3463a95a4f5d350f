import type { Actor } from 'strapi-plugin-skills-shared/contracts';
import { ConflictError } from '../../../http/errors';
import type { BlobStore } from '../../../platform/blob-store';
import type { SkillRecord, SkillsService } from '../../skills';
import type { FileChange, VersionRecord, VersionsService } from '../../versions';
import type { StoredChange } from './change';
import { planTake } from './plan-take';

export interface TakeOptions {
  skills: Pick<SkillsService, 'changeFiles'>;
  versions: Pick<VersionsService, 'get' | 'files'>;
  blobs: Pick<BlobStore, 'read'>;
  /** Bytes that a file may have. */
  maxFileBytes: number;
}

export interface TakeRequest {
  /** The skill as it is now, asked for again before each attempt. */
  skill(): Promise<SkillRecord>;
  /** The version that the run began with. */
  versionId: string;
  changes: readonly StoredChange[];
  by: Actor;
  /** Writes the decision, in the transaction of the edit where there is one. Rejects when it has been decided already. */
  record(version: VersionRecord): Promise<void>;
}

/** How often an edit that came between the look and the edit is looked at anew. */
const ATTEMPTS = 5;

/**
 * Edits the skill's current version so that its files are as the run left them; a frozen one is left alone, and the edit is in its draft
 * child. Either the edit and its record are stored, or neither. Rejects with 409 `changes-conflict`, which names the files, and as
 * `SkillsService.changeFiles` does.
 */
export async function takeChanges(options: TakeOptions, request: TakeRequest): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await take(options, request);
    } catch (error) {
      if (attempt === ATTEMPTS || !isStale(error)) throw error;
    }
  }
}

async function take(options: TakeOptions, request: TakeRequest): Promise<void> {
  const { skills, versions } = options;
  const skill = await request.skill();
  const current = await versions.get(skill.current.id);
  const base = await versions.get(request.versionId);
  const plan = planTake(request.changes, await versions.files(base), await versions.files(current));
  if (plan.conflicts.length > 0) throw conflict(plan.conflicts);
  if (plan.effective.length === 0) return request.record(current);
  let recorded = false;
  const version = await skills.changeFiles(skill, {
    versionId: current.id,
    revision: current.revision,
    changes: await editsOf(options, plan.effective),
    author: request.by,
    async follow(changed) {
      recorded = false;
      await request.record(changed);
      recorded = true;
    },
  });
  // Somebody else has just made the same edit: there was nothing left to follow.
  if (!recorded) await request.record(version);
}

/** Files that go make room first: a folder may take the place of a file. */
async function editsOf(
  { blobs, maxFileBytes }: TakeOptions,
  changes: readonly StoredChange[],
): Promise<FileChange[]> {
  const edits: FileChange[] = [];
  for (const { path, after } of changes) if (!after) edits.push({ type: 'remove', path });
  for (const { path, after } of changes) {
    if (!after) continue;
    const content = await blobs.read(after.digest, maxFileBytes);
    edits.push({ type: 'put', path, content, executable: after.executable });
  }
  return edits;
}

function conflict(paths: readonly string[]): ConflictError {
  return new ConflictError(
    'Some of these files have been changed since the run began; what is there now would be lost.',
    { code: 'changes-conflict', paths },
  );
}

function isStale(error: unknown): boolean {
  if (!(error instanceof ConflictError)) return false;
  const { code } = error.details as { code?: string };
  return code === 'stale-revision' || code === 'stale-version';
}
