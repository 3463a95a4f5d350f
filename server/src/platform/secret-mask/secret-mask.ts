import { Transform, type Readable } from 'node:stream';
import { MaskScanner } from './mask-scanner';
import { MaskedText } from './masked-text';

/** What stands in a text for a secret. In bytes it is as many asterisks as the secret has bytes: formats keep their offsets. */
export const MASK = '•••';

/** A text that is masked while it comes. */
export interface TextMasking {
  readonly isHolding: boolean;
  /** What may be told by now. */
  push(text: string): string;
  /** The rest. */
  end(): string;
}

/**
 * Takes secrets out of what is told, however they are written: as they are, in base64, percent-encoded, escaped as in JSON, in hex. It guards
 * against accidents and curious readers; who runs code beside a secret can always disguise it so that nobody knows it again.
 */
export interface SecretMask {
  /** False when there is nothing to mask: all that is given comes back as it is. */
  readonly isActive: boolean;
  text(text: string): string;
  /** JSON with every string in it masked, names of properties too. What is no JSON (functions, buffers) stays. */
  value<Value>(value: Value): Value;
  textStream(): TextMasking;
  bytes(bytes: Buffer): Buffer;
  /** As many bytes as come in, a little later. An error of the source is the answer's; destroying the answer destroys the source. */
  byteStream(source: Readable): Readable;
}

/** Masks nothing. */
export const noMask: SecretMask = {
  isActive: false,
  text: (text) => text,
  value: (value) => value,
  textStream: () => ({ isHolding: false, push: (text) => text, end: () => '' }),
  bytes: (bytes) => bytes,
  byteStream: (source) => source,
};

/** Empty secrets are passed over. Secrets of less than four characters blot out honest words: refuse them where they are entered. */
export function createSecretMask(secrets: readonly string[]): SecretMask {
  const known = [...new Set(secrets)].filter((secret) => secret !== '');
  if (known.length === 0) return noMask;
  const ofText = new MaskScanner(known, 'text');
  let ofBytes: MaskScanner | undefined;

  const textStream = () => new MaskedText(ofText, (_units, begun) => (begun ? '' : MASK));
  const byteText = () =>
    new MaskedText((ofBytes ??= new MaskScanner(known, 'bytes')), (units) => '*'.repeat(units));
  const text = (plain: string): string => {
    const masked = textStream();
    return masked.push(plain) + masked.end();
  };

  return {
    isActive: true,
    text,
    value: (value) => maskValue(value, text),
    textStream,
    bytes(bytes) {
      const masked = byteText();
      return Buffer.from(masked.push(bytes.toString('latin1')) + masked.end(), 'latin1');
    },
    byteStream: (source) => maskBytes(source, byteText()),
  };
}

function maskValue<Value>(value: Value, mask: (text: string) => string): Value {
  return mapStrings(value, mask) as Value;
}

function mapStrings(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, mask));
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [mask(key), mapStrings(item, mask)]));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function maskBytes(source: Readable, masked: MaskedText): Readable {
  const transform = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, Buffer.from(masked.push(chunk.toString('latin1')), 'latin1'));
    },
    flush(done) {
      done(null, Buffer.from(masked.end(), 'latin1'));
    },
    destroy(error, done) {
      source.destroy(error ?? undefined);
      done(error);
    },
  });
  source.once('error', (error) => transform.destroy(error));
  return source.pipe(transform);
}
