import { createReadStream, type ReadStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import { InvalidError, TooLargeError } from './errors';

/** A file of a multipart body, lying in a temporary file until its request has been answered. */
export interface Upload {
  /** The form field that it came in. */
  field: string;
  /** As its sender named it; never a path to trust. */
  name: string;
  mime: string;
  /** Bytes. */
  size: number;
  /** Of the temporary file. */
  path: string;
  read(): Promise<Buffer>;
  open(): ReadStream;
}

export interface MultipartBody {
  /** Every value of every text field, in the order sent. */
  fields: Map<string, string[]>;
  files: Upload[];
}

export interface UploadLimits {
  /** Bytes of one file. */
  maxFileBytes: number;
  /** Bytes of all files. */
  maxBytes: number;
  maxFiles: number;
}

/** A file as formidable 2 leaves it. */
interface TemporaryFile {
  filepath: string;
  originalFilename: string | null;
  mimetype: string | null;
  size: number;
}

export function isMultipart(ctx: Context): boolean {
  return Boolean(ctx.is('multipart'));
}

/**
 * The multipart body that Strapi's body middleware has parsed. Throws 400 `multipart-expected` when it is none, and 413
 * `upload-too-large` or 400 `too-many-files` beyond the limits.
 */
export function readMultipart(ctx: Context, limits: UploadLimits): MultipartBody {
  if (!isMultipart(ctx)) {
    throw new InvalidError('Send the files as multipart/form-data.', { code: 'multipart-expected' });
  }
  const files = temporaryFiles(ctx).map(([field, file]) => uploadOf(field, file));
  checkLimits(files, limits);
  const fields = new Map<string, string[]>();
  for (const [name, value] of Object.entries(Object(ctx.request.body ?? {}))) {
    fields.set(name, (Array.isArray(value) ? value : [value]).map(String));
  }
  return { fields, files };
}

/** Deletes the request's temporary files: Strapi deletes only those of the field called `files`. */
export async function removeUploads(ctx: Context, log: Core.Strapi['log']): Promise<void> {
  const paths = temporaryFiles(ctx).map(([, file]) => file.filepath);
  const results = await Promise.allSettled(paths.map((path) => rm(path, { force: true })));
  for (const result of results) {
    if (result.status === 'rejected')
      log.warn(`A temporary upload could not be removed: ${String(result.reason)}`);
  }
}

function temporaryFiles(ctx: Context): [string, TemporaryFile][] {
  const files: unknown = ctx.request.files;
  return Object.entries(Object(files ?? {})).flatMap(([field, value]) =>
    (Array.isArray(value) ? value : [value]).map((file: TemporaryFile): [string, TemporaryFile] => [
      field,
      file,
    ]),
  );
}

function uploadOf(field: string, file: TemporaryFile): Upload {
  return {
    field,
    name: file.originalFilename ?? '',
    mime: file.mimetype ?? 'application/octet-stream',
    size: file.size,
    path: file.filepath,
    read: () => readFile(file.filepath),
    open: () => createReadStream(file.filepath),
  };
}

function checkLimits(files: readonly Upload[], limits: UploadLimits): void {
  if (files.length > limits.maxFiles) {
    throw new InvalidError(`Send at most ${limits.maxFiles} files at once; these are ${files.length}.`, {
      code: 'too-many-files',
      limit: limits.maxFiles,
    });
  }
  const large = files.find((file) => file.size > limits.maxFileBytes);
  if (large) {
    throw new TooLargeError(`${large.name} is larger than ${limits.maxFileBytes} bytes.`, {
      code: 'upload-too-large',
      path: [large.field],
      limit: limits.maxFileBytes,
    });
  }
  const total = files.reduce((sum, file) => sum + file.size, 0);
  if (total > limits.maxBytes) {
    throw new TooLargeError(`The files are larger than ${limits.maxBytes} bytes together.`, {
      code: 'upload-too-large',
      limit: limits.maxBytes,
    });
  }
}
