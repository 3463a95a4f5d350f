import type { Context } from 'koa';
import { z } from 'zod';
import { InvalidError } from '../../../http/errors';
import { readMultipart, type Upload } from '../../../http/uploads';
import type { ContentLimits } from '../../versions';
import type { BundleSource } from '../kinds/bundle';

/** An archive may be larger than what it holds by its own overhead, and hardly more. */
const ARCHIVE_OVERHEAD = 1024 * 1024;

export interface UploadedSource {
  source: BundleSource;
  /** The archive's file name, or the folder's. */
  sourceName: string;
  fields: Map<string, string[]>;
}

/**
 * A bundle from a multipart body: an archive in the field `file`, or a folder's files in `files`. Each of these is named by its
 * path, or by its place in `paths`, a JSON list: files are written to disk side by side and arrive in the order in which that
 * ended, so that their own order says nothing. 400 `upload-missing`, `paths-mismatch`; 413 beyond the limits.
 */
export async function uploadedSource(ctx: Context, limits: ContentLimits): Promise<UploadedSource> {
  const { files: uploads, fields } = readMultipart(ctx, {
    maxFileBytes: limits.maxBytes + ARCHIVE_OVERHEAD,
    maxBytes: limits.maxBytes + ARCHIVE_OVERHEAD,
    maxFiles: limits.maxFiles,
  });
  const archive = uploads.find(({ field }) => field === 'file');
  if (archive) return { source: { archive: archive.path }, sourceName: archive.name, fields };
  const files = uploads.filter(({ field }) => field === 'files');
  if (files.length === 0) {
    throw new InvalidError('Send an archive as "file", or a folder as "files" with "paths".', {
      code: 'upload-missing',
      path: ['file'],
    });
  }
  const paths = pathsOf(files, fields.get('paths')?.[0]);
  const contents = await Promise.all(
    files.map(async (file, index) => ({ path: paths[index] ?? '', content: await file.read() })),
  );
  contents.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { source: { files: contents }, sourceName: contents[0]?.path.split('/')[0] ?? '', fields };
}

/** The path of each file, in the order of `files`. */
function pathsOf(files: readonly Upload[], list: string | undefined): string[] {
  if (list === undefined) return files.map(({ name }) => name);
  const paths = parseList(list);
  const places = new Set(files.map(({ name }) => Number(name)));
  const paired = files.map(({ name }) => paths[Number(name)]);
  if (paths.length === files.length && places.size === files.length) {
    const known = paired.filter((path) => path !== undefined);
    if (known.length === files.length) return known;
  }
  throw new InvalidError('Send as many "paths" as "files", and name each file by its place in "paths".', {
    code: 'paths-mismatch',
    path: ['paths'],
  });
}

function parseList(json: string): string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(json));
  } catch {
    // Whatever it is, it is not the list: the caller says what is wanted.
    return [];
  }
}
