import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createSecretMask, MASK, noMask, type SecretMask } from './secret-mask';

const secret = "p@ss/w0rd 'ünï' 🔑+x";
const pem = [
  '-----BEGIN KEY-----',
  ...Array.from({ length: 20 }, () => randomBytes(48).toString('base64')),
  '-----END KEY-----',
].join('\n');
const utf8 = (text: string) => Buffer.from(text, 'utf8');

/** A text told in pieces that end at these places. */
function inPieces(mask: SecretMask, text: string, cuts: readonly number[]): string[] {
  const stream = mask.textStream();
  const told: string[] = [];
  let start = 0;
  for (const cut of [...cuts, text.length]) {
    told.push(stream.push(text.slice(start, cut)));
    start = cut;
  }
  return [...told, stream.end()];
}

describe('masking texts', () => {
  const mask = createSecretMask([secret]);

  it.each([
    ['as it is', secret],
    ['for a URL', encodeURIComponent(secret)],
    ['for a URL in lowercase', encodeURIComponent(secret).replace(/%../g, (hex) => hex.toLowerCase())],
    ['for a form', new URLSearchParams({ a: secret }).toString().slice(2)],
    ['for a URL, all of it', [...utf8(secret)].map((byte) => `%${byte.toString(16)}`).join('')],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    [
      'in JSON of ASCII',
      secret.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ],
    ['in JSON with escaped slashes', secret.replaceAll('/', '\\/')],
    ['in hex', utf8(secret).toString('hex')],
    ['in uppercase hex', utf8(secret).toString('hex').toUpperCase()],
    ['quoted for a shell', secret.replaceAll("'", String.raw`'\''`)],
  ])('hides a secret that is written %s', (_how, written) => {
    expect(mask.text(`before ${written} after`)).toBe(`before ${MASK} after`);
  });

  it.each([0, 1, 2, 3, 4, 5])('hides it in base64 after %i other bytes, in both alphabets', (offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset, 'x'), utf8(`${secret}and more`)]);
    for (const encoding of ['base64', 'base64url'] as const) {
      const written = bytes.toString(encoding);
      const masked = mask.text(written);
      expect(masked).toContain(MASK);
      // What is left of the secret are bits at its edges, which its neighbours share.
      const edge = 2;
      const own = written.slice(
        Math.ceil((offset * 8) / 6) + edge,
        Math.floor(((offset + utf8(secret).length) * 8) / 6) - edge,
      );
      for (let at = 0; at + 4 <= own.length; at += 1) expect(masked).not.toContain(own.slice(at, at + 4));
    }
  });

  it('hides base64 that is wrapped into lines', () => {
    const written = utf8(`Basic ${secret}`).toString('base64');
    for (let width = 1; width < written.length; width += 1) {
      const wrapped = written.replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n');
      const open = mask.text(wrapped).replaceAll(/\s/g, '').replaceAll(MASK, '');
      expect(open.length).toBeLessThan(written.length - utf8(secret).length);
    }
  });

  it('hides secrets that overlap', () => {
    expect(createSecretMask(['abcdef', 'defghi', 'abcd']).text('xabcdefghix abcd')).toBe(`x${MASK}x ${MASK}`);
  });

  it('hides a secret of many lines, and each of its lines', () => {
    const long = createSecretMask([pem]);
    expect(long.text(`a${pem}b`)).toBe(`a${MASK}b`);
    const lines = pem.split('\n');
    expect(long.text(lines.map((line) => `> ${line}`).join('\n'))).not.toContain(
      lines[5]?.slice(3, 20) ?? '',
    );
    expect(long.text('-----BEGIN KEY-----')).toBe('-----BEGIN KEY-----');
  });

  it('leaves what is no secret', () => {
    for (const text of ['', secret.slice(0, -1), 'p@ss', '%70%40', '\ud83d', '\\u0070'])
      expect(mask.text(text)).toBe(text);
  });

  it('masks all strings of a value, and leaves the rest', () => {
    const open = () => 1;
    const value = { [secret]: [secret, 1, null, { deep: `a ${secret}` }], open };
    expect(mask.value(value)).toEqual({ [MASK]: [MASK, 1, null, { deep: `a ${MASK}` }], open });
  });

  it('costs nothing without secrets', () => {
    expect(createSecretMask(['', ''])).toBe(noMask);
    const value = { a: secret };
    const source = Readable.from([]);
    expect(noMask.value(value)).toBe(value);
    expect(noMask.byteStream(source)).toBe(source);
  });
});

