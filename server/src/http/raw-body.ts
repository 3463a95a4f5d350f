import type { Context } from 'koa';
import { InvalidError, TooLargeError } from './errors';

/**
 * The bytes of an `application/octet-stream` body, which Strapi's body middleware leaves unread. Rejects with 400
 * `octet-stream-expected` for other types, and with 413 `body-too-large` past `limit` bytes, reading no further.
 */
export async function readRawBody(ctx: Context, limit: number): Promise<Buffer> {
  if (!ctx.is('application/octet-stream') && ctx.request.length !== 0) {
    throw new InvalidError('Send the content as application/octet-stream.', {
      code: 'octet-stream-expected',
    });
  }
  if (ctx.request.length !== undefined && ctx.request.length > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function tooLarge(limit: number): TooLargeError {
  return new TooLargeError(`The content is larger than ${limit} bytes.`, { code: 'body-too-large', limit });
}
