import { gzipSync } from 'node:zlib';

/** An entry of a tar, byte by byte; what is given is written as it is. */
export interface TarPart {
  name: string | Buffer;
  content?: string | Buffer;
  mode?: number;
  /** The type's character: `0` file, `1` hard link, `2` link, `3`, `4` devices, `5` folder, `6` pipe, `x` extension header. */
  type?: string;
  link?: string;
  size?: number;
}

const block = 512;

function header(part: TarPart, length: number): Buffer {
  const bytes = Buffer.alloc(block);
  Buffer.from(part.name).copy(bytes, 0, 0, 100);
  bytes.write(octal(part.mode ?? 0o644, 7), 100, 'latin1');
  bytes.write(octal(0, 7), 108, 'latin1');
  bytes.write(octal(0, 7), 116, 'latin1');
  bytes.write(octal(part.size ?? length, 11), 124, 'latin1');
  bytes.write(octal(0, 11), 136, 'latin1');
  bytes.write(part.type ?? '0', 156, 'latin1');
  bytes.write(part.link ?? '', 157, 'utf8');
  bytes.write('ustar\u000000', 257, 'latin1');
  bytes.fill(' ', 148, 156);
  bytes.write(
    `${octal(
      bytes.reduce((sum, byte) => sum + byte, 0),
      6,
    )}\0 `,
    148,
    'latin1',
  );
  return bytes;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

/** An extension header of one record, such as `path`, which holds for the entry after it. */
export function paxHeader(key: string, value: string): TarPart {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest) + 1;
  while (String(length).length + Buffer.byteLength(rest) !== length) length += 1;
  return { name: 'PaxHeader', type: 'x', content: `${length}${rest}` };
}

export function buildTar(parts: readonly TarPart[], { closed = true } = {}): Buffer {
  const blocks = parts.flatMap((part) => {
    const content = Buffer.from(part.content ?? '');
    const padding = Buffer.alloc((block - (content.length % block)) % block);
    return [header(part, content.length), content, padding];
  });
  return Buffer.concat([...blocks, Buffer.alloc(closed ? block * 2 : 0)]);
}

export function buildTarGz(parts: readonly TarPart[], options?: { closed?: boolean }): Buffer {
  return gzipSync(buildTar(parts, options));
}
