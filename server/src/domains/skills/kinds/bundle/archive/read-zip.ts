import type { FileHandle } from 'node:fs/promises';
import type { ContentLimits } from '../../../../versions';
import type { BundleFile } from '../bundle';
import { createCollector } from './collector';
import { explainError } from './explain-error';
import { readEntryData } from './inflate-entry';
import { readDirectory } from './zip-directory';
import { openZip } from './zip-source';

/** The files of a zip. Its sizes and checksums are checked against the data, which is inflated with a cap. */
export async function readZip(file: FileHandle, limits: ContentLimits): Promise<BundleFile[]> {
  const collector = createCollector(limits);
  try {
    const source = await openZip(file);
    for (const zipEntry of await readDirectory(source, limits)) {
      const { entry, path, isFolder, executable } = zipEntry;
      if (isFolder) continue;
      const content = () => readEntryData(source, zipEntry);
      await collector.add({ path, size: entry.uncompressedSize, executable, content });
    }
  } catch (error) {
    throw explainError(error);
  }
  return collector.files;
}
