import { v7 as uuid } from 'uuid';
import type { DescribedContent } from './content';
import { changeFiles, type ChangedFiles } from './file-changes';
import { isSame } from './manifests/delta';
import { manifestOf, type Manifest } from './manifests/manifest';
import { fileMissing, refuseBadContent, staleRevision, versionMissing } from './refusals';
import { followUp, type VersionsContext } from './versions-context';
import type { Describe, VersionRecord, VersionsService } from './versions-service';

type ChangeRequest = Parameters<VersionsService['change']>[0];
interface Changed {
  id: string;
  opened: boolean;
}

/** How often a change of a frozen version is tried while others edit its draft child at the same moment. */
const ATTEMPTS = 20;

/**
 * Changes a draft, or the draft child of a frozen version. A change that lost a race is looked at anew: only a revision that
 * is another now, or a child in which somebody touched the same files, is a conflict.
 */
export async function changeVersion(context: VersionsContext, request: ChangeRequest): Promise<Changed> {
  for (let attempt = 1; ; attempt += 1) {
    const target = await context.repository.find(request.versionId);
    if (!target) throw versionMissing();
    if (target.revision !== request.revision) throw staleRevision(request.revision, target);
    const changed = await tryChange(context, request, target);
    if (changed) return changed;
    if (attempt === ATTEMPTS) throw staleRevision(request.revision, target);
  }
}

async function tryChange(
  context: VersionsContext,
  request: ChangeRequest,
  target: VersionRecord,
): Promise<Changed | undefined> {
  const draft =
    target.frozenAt === null ? target : await context.repository.findDraft(target.skillId, target.id);
  const edited = draft ?? target;
  const before = await context.manifests.read(edited.digest);
  const changed = changeFiles(before.files, request.changes);
  if (edited.id !== target.id) await refuseToOverwrite(context, { changed, before, target, edited });
  refuseBadContent(changed.files, context.limits);
  const manifest = manifestOf(changed.files);
  if (manifest.digest === before.digest) return { id: edited.id, opened: false };

  const described = await request.describe({
    paths: manifest.files.map((file) => file.path),
    read: readerOf(context, manifest, changed),
  });
  await context.blobs.putAll([...changed.contents.values()]);
  const content = { ...described, manifest };
  return context.database.transaction(async () => {
    const id = draft
      ? await replaceDraft(context, draft, content)
      : await openChild(context, request, target, content);
    if (!id) return undefined;
    const stored = new Set(changed.contents.keys());
    await context.manifests.save(manifest, { parentDigest: before.digest, stored });
    await followUp(context, request, id);
    return { id, opened: !draft };
  });
}

async function replaceDraft(
  { repository, clock }: VersionsContext,
  draft: VersionRecord,
  content: DescribedContent,
): Promise<string | undefined> {
  return (await repository.replaceContent(draft.id, draft.revision, content, clock())) ? draft.id : undefined;
}

/** Opens the draft child, unless another edit has opened it meanwhile. */
async function openChild(
  { repository, clock }: VersionsContext,
  request: ChangeRequest,
  parent: VersionRecord,
  content: DescribedContent,
): Promise<string | undefined> {
  const { skillId, id: parentId } = parent;
  const number = await repository.nextNumber(skillId, false);
  if (await repository.findDraft(skillId, parentId)) return undefined;
  const id = uuid();
  await repository.insert({
    id,
    skillId,
    number,
    parentId,
    content,
    note: null,
    author: request.author,
    at: clock(),
  });
  return id;
}

/** The editor saw the frozen version: what others did to the same files in its child must not be lost. */
async function refuseToOverwrite(
  { manifests }: VersionsContext,
  edit: { changed: ChangedFiles; before: Manifest; target: VersionRecord; edited: VersionRecord },
): Promise<void> {
  const seen = new Map((await manifests.read(edit.target.digest)).files.map((file) => [file.path, file]));
  const there = new Map(edit.before.files.map((file) => [file.path, file]));
  for (const path of edit.changed.touched) {
    if (!isSame(seen.get(path), there.get(path))) throw staleRevision(edit.target.revision, edit.edited);
  }
}

function readerOf(
  { blobs, limits }: VersionsContext,
  manifest: Manifest,
  { contents }: ChangedFiles,
): Parameters<Describe>[0]['read'] {
  const digests = new Map(manifest.files.map((file) => [file.path, file.digest]));
  return async (path) => {
    const digest = digests.get(path);
    if (!digest) throw fileMissing(path);
    return contents.get(digest) ?? blobs.read(digest, limits.maxFileBytes);
  };
}
