import type { Entry, LocalFileHeader, ZipFile } from 'yauzl';
import type { ContentLimits } from '../../../../versions';
import { quoteName, refusal } from '../refusal';
import { maxEntries } from './collector';
import { decodeName, entryPath } from './entry-name';
import type { ZipSource } from './zip-source';

/** An entry whose headers were checked; its data was not read yet. */
export interface ZipEntry {
  entry: Entry;
  /** Relative to the archive's root; `''` is the root itself. */
  path: string;
  isFolder: boolean;
  executable: boolean;
  /** Where the data begins, in bytes from the archive's start. */
  dataStart: number;
}

type Checked = Omit<ZipEntry, 'dataStart'>;

interface Span {
  path: string;
  start: number;
  end: number;
}

const flags = { encrypted: 0x1, sizesFollowData: 0x8, strongEncryption: 0x40 } as const;
const unixTypes = { mask: 0o170000, none: 0, regular: 0o100000, folder: 0o040000, link: 0o120000 } as const;
const unixHosts = new Set([3, 19]);
const endOfDirectory = new Set([0x06054b50, 0x06064b50]);
const inZip64Field = 0xffffffff;

/**
 * Reads the directory at a zip's end and the header before each entry's data, and refuses whatever two programs could read
 * differently: names, methods or sizes that disagree, data that overlaps, entries that the count leaves out.
 */
export async function readDirectory({ zip, read }: ZipSource, limits: ContentLimits): Promise<ZipEntry[]> {
  if (zip.entryCount > maxEntries(limits)) {
    throw refusal('too-many-entries', `The archive has more than ${maxEntries(limits)} entries.`);
  }
  const directoryStart = cursorOf(zip);
  const entries: ZipEntry[] = [];
  const spans: Span[] = [];
  for await (const entry of zip.eachEntry()) {
    const checked = checkEntry(entry, limits);
    const local = await zip.readLocalFileHeaderPromise(entry);
    checkLocalHeader(checked, local);
    entries.push({ ...checked, dataStart: local.fileDataStart });
    const end = local.fileDataStart + entry.compressedSize;
    spans.push({ path: checked.path, start: entry.relativeOffsetOfLocalHeader, end });
  }
  checkSpans(spans, directoryStart);
  checkDirectoryEnd(await read(cursorOf(zip), 4));
  return entries;
}

/** The offset of the directory's next record. The published type says boolean; it is bytes from the file's start. */
function cursorOf(zip: ZipFile): number {
  return Number(zip.readEntryCursor);
}

function checkEntry(entry: Entry, limits: ContentLimits): Checked {
  const name = decodeName(entry.fileNameRaw);
  if (entry.generalPurposeBitFlag & (flags.encrypted | flags.strongEncryption)) {
    throw refusal('entry-encrypted', `The file ${quoteName(name)} is encrypted.`, name);
  }
  // The upper half holds Unix's mode, and unpackers honour its type whatever system the archive says it was made on.
  const mode = entry.externalFileAttributes >>> 16;
  const type = mode & unixTypes.mask;
  if (type === unixTypes.link) throw refusal('entry-link', `The entry ${quoteName(name)} is a link.`, name);
  if (type !== unixTypes.none && type !== unixTypes.regular && type !== unixTypes.folder) {
    throw refusal('entry-device', `The entry ${quoteName(name)} is a device, pipe or socket.`, name);
  }
  const isFolder = name.endsWith('/') || type === unixTypes.folder;
  const path = entryPath(name, isFolder, limits);
  if (isFolder && entry.uncompressedSize > 0) {
    throw refusal('entry-size-mismatch', `The folder ${quoteName(name)} has content of its own.`, name);
  }
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    const message = `The file ${quoteName(name)} is compressed by method ${entry.compressionMethod}, which is not supported.`;
    throw refusal('entry-compression', message, name);
  }
  const executable = unixHosts.has(entry.versionMadeBy >>> 8) && (mode & 0o111) !== 0;
  return { entry, path, isFolder, executable };
}

function checkLocalHeader({ entry, path }: Checked, local: LocalFileHeader): void {
  const sizesKnown = !(local.generalPurposeBitFlag & flags.sizesFollowData);
  const agrees =
    local.fileName.equals(entry.fileNameRaw) &&
    local.compressionMethod === entry.compressionMethod &&
    !(local.generalPurposeBitFlag & (flags.encrypted | flags.strongEncryption)) &&
    (!sizesKnown || local.crc32 === entry.crc32) &&
    (!sizesKnown || local.compressedSize === inZip64Field || local.compressedSize === entry.compressedSize) &&
    (!sizesKnown ||
      local.uncompressedSize === inZip64Field ||
      local.uncompressedSize === entry.uncompressedSize);
  if (agrees) return;
  throw refusal(
    'entry-header-mismatch',
    `The archive says two different things about ${quoteName(path)}.`,
    path,
  );
}

function checkSpans(spans: readonly Span[], directoryStart: number): void {
  const sorted = [...spans].sort((a, b) => a.start - b.start || a.end - b.end);
  sorted.forEach((span, index) => {
    const limit = sorted[index + 1]?.start ?? directoryStart;
    if (span.end <= limit) return;
    throw refusal(
      'entry-overlap',
      `The data of ${quoteName(span.path)} overlaps other parts of the archive.`,
      span.path,
    );
  });
}

/** After the last record that was counted must come the directory's end: a further record is an entry that other programs see. */
function checkDirectoryEnd(signature: Buffer): void {
  if (signature.length === 4 && endOfDirectory.has(signature.readUInt32LE(0))) return;
  throw refusal('archive-damaged', 'The archive counts its entries wrongly.');
}