describe('masking a text that comes in pieces', () => {
  const mask = createSecretMask([secret, 'abab', 'babx']);
  const texts = [
    `log in with ${secret}, then go on`,
    `${secret}${secret}`,
    `half: ${secret.slice(0, 9)}`,
    `${secret.slice(0, 9)}${secret}`,
    `Bearer ${utf8(`id:${secret}`).toString('base64')}==`,
    encodeURIComponent(secret),
    'ababab ababx bababab babxabab aba',
  ];

  it.each(texts)('gives what masking it at once gives, wherever it is cut: %s', (text) => {
    const whole = mask.text(text);
    for (let first = 0; first <= text.length; first += 1)
      for (let second = first; second <= text.length; second += 3)
        expect(inPieces(mask, text, [first, second]).join('')).toBe(whole);
    const units = Array.from({ length: text.length }, (_, at) => at);
    expect(inPieces(mask, text, units).join('')).toBe(whole);
  });

  it('never tells a piece of a secret', () => {
    for (let cut = 0; cut <= secret.length; cut += 1)
      expect(inPieces(mask, `a ${secret} z`, [cut + 2]).join('|')).not.toMatch(/w0rd|@ss|ünï/);
  });

  it('holds back nothing but what may become a secret', () => {
    const stream = mask.textStream();
    expect(stream.push('an honest sentence, ')).toBe('an honest sentence, ');
    expect(stream.push(`as is ${secret.slice(0, 3)}`)).toBe('as is ');
    expect(stream.isHolding).toBe(true);
    expect(stream.push('!')).toBe(`${secret.slice(0, 3)}!`);
    expect(stream.isHolding).toBe(false);
  });

  it('holds back little of a long secret', () => {
    const long = createSecretMask([randomBytes(8_000).toString('base64')]);
    const stream = long.textStream();
    let told = 0;
    for (let index = 0; index < 100; index += 1) told += stream.push('x'.repeat(1_000)).length;
    expect(100_000 - told).toBeLessThan(5_000);
  });

  it('gives what masking at once gives, for texts and cuts by chance', () => {
    const letters = 'ab';
    let seed = 7;
    const chance = (below: number) => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed % below;
    };
    const word = (length: number) => Array.from({ length }, () => letters[chance(2)]).join('');
    for (let round = 0; round < 300; round += 1) {
      const some = createSecretMask([word(4), word(5), word(7)]);
      const text = word(60);
      const cuts = Array.from({ length: 8 }, () => chance(60)).sort((a, b) => a - b);
      expect(inPieces(some, text, cuts).join('')).toBe(some.text(text));
    }
  });
});

describe('masking bytes', () => {
  const mask = createSecretMask([secret]);
  const image = Buffer.concat([randomBytes(50), utf8(secret), randomBytes(50), utf8(secret)]);

  it('keeps their number and hides what is secret', async () => {
    const hidden = Buffer.alloc(utf8(secret).length, '*');
    const expected = Buffer.concat([image.subarray(0, 50), hidden, image.subarray(-50 - hidden.length)]);
    hidden.copy(expected, expected.length - hidden.length);
    expect(mask.bytes(image)).toEqual(expected);
    for (let cut = 0; cut <= image.length; cut += 1) {
      const source = Readable.from([image.subarray(0, cut), image.subarray(cut)]);
      expect(await buffer(mask.byteStream(source))).toEqual(expected);
    }
  });

  it('hides other ways of writing it', () => {
    const json = JSON.stringify({ key: secret, basic: utf8(secret).toString('base64') });
    const masked = mask.bytes(utf8(json));
    expect(masked.length).toBe(utf8(json).length);
    expect(masked.toString()).not.toContain('w0rd');
    expect(masked.toString()).toMatch(/^\{"key":"\*+","basic":"\*+.{0,4}"\}$/);
  });

  it('hands an error of the source on, and ends the source with itself', async () => {
    const broken = new Readable({ read() {} });
    const reading = buffer(mask.byteStream(broken));
    broken.destroy(new Error('broken'));
    await expect(reading).rejects.toThrow('broken');
    const source = new Readable({ read() {} });
    mask.byteStream(source).destroy();
    expect(source.destroyed).toBe(true);
  });
});
