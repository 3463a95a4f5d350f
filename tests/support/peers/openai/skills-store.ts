export interface StoredVersion {
  version: string;
  folder: string;
  files: { path: string; type: string; content: Buffer }[];
}

export interface StoredSkill {
  id: string;
  name: string;
  defaultVersion: string;
  versions: StoredVersion[];
}

/** What is wrong with an upload, in a sentence. */
export class UploadError extends Error {}

/** Reads the parts of an upload as the Skills API demands them: one folder at the top, with one SKILL.md in it. */
export async function readUpload(
  body: Buffer,
  contentType: string,
): Promise<Omit<StoredVersion, 'version'> & { isDefault: boolean }> {
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': contentType },
  }).formData();
  const files: StoredVersion['files'] = [];
  let isDefault = false;
  for (const [key, value] of form.entries()) {
    if (key === 'default' && value === 'true') isDefault = true;
    else if (key === 'files[]' && value instanceof File) {
      files.push({ path: value.name, type: value.type, content: Buffer.from(await value.arrayBuffer()) });
    } else throw new UploadError(`Unknown parameter: '${key}'.`);
  }
  const folders = new Set(files.map(({ path }) => path.split('/')[0] ?? ''));
  const [folder] = folders;
  if (folder === undefined || folders.size !== 1 || files.some(({ path }) => !path.includes('/')))
    throw new UploadError('All files must lie in a single top-level folder.');
  if (files.filter(({ path }) => path.toLowerCase() === `${folder}/skill.md`).length !== 1)
    throw new UploadError('A skill needs exactly one SKILL.md in its top-level folder.');
  if (new Set(files.map(({ path }) => path)).size !== files.length)
    throw new UploadError('Two files have one path.');
  return { folder, files, isDefault };
}
