/** A file of a folder, with its path from the folder that was chosen or dropped. */
export interface FolderFile {
  path: string;
  file: Blob;
}

/** One skill to be imported: an archive, or the files of its folder. */
export interface BundleSource {
  name: string;
  content: { archive: File } | { files: FolderFile[] };
}

const isSkillFile = (path: string) => /(^|\/)skill\.md$/i.test(path);
const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const lies = (path: string, folder: string) => folder === '' || path.startsWith(`${folder}/`);
/** What operating systems and version control leave behind; it is no part of a skill. */
const isLitter = (path: string) => /(^|\/)(\.DS_Store|Thumbs\.db|__MACOSX|\.git)(\/|$)/.test(path);

/**
 * The skills in a folder: every folder with a `SKILL.md` is one, with all that lies below it. A folder without any is handed
 * over whole, so that the server says what is missing. Files outside of all skills are left out.
 */
export function skillsIn(files: readonly FolderFile[]): BundleSource[] {
  const kept = files.filter(({ path }) => !isLitter(path));
  const folders = [
    ...new Set(kept.filter(({ path }) => isSkillFile(path)).map(({ path }) => folderOf(path))),
  ];
  const roots = folders.filter((folder) => !folders.some((other) => other !== folder && lies(folder, other)));
  if (roots.length === 0) {
    const [first] = kept;
    return first ? [{ name: first.path.split('/')[0] ?? first.path, content: { files: kept } }] : [];
  }
  return roots.sort().map((root) => {
    // Paths begin with the skill's own folder, whose name its `name` is compared with.
    const above = folderOf(root);
    const from = above === '' ? 0 : above.length + 1;
    const own = kept.filter(({ path }) => lies(path, root));
    return {
      name: root,
      content: { files: own.map(({ path, file }) => ({ path: path.slice(from), file })) },
    };
  });
}

export const archivePattern = /\.(zip|skill|tar\.gz|tgz)$/i;

/** Files chosen one by one: each archive is a skill; loose files together are one folder. */
export function sourcesOf(files: readonly File[]): BundleSource[] {
  const archives = files.filter(({ name }) => archivePattern.test(name));
  const loose = files
    .filter(({ name }) => !archivePattern.test(name))
    .map((file) => ({ path: file.name, file }));
  return [...archives.map((archive) => ({ name: archive.name, content: { archive } })), ...skillsIn(loose)];
}

/** The form that the import and the upload of a version take. */
export function formOf(source: BundleSource, fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if ('archive' in source.content) {
    form.append('file', source.content.archive);
    return form;
  }
  // A server may see the files in another order, and not every one keeps the folders of a name: each is named by its place.
  form.append('paths', JSON.stringify(source.content.files.map(({ path }) => path)));
  source.content.files.forEach(({ file }, index) => form.append('files', file, String(index)));
  return form;
}
