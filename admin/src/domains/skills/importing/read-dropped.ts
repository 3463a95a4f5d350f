import { archivePattern, skillsIn, type BundleSource, type FolderFile } from './bundle-source';

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject));

/** A folder's entries. Browsers hand them out a hundred at a time, and none when there are no more. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return entries;
    entries.push(...some);
  }
}

async function filesIn(entry: FileSystemEntry): Promise<FolderFile[]> {
  if (entry.isFile)
    return [{ path: entry.fullPath.replace(/^\//, ''), file: await fileOf(entry as FileSystemFileEntry) }];
  const entries = await entriesOf(entry as FileSystemDirectoryEntry);
  return (await Promise.all(entries.map(filesIn))).flat();
}

/** The entries of a drop. It must be called in the event itself: afterwards the browser has taken them back. */
export function droppedEntries(transfer: DataTransfer): FileSystemEntry[] {
  return [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
}

/** The skills that were dropped: archives, folders, several of both. */
export async function readDropped(entries: readonly FileSystemEntry[]): Promise<BundleSource[]> {
  const sources: BundleSource[] = [];
  const loose: FolderFile[] = [];
  for (const entry of entries) {
    if (entry.isDirectory) {
      sources.push(...skillsIn(await filesIn(entry)));
    } else if (archivePattern.test(entry.name)) {
      sources.push({ name: entry.name, content: { archive: await fileOf(entry as FileSystemFileEntry) } });
    } else {
      loose.push(...(await filesIn(entry)));
    }
  }
  return [...sources, ...skillsIn(loose)];
}
