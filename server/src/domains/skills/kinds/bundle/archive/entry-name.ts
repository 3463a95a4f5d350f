import { checkPath } from '../../../../versions';
import type { ContentLimits } from '../../../../versions';
import { refusal, refuseProblem } from '../refusal';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The name of an archive's entry; refuses what is not UTF-8, because every system would read other names into it. */
export function decodeName(bytes: Buffer): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    const shown = bytes.toString('latin1');
    throw refusal('entry-name-encoding', `The name ${JSON.stringify(shown)} is not valid UTF-8.`, shown);
  }
}

/**
 * The path of an entry relative to the archive's root, without the `./` that `tar` writes and a folder's closing slash; `''` is the
 * root itself. Refuses hostile names. An archive may nest its skill in folders, so that lengths are only capped here, at
 * twice the limit; they are checked exactly once the bundle's own folder is known.
 */
export function entryPath(name: string, isFolder: boolean, limits: ContentLimits): string {
  const relative = name.replace(/^(?:\.\/)+/, '');
  const path = isFolder ? relative.replace(/\/$/, '') : relative;
  if (isFolder && (path === '' || path === '.') && name.startsWith('.')) return '';
  const loose = { maxPathBytes: limits.maxPathBytes * 2, maxDepth: limits.maxDepth * 2 };
  refuseProblem(checkPath(path, loose));
  return path;
}
