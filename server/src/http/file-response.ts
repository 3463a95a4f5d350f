import path from 'node:path';
import type { Readable } from 'node:stream';
import type { Context } from 'koa';
import { lookup } from 'mime-types';

export interface FileToSend {
  /** What the file is called when it is saved; its folders are left out. */
  name: string;
  /** Identity of the bytes; sent as a strong ETag. */
  digest: string;
  /** Bytes, where they are known. */
  size?: number;
  /** By the name's extension when it is left out. */
  mime?: string;
  /** Whether a browser may show it in place, where that is safe. */
  inline: boolean;
  open(): Promise<Readable> | Readable;
}

/**
 * Types that a browser shows without running anything in them. HTML, SVG and other XML can hold scripts, which would run as
 * this server's: such files are only ever saved.
 */
const shownInPlace =
  /^(image\/(png|jpeg|gif|webp|avif|bmp)|text\/(plain|markdown|csv)|application\/(json|pdf)|(audio|video)\/.+)$/;

/** Answers a file whose content nobody vouches for, or 304 when the caller has it. */
export async function sendFile(ctx: Context, file: FileToSend): Promise<void> {
  if (isUnchanged(ctx, file.digest)) return;
  const mime = file.mime ?? mimeOf(file.name);
  const inline = file.inline && shownInPlace.test(mime);
  const content = await file.open();
  ctx.attachment(path.posix.basename(file.name), { type: inline ? 'inline' : 'attachment' });
  ctx.set(
    'Content-Type',
    mime.startsWith('text/') || mime === 'application/json' ? `${mime}; charset=utf-8` : mime,
  );
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Content-Security-Policy', "default-src 'none'; sandbox");
  ctx.body = content;
  if (file.size !== undefined) ctx.length = file.size;
}

/** Sets the ETag, and answers 304 when the caller's `If-None-Match` names it. The caller must ask again each time. */
export function isUnchanged(ctx: Context, digest: string): boolean {
  ctx.status = 200;
  ctx.set('ETag', `"${digest}"`);
  ctx.set('Cache-Control', 'private, no-cache');
  if (!ctx.fresh) return false;
  ctx.status = 304;
  return true;
}

/** By the name's extension. Source code is text, whatever a registry of media types makes of `.ts`. */
export function mimeOf(name: string): string {
  if (/\.(ts|tsx|mts|cts|py|sh|rb|rs|go|java|c|h|toml|jsonl)$/i.test(name)) return 'text/plain';
  return lookup(name) || 'application/octet-stream';
}
