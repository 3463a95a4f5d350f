import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { findingSchema, isUsable, skillMetadataSchema } from 'strapi-plugin-skills-shared/contracts';
import { findCorpus } from '../../../../../../tests/support/corpus';
import {
  contentOf,
  editFrontmatter,
  findSkillFolders,
  readBundle,
  repairBundle,
  writeArchive,
  type Bundle,
} from './index';
import { skillFileName } from './bundle';
import { bundleKind } from './kind';

const bundles: Bundle[] = [];

beforeAll(async () => {
  const corpus = findCorpus();
  if (!corpus) return;
  for (const folder of await findSkillFolders(corpus)) bundles.push(await readBundle({ folder }));
  expect(bundles.length).toBeGreaterThan(100);
});

const validate = (bundle: Bundle) => bundleKind.validate(contentOf(bundle, bundle.folder ?? ''));

function skillFile(bundle: Bundle): Buffer {
  return bundle.files.find((file) => file.path === skillFileName)?.content ?? Buffer.alloc(0);
}

function withSkillFile(bundle: Bundle, content: Buffer): Bundle {
  const files = bundle.files.map((file) => (file.path === skillFileName ? { ...file, content } : file));
  return { ...bundle, files };
}

function digests({ files }: Bundle): string[] {
  return files
    .map(({ path: name, content, executable }) => {
      return `${name} ${createHash('sha256').update(content).digest('hex')} ${executable}`;
    })
    .sort();
}

describe('real bundles', () => {
  it('all validate, with findings and metadata of the published shape', async () => {
    for (const bundle of bundles) {
      const { findings, metadata } = await validate(bundle);
      expect(isUsable(findings)).toBe(true);
      expect(findingSchema.array().parse(findings)).toEqual(findings);
      expect(skillMetadataSchema.parse(metadata)).toEqual(metadata);
      expect(metadata.description).toBeTruthy();
    }
  });

  it('tell the line of each finding in a field', async () => {
    for (const bundle of bundles) {
      const lines = skillFile(bundle).toString('utf8').split('\n');
      const { findings } = await validate(bundle);
      for (const { field, line } of findings.filter((finding) => finding.field)) {
        expect(lines[(line ?? 0) - 1]).toContain(field?.split('.').at(-1));
      }
    }
  });

  it.each(['zip', 'tar.gz'] as const)(
    'come back from a %s with the same digests',
    async (format) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'corpus-'));
      for (const bundle of bundles) {
        const files = bundle.files.map((file) => ({ ...file, content: () => Promise.resolve(file.content) }));
        const archive = path.join(folder, 'archive');
        await writeFile(archive, await buffer(writeArchive(format, { folder: bundle.folder ?? '', files })));
        const again = await readBundle({ archive });
        expect(again.folder).toBe(bundle.folder);
        expect(digests(again)).toEqual(digests(bundle));
      }
      await rm(folder, { recursive: true });
    },
    60_000,
  );

  it('keep every finding away that was repaired', async () => {
    for (const bundle of bundles) {
      const { findings } = await validate(bundle);
      for (const { code, field } of findings.filter(({ repair }) => repair)) {
        const changes = await repairBundle(contentOf(bundle, bundle.folder ?? ''), [{ code, field }]);
        const put = changes.find((change) => change.type === 'put');
        expect(put).toBeDefined();
        const after = await validate(
          withSkillFile(bundle, put?.type === 'put' ? put.content : Buffer.alloc(0)),
        );
        expect(after.findings.filter((each) => each.code === code && each.field === field)).toEqual([]);
        expect(after.findings.length).toBeLessThan(findings.length);
      }
    }
  });

  it('stay as they are when a field is set to what it is', async () => {
    for (const bundle of bundles) {
      const source = skillFile(bundle);
      const { metadata } = await validate(bundle);
      expect(editFrontmatter(source, metadata).equals(source)).toBe(true);
    }
  });

  it.each([
    ['name', 'another-name'],
    ['description', 'Use when: "quoted", #hash & *stars* — ünïcode 🍌'],
    ['description', 'One line.\n\nAnd another: with a colon.'],
    ['license', 'true'],
    ['version', '1.0'],
    ['tags', ['one', 'two: three', '007']],
    ['allowedTools', ['Read', 'Bash(git log:*)']],
    ['allowNetwork', true],
    ['metadata', { author: 'me', 'odd key: x': 'yes' }],
    ['inputs', [{ name: 'rows', type: 'number', required: true }]],
  ])('change %s to %j, and nothing else', async (field, value) => {
    for (const bundle of bundles) {
      const source = skillFile(bundle);
      const before = await validate(bundle);
      const edited = editFrontmatter(source, { [field]: value });
      const after = await validate(withSkillFile(bundle, edited));
      expect(after.metadata).toEqual({ ...before.metadata, [field]: value });
      expectOneRegionChanged(source.toString('utf8'), edited.toString('utf8'), field);
    }
  });

  it('lose a field that is removed, and nothing else', async () => {
    for (const bundle of bundles) {
      const { metadata } = await validate(bundle);
      for (const field of Object.keys(metadata)) {
        const edited = editFrontmatter(skillFile(bundle), { [field]: null });
        const after = await validate(withSkillFile(bundle, edited));
        const { [field as keyof typeof metadata]: removed, ...rest } = metadata;
        expect(removed).toBeDefined();
        expect(after.metadata).toEqual(rest);
      }
    }
  });
});

/** Lines of other fields, and the body, are the same in both; a map's keys may change in several places. */
function expectOneRegionChanged(before: string, after: string, field: string): void {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const changed = a.slice(start, a.length - end).filter((line) => /^[\w-]+:/.test(line));
  const keys = changed.map((line) => line.slice(0, line.indexOf(':')));
  expect(keys.filter((key) => key.replace(/[-_]/g, '') !== field.toLowerCase())).toEqual([]);
}
