import { isUtf8 } from 'node:buffer';

/**
 * Text of a file that is meant to be UTF-8 but may hold other bytes. Such a byte becomes a lone low surrogate (U+DC80–U+DCFF),
 * which no valid text contains, so that `encodeLossless` gives back every byte as it was.
 */
export function decodeLossless(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const parts: string[] = [];
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    const line = bytes.subarray(start, end);
    parts.push(isUtf8(line) ? line.toString('utf8') : decodeLine(line));
    start = end;
  }
  return parts.join('');
}

function decodeLine(line: Buffer): string {
  let text = '';
  for (let at = 0; at < line.length;) {
    const length = sequenceLength(line[at] ?? 0);
    const sequence = line.subarray(at, at + length);
    const valid = isUtf8(sequence);
    text += valid ? sequence.toString('utf8') : String.fromCharCode(0xdc00 + (line[at] ?? 0));
    at += valid ? length : 1;
  }
  return text;
}

function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}

// With the `u` flag these match lone surrogates only.
const foreignByte = /[\udc80-\udcff]/u;
const foreignBytes = /([\udc80-\udcff])/gu;
const notStorable = /\0|\p{Surrogate}/gu;

/** The inverse of `decodeLossless`. */
export function encodeLossless(text: string): Buffer {
  if (!foreignByte.test(text)) return Buffer.from(text, 'utf8');
  const parts = text.split(foreignBytes).map((part, index) => {
    return index % 2 === 1 ? Buffer.from([part.charCodeAt(0) & 0xff]) : Buffer.from(part, 'utf8');
  });
  return Buffer.concat(parts);
}

/** Whether some byte of the file was not UTF-8, and where the first is. */
export function findForeignByte(text: string): number | undefined {
  const index = text.search(foreignByte);
  return index === -1 ? undefined : index;
}

/** Reads each byte that is not UTF-8 as Windows-1252, which is what such bytes nearly always are. */
export function replaceForeignBytes(text: string): string {
  const western = new TextDecoder('windows-1252');
  return text.replace(foreignBytes, (byte) => western.decode(Buffer.from([byte.charCodeAt(0) & 0xff])));
}

/** Text that every database can hold: without NUL and lone surrogates. */
export function storable(text: string): string {
  return text.replace(notStorable, '\ufffd');
}
