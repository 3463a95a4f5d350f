import { crc32, deflateRawSync } from 'node:zlib';

/**
 * An entry of a zip, byte by byte. What is left out is honest; what is given is written as it is, in the directory, in the header
 * before the data, or in both.
 */
export interface ZipPart {
  name: string | Buffer;
  content?: string | Buffer;
  deflate?: boolean;
  method?: number;
  flags?: number;
  /** Unix mode with its type, as `0o120777` for a link. */
  mode?: number;
  /** What the archive claims instead of the truth. */
  size?: number;
  compressedSize?: number;
  crc?: number;
  /** What the header before the data says, where it differs from the directory. */
  local?: { name?: string | Buffer; method?: number; size?: number; crc?: number; flags?: number };
  /** Offset of the header that the directory points to. */
  offset?: number;
  extra?: Buffer;
  /** Bytes behind the data that belong to its compressed size. */
  trailing?: Buffer;
}

export interface ZipEnd {
  /** Entries that the end of the directory counts. */
  count?: number;
  comment?: Buffer;
  /** Bytes before the end record. */
  before?: Buffer;
}

const utf8Names = 0x800;

function u16(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16LE(value & 0xffff, index * 2));
  return bytes;
}

function u32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32LE(value >>> 0, index * 4));
  return bytes;
}

interface Made {
  local: Buffer;
  record: (offset: number) => Buffer;
}

function make(part: ZipPart): Made {
  const content = Buffer.from(part.content ?? '');
  const data = Buffer.concat([
    part.deflate ? deflateRawSync(content) : content,
    part.trailing ?? Buffer.alloc(0),
  ]);
  const name = Buffer.from(part.name);
  const method = part.method ?? (part.deflate ? 8 : 0);
  const flags = part.flags ?? utf8Names;
  const crc = part.crc ?? crc32(content);
  const size = part.size ?? content.length;
  const packed = part.compressedSize ?? data.length;
  const extra = part.extra ?? Buffer.alloc(0);
  const { local = {} } = part;
  const localName = Buffer.from(local.name ?? name);
  const header = Buffer.concat([
    u32(0x04034b50),
    u16(20, local.flags ?? flags, local.method ?? method, 0, 0),
    u32(local.crc ?? crc, packed, local.size ?? size),
    u16(localName.length, 0),
    localName,
  ]);
  const record = (offset: number) =>
    Buffer.concat([
      u32(0x02014b50),
      u16((3 << 8) | 20, 20, flags, method, 0, 0),
      u32(crc, packed, size),
      u16(name.length, extra.length, 0, 0, 0),
      u32((part.mode ?? 0o100644) << 16, part.offset ?? offset),
      name,
      extra,
    ]);
  return { local: Buffer.concat([header, data]), record };
}

/** A zip that says exactly what it is told to. */
export function buildZip(parts: readonly ZipPart[], end: ZipEnd = {}): Buffer {
  const made = parts.map(make);
  const records: Buffer[] = [];
  let offset = 0;
  for (const { local, record } of made) {
    records.push(record(offset));
    offset += local.length;
  }
  const directory = Buffer.concat(records);
  const comment = end.comment ?? Buffer.alloc(0);
  const count = end.count ?? parts.length;
  return Buffer.concat([
    ...made.map(({ local }) => local),
    directory,
    end.before ?? Buffer.alloc(0),
    u32(0x06054b50),
    u16(0, 0, count, count),
    u32(directory.length, offset),
    u16(comment.length),
    comment,
  ]);
}
