import type { Readable } from 'node:stream';

/** Bytes in which a NUL shows that a file is no text. */
const PROBED_BYTES = 8_192;

const images: readonly (readonly [string, readonly number[]])[] = [
  ['PNG', [0x89, 0x50, 0x4e, 0x47]],
  ['JPEG', [0xff, 0xd8, 0xff]],
  ['GIF', [0x47, 0x49, 0x46, 0x38]],
  ['BMP', [0x42, 0x4d]],
];

/** What a file's first bytes are of, when that is not text. */
export function binaryKind(start: Buffer): string | undefined {
  const head = start.subarray(0, PROBED_BYTES);
  if (!head.includes(0)) return undefined;
  const image = images.find(([, bytes]) => bytes.every((byte, index) => head[index] === byte))?.[0];
  if (image !== undefined) return `an image (${image})`;
  const isWebp = head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP';
  if (isWebp) return 'an image (WebP)';
  return head.toString('latin1', 0, 5) === '%PDF-' ? 'a PDF document' : 'a binary file';
}

/** A whole file of at most `limit` bytes; undefined when it is larger. */
export async function readWhole(content: Readable, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
