import { findingSchema, skillMetadataSchema } from 'strapi-plugin-skills-shared/contracts';
import { contentOf } from './bundle-alias';
import { editFrontmatter } from './frontmatter-values';
import { decodeLossless, encodeLossless } from './frontmatter/lossless-text';
import { bundleKind } from './kind';
import { repairBundle } from './repair';

/** A small generator with a fixed seed: a failure comes again. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const skill = [
  '---',
  'name: sums # why',
  "description: 'Adds: it''s simple'",
  'license: "MIT \\u00e9"',
  'metadata:',
  '  author: me',
  '  tags: [a, "b"]',
  'inputs:',
  '  - name: rows',
  '    type: number',
  'compatibility: >-',
  '  Any',
  '  place',
  '---',
  '# Body',
  '',
].join('\n');

const pieces = ['\t', ':', ': ', ' #', '"', "'", '[', ']', '{', '}', '*', '&', '!', '|', '>', '-', '- ', '---\n', '\n', '\r\n', '\0', '\ufeff', 'ü', '🍌', '\udc80', '<<: *a\n', '%', '@', '`', '?', ',', ' ', '\\', 'name: x\n', '  ', '...\n']; // prettier-ignore

/** The skill with a few pieces put in, cut out or moved. */
function garble(random: (below: number) => number): string {
  let text = skill;
  for (let edits = 1 + random(6); edits > 0; edits -= 1) {
    const at = random(text.length);
    const cut = random(3) === 0 ? random(12) : 0;
    text = text.slice(0, at) + (pieces[random(pieces.length)] ?? '') + text.slice(at + cut);
  }
  return text;
}

function bundleOf(content: Buffer) {
  return contentOf({ folder: 'sums', files: [{ path: 'SKILL.md', content, executable: false }] }, 'sums');
}

const rounds = 250;

it('garbled files are validated and repaired without a crash, and repairs hold', async () => {
  const random = createRandom(2);
  for (let round = 0; round < rounds; round += 1) {
    const source = encodeLossless(garble(random));
    const { findings, metadata } = await bundleKind.validate(bundleOf(source));
    expect(findingSchema.array().parse(findings)).toEqual(findings);
    expect(skillMetadataSchema.parse(metadata)).toEqual(metadata);
    const [change] = await repairBundle(bundleOf(source), 'all');
    const repaired = change?.type === 'put' ? change.content : source;
    const after = await bundleKind.validate(bundleOf(repaired));
    const left = after.findings.filter((finding) => finding.repair !== undefined);
    if (left.length > 0)
      throw new Error(JSON.stringify([decodeLossless(source), decodeLossless(repaired), left], null, 1));
  }
}, 60_000);

it('an edit of a garbled file changes that field, and no other', async () => {
  const random = createRandom(5);
  for (let round = 0; round < rounds; round += 1) {
    const source = encodeLossless(garble(random));
    const before = await bundleKind.validate(bundleOf(source));
    if (before.findings.some(({ code }) => code.startsWith('frontmatter-'))) continue;
    const edited = editFrontmatter(source, { license: 'New: one' });
    const after = await bundleKind.validate(bundleOf(edited));
    const expected = { ...before.metadata, license: 'New: one' };
    try {
      expect(after.metadata).toEqual(expected);
    } catch {
      throw new Error(
        JSON.stringify([decodeLossless(source), decodeLossless(edited), after.metadata, expected], null, 1),
      );
    }
  }
}, 60_000);

it('any bytes are decoded and encoded without loss', () => {
  const random = createRandom(3);
  for (let round = 0; round < 500; round += 1) {
    const bytes = Buffer.from(
      Array.from(
        { length: random(60) },
        () => [0xed, 0xa0, 0xb2, 0x80, 0xf0, 0x9f, 0x41, 0x0a, 0xff][random(9)] ?? 0,
      ),
    );
    expect(encodeLossless(decodeLossless(bytes)).equals(bytes)).toBe(true);
  }
});
