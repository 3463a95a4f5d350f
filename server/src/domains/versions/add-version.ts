import type { VersionFile } from 'strapi-plugin-skills-shared/contracts';
import { v7 as uuid } from 'uuid';
import { manifestOf, type Manifest } from './manifests/manifest';
import { fileMissing, refuseBadContent, versionMissing } from './refusals';
import { followUp, type VersionsContext } from './versions-context';
import type { NewFile, VersionsService } from './versions-service';

type AddRequest = Parameters<VersionsService['add']>[0];

/** Adds a version and answers its id. What is not a query comes before the transaction. */
export async function addVersion(context: VersionsContext, request: AddRequest): Promise<string> {
  const { files, skillId, parentId } = request;
  refuseBadContent(
    files.map(({ path, content }) => ({ path, size: content.length })),
    context.limits,
  );
  const described = await request.describe({ paths: files.map((file) => file.path), read: readerOf(files) });
  const storedBefore = context.blobs.joinsTransactions ? undefined : await storeBlobs(context, files);
  const id = uuid();
  await context.database.transaction(async () => {
    // The turn is taken first: what MySQL shows to plain reads is the state at the first of them.
    const number = await context.repository.nextNumber(skillId, parentId === null);
    const manifest = storedBefore ?? (await storeBlobs(context, files));
    const parentDigest = parentId === null ? null : await freezeParent(context, skillId, parentId);
    await freezeDraft(context, skillId, parentId);
    await context.repository.insert({
      id,
      skillId,
      number,
      parentId,
      content: { ...described, manifest },
      note: request.note ?? null,
      author: request.author,
      at: context.clock(),
    });
    const stored = new Set(manifest.files.map((file) => file.digest));
    await context.manifests.save(manifest, { parentDigest, stored });
    await followUp(context, request, id);
  });
  return id;
}

async function storeBlobs({ blobs }: VersionsContext, files: readonly NewFile[]): Promise<Manifest> {
  const stored = await blobs.putAll(files.map((file) => file.content));
  return manifestOf(
    files.map(({ path, executable }, index): VersionFile => ({ path, executable, ...stored[index]! })),
  );
}

async function freezeParent(
  { repository, clock }: VersionsContext,
  skillId: string,
  parentId: string,
): Promise<string> {
  const parent = await repository.find(parentId);
  if (parent?.skillId !== skillId) throw versionMissing();
  await repository.freeze(parentId, clock());
  return parent.digest;
}

async function freezeDraft(
  { repository, clock }: VersionsContext,
  skillId: string,
  parentId: string | null,
): Promise<void> {
  const draft = await repository.findDraft(skillId, parentId);
  if (draft) await repository.freeze(draft.id, clock());
}

function readerOf(files: readonly NewFile[]): (path: string) => Promise<Buffer> {
  const contents = new Map(files.map((file) => [file.path, file.content]));
  return (path) => {
    const content = contents.get(path);
    return content ? Promise.resolve(content) : Promise.reject(fileMissing(path));
  };
}
