import type { Finding } from 'strapi-plugin-skills-shared/contracts';
import { contentOf } from '../bundle-alias';
import { bundleKind } from '../kind';
import { repairBundle } from '../repair';

type Files = Record<string, string | Buffer>;

function content(skill: string | Buffer, others: Files = {}, folder = 'sums') {
  const files = Object.entries({ 'SKILL.md': skill, ...others }).map(([path, text]) => ({
    path,
    content: Buffer.from(text),
    executable: false,
  }));
  return contentOf({ folder, files }, folder);
}

const frame = (fields: string, body = 'Body.\n') => `---\n${fields}\n---\n${body}`;
const good = 'name: sums\ndescription: Adds.';

async function findingsOf(...args: Parameters<typeof content>): Promise<Finding[]> {
  return (await bundleKind.validate(content(...args))).findings;
}

const place = ({ severity, code, field, line, column }: Finding) => [severity, code, field, line, column];

describe('a bundle without fault', () => {
  it.each([
    ['with what must be', good],
    [
      'with all that the specification knows',
      `${good}\nlicense: MIT\ncompatibility: any\nmetadata:\n  a: b\nallowed-tools: Read Bash(git log:*)`,
    ],
    [
      'with what open-skills knows',
      `${good}\nversion: 1.0\nentrypoint: run.py\ninputs: [{type: file, mime: text/csv}]\noutputs:\n  - type: file\ntags: [a]\nallow_network: true`,
    ],
    [
      'with the same under metadata',
      `${good}\nmetadata:\n  version: 1.0\n  entrypoint: run.py\n  inputs: {a: number}\n  outputs: []\n  tags: [a]\n  allow_network: true`,
    ],
    ['with remarks and empty lines', `# top\n\n${good} # why\n`],
  ])('%s', async (_, fields) => {
    expect(await findingsOf(frame(fields), { 'run.py': '' })).toEqual([]);
  });
});

describe('errors are what keeps a skill from being used at all', () => {
  it('no SKILL.md', async () => {
    const { findings, metadata } = await bundleKind.validate(contentOf({ folder: 'a', files: [] }, 'a'));
    expect(findings.map(place)).toEqual([['error', 'skill-file-missing', undefined, undefined, undefined]]);
    expect(metadata).toEqual({});
  });

  it.each([
    ['no frontmatter', '# Title\n', 'frontmatter-missing', 1],
    ['frontmatter without an end', '---\nname: sums\ndescription: Adds.\n', 'frontmatter-unclosed', 1],
    ['frontmatter that is a list', frame('- a\n- b'), 'frontmatter-unreadable', 2],
    ['frontmatter that is nonsense', frame('{{{'), 'frontmatter-unreadable', 3],
    [
      'frontmatter beyond 32 KB',
      frame(`${good}\nlicense: ${'x'.repeat(33_000)}`),
      'frontmatter-too-large',
      2,
    ],
    ['brackets beyond all depth', frame(`${'['.repeat(15_000)}`), 'frontmatter-unreadable', 2],
    ['a second document', frame(`${good}\n...\nlicense: MIT`), 'frontmatter-unreadable', 5],
    ['no name', frame('description: Adds.'), 'name-missing', 1],
    ['an empty name', frame('name: ""\ndescription: Adds.'), 'name-missing', 1],
    ['no description', frame('name: sums', ''), 'description-missing', 1],
    ['an empty description', frame('name: sums\ndescription:', ''), 'description-missing', 1],
  ])('%s', async (_, skill, code, line) => {
    const errors = (await findingsOf(skill)).filter(({ severity }) => severity === 'error');
    expect(errors.map((finding) => [finding.code, finding.line])).toEqual([[code, line]]);
  });

  it('aliases that multiply', async () => {
    const rows = [...'abcdef'].map(
      (name, i, all) =>
        `${name}: &${name} [${Array(9)
          .fill(i === 0 ? 'x' : `*${all[i - 1]}`)
          .join(', ')}]`,
    );
    const findings = await findingsOf(frame(`${good}\n${rows.join('\n')}`));
    expect(findings[0]).toMatchObject({ severity: 'error', code: 'frontmatter-unreadable' });
  });

  it('but what could be read is read', async () => {
    const skill = frame('name: sums\ndescription: Adds.\n{ broken\nlicense: MIT');
    const { metadata } = await bundleKind.validate(content(skill));
    expect(metadata).toMatchObject({ name: 'sums', license: 'MIT' });
  });
});

const sentence = 'Adds the numbers. ';
const warnings: [string, string, [string, string | undefined, number | undefined, number | undefined]][] = [
  ['another name than the folder', frame('name: other\ndescription: d'), ['name-mismatch', 'name', 2, 7]],
  ['a value that wants quotes', frame('name: sums\ndescription: Use when: adding'), ['yaml-unquoted', 'description', 3, 14]],
  ['quotes in quotes', frame('name: sums\ndescription: "Say "yes" now"'), ['yaml-unquoted', 'description', 3, 14]],
  ['a star', frame('name: sums\ndescription: *Adds* numbers'), ['yaml-unquoted', 'description', 3, 14]],
  ['a bracket that stays open', frame('name: sums\ndescription: [Adds numbers'), ['yaml-unquoted', 'description', 3, 14]],
  ['an item that wants quotes', frame(`${good}\ntags:\n  - a: b: c`), ['yaml-unquoted', 'tags', 5, 5]],
  ['a nested value that wants quotes', frame(`${good}\nmetadata:\n  note: a: b`), ['yaml-unquoted', 'note', 5, 9]],
  ['tabs', frame(`${good}\nmetadata:\n\ta: b`), ['yaml-tabs', 'metadata', 5, 1]],
  ['a block at the margin', frame('name: sums\ndescription: |\nAdds numbers.\nlicense: MIT'), ['yaml-indentation', 'description', 4, 1]],
  ['a byte order mark', `\ufeff${frame(good)}`, ['byte-order-mark', undefined, 1, 1]],
  ['CRLF', frame(good).replaceAll('\n', '\r\n'), ['line-breaks-crlf', undefined, 1, 1]],
  ['empty lines before it', `\n\n${frame(good)}`, ['frontmatter-not-first', undefined, 3, 1]],
  ['a name that is no text', frame('name: 12\ndescription: d', ''), ['field-not-text', 'name', 2, 1]],
  ['a license that is a list', frame(`${good}\nlicense: [MIT, Apache-2.0]`), ['field-not-text', 'license', 4, 1]],
  ['a long description', frame(`name: sums\ndescription: ${sentence.repeat(100)}`), ['description-too-long', 'description', 3, 14]],
  ['a long description without spaces', frame(`name: sums\ndescription: ${'日'.repeat(1025)}`), ['description-too-long', 'description', 3, 14]],
  ['a long compatibility', frame(`${good}\ncompatibility: ${sentence.repeat(30)}`), ['compatibility-too-long', 'compatibility', 4, 16]],
  ['metadata that is a number', frame(`${good}\nmetadata:\n  a: 1`), ['metadata-not-text', 'metadata.a', 5, 3]],
  ['metadata that is nested', frame(`${good}\nmetadata:\n  a:\n    b: [c]`), ['metadata-not-text', 'metadata.a', 5, 3]],
  ['tools in a list', frame(`${good}\nallowed-tools:\n  - Read\n  - Grep`), ['allowed-tools-not-text', 'allowed-tools', 4, 1]],
  ['tools with commas', frame(`${good}\nallowed-tools: Read, Grep`), ['allowed-tools-not-text', 'allowed-tools', 4, 1]],
  ['an unknown field', frame(`${good}\ncolour: red`), ['field-unknown', 'colour', 4, 1]],
  ['an unknown field with a map', frame(`colour:\n  a: [b]\n${good}`), ['field-unknown', 'colour', 2, 1]],
  ['a field spelled otherwise', frame(`${good}\nallowedTools: Read`), ['field-unknown', 'allowedTools', 4, 1]],
  ['a field that occurs twice', frame(`name: other\n${good}`), ['field-duplicate', 'name', 2, 1]],
  ['an entrypoint in another case', frame(`${good}\nentrypoint: Scripts/run.py`), ['entrypoint-missing', 'entrypoint', 4, 13]],
  ['an entrypoint with a backslash', frame(`${good}\nentrypoint: scripts\\run.py`), ['entrypoint-invalid', 'entrypoint', 4, 13]],
  ['a network that is no truth value', frame(`${good}\nallow_network: yes`), ['allow-network-not-boolean', 'allow_network', 4, 1]],
  ['a type of another language', frame(`${good}\ninputs:\n  - name: a\n    type: str`), ['port-type-unknown', 'inputs', 5, 5]],
  ['a type of another language in a map', frame(`${good}\ninputs: {a: int}`), ['port-type-unknown', 'inputs', 4, 10]],
]; // prettier-ignore

describe.each(warnings)('a warning: %s', (_, skill, [code, ...where]) => {
  const others = { 'scripts/run.py': '' };

  it('tells field, line and column, and is no error', async () => {
    const [finding, ...more] = (await findingsOf(skill, others)).filter((each) => each.code === code);
    expect(finding && place(finding)).toEqual(['warning', code, ...where]);
    expect(more).toEqual([]);
  });

  it('is gone after its repair, with nothing new in its place', async () => {
    const before = await findingsOf(skill, others);
    const changes = await repairBundle(content(skill, others), [{ code }]);
    const after = await findingsOf(putOf(changes), others);
    expect(after.map((each) => each.code)).not.toContain(code);
    expect(after.length).toBeLessThan(before.length);
  });
});

function putOf(changes: Awaited<ReturnType<typeof repairBundle>>): Buffer {
  const [change] = changes;
  if (change?.type !== 'put') throw new Error('nothing was repaired');
  return change.content;
}

const noRepair: [string, string, string][] = [
  ['a body over 500 lines', frame(good, 'x\n'.repeat(501)), 'body-too-long'],
  ['metadata that is no map', frame(`${good}\nmetadata: text`), 'metadata-not-map'],
  ['a type nobody knows', frame(`${good}\ninputs:\n  - type: wibble`), 'port-type-unknown'],
  ['inputs that are a word', frame(`${good}\ninputs: many`), 'ports-invalid'],
  ['an input declared twice', frame(`${good}\ninputs: [{name: a, type: text}, {name: a, type: text}]`), 'port-name-duplicate'],
  ['an entrypoint that nothing resembles', frame(`${good}\nentrypoint: run.rb`), 'entrypoint-missing'],
  ['tags that are a map', frame(`${good}\ntags: {a: b}`), 'tags-not-list'],
  ['a tag of YAML that is not known', frame(`${good}\nlicense: !!js/function "x"`), 'yaml-warning'],
]; // prettier-ignore

it.each(noRepair)('a warning that a person must mend: %s', async (_, skill, code) => {
  const [finding] = (await findingsOf(skill)).filter((each) => each.code === code);
  expect(finding).toMatchObject({ severity: 'warning', code });
  expect(finding?.repair).toBeUndefined();
  expect(await repairBundle(content(skill), [{ code }])).toEqual([]);
});

it('exactly 500 lines and 1,024 characters are no fault', async () => {
  expect(await findingsOf(frame(`name: sums\ndescription: ${'🍌'.repeat(1024)}`, 'x\n'.repeat(500)))).toEqual(
    [],
  );
});

describe('names', () => {
  it.each(['-a', 'a-', 'a--b', 'A', 'a_b', 'ä', 'a b', 'a/b'])('%j is not allowed', async (name) => {
    const findings = await findingsOf(frame(`name: "${name}"\ndescription: d`), {}, name);
    expect(findings.map((each) => each.code)).toContain('name-invalid');
  });

  it('of 65 characters is too long, of 64 is not', async () => {
    const long = 'x'.repeat(65);
    expect(
      (await findingsOf(frame(`name: ${long}\ndescription: d`), {}, long)).map((each) => each.code),
    ).toEqual(['name-too-long']);
    expect(await findingsOf(frame(`name: ${long.slice(1)}\ndescription: d`), {}, long.slice(1))).toEqual([]);
  });

  it('are repaired to the folder, or to the nearest that is allowed', async () => {
    const named = async (name: string, folder: string) => {
      const bundle = content(frame(`name: ${name}\ndescription: d`), {}, folder);
      const [change] = await repairBundle(bundle, [{ code: 'name-invalid' }]);
      return change?.type === 'put' ? /name: (.*)/.exec(change.content.toString())?.[1] : undefined;
    };
    expect(await named('Sum It', 'sums')).toBe('sums');
    expect(await named('excel_toPptx Überall!', 'Some Folder')).toBe('excel-to-pptx-uberall');
  });
});

describe('the file itself', () => {
  it.each(['skill.md', 'Skill.MD'])(
    'is read when it is called %s, and renamed by the repair',
    async (name) => {
      const files = [{ path: name, content: Buffer.from(frame(good)), executable: false }];
      const bundle = contentOf({ folder: 'sums', files }, 'sums');
      const { findings, metadata } = await bundleKind.validate(bundle);
      expect(findings).toMatchObject([{ severity: 'warning', code: 'skill-file-casing', file: name }]);
      expect(metadata.name).toBe('sums');
      expect(await repairBundle(bundle, 'all')).toEqual([{ type: 'rename', from: name, to: 'SKILL.md' }]);
    },
  );

  it('is read as UTF-16, and made UTF-8', async () => {
    const utf16 = Buffer.from(`\ufeff${frame(good)}`, 'utf16le');
    expect((await findingsOf(utf16)).map((each) => each.code)).toEqual(['encoding-utf16']);
    expect(putOf(await repairBundle(content(utf16), 'all')).toString()).toBe(frame(good));
  });

  it('is read where it holds other bytes than UTF-8, and these as Windows-1252 when repaired', async () => {
    const latin = Buffer.from(frame(`${good}\nlicense: Andr\u00e9`), 'latin1');
    expect((await findingsOf(latin)).map(place)).toEqual([['warning', 'encoding-invalid', undefined, 4, 14]]);
    expect(putOf(await repairBundle(content(latin), 'all')).toString()).toBe(
      frame(`${good}\nlicense: André`),
    );
  });
});

describe('repairs of errors', () => {
  it('make frontmatter of the folder and the first paragraph', async () => {
    const put = putOf(await repairBundle(content('# Sums\n\nAdds *numbers*\nof a table.\n\nMore.\n'), 'all'));
    expect(put.toString()).toContain(
      '---\nname: sums\ndescription: Adds *numbers* of a table.\n---\n\n# Sums\n',
    );
    expect(await findingsOf(put)).toEqual([]);
  });

  it('end what was not ended', async () => {
    const put = putOf(await repairBundle(content('---\nname: sums\ndescription: Adds.\n\n# Sums\n'), 'all'));
    expect(put.toString()).toBe('---\nname: sums\ndescription: Adds.\n---\n\n# Sums\n');
  });
});

it('a repair of one field leaves the others', async () => {
  const skill = frame(`${good}\nred: 1\nblue: 2`);
  const put = putOf(await repairBundle(content(skill), [{ code: 'field-unknown', field: 'red' }]));
  expect((await findingsOf(put)).map((each) => each.field)).toEqual(['blue']);
});

it('a description that is cut loses nothing', async () => {
  const text = `${'Adds the numbers. '.repeat(80)}The end.`;
  const put = putOf(await repairBundle(content(frame(`name: sums\ndescription: ${text}`)), 'all')).toString();
  const { metadata } = await bundleKind.validate(content(put));
  expect(metadata.description).toMatch(/numbers\.$/);
  expect(put.replace(/\s+/g, ' ')).toContain('The end. Body.');
  expect(`${metadata.description} ${put.split('---\n')[2]}`.match(/Adds the numbers\./g)).toHaveLength(80);
});

describe('declared inputs', () => {
  it.each([
    [
      '[{name: a, type: number, required: true, default: 1, enum: [1, 2], description: d}]',
      [{ name: 'a', type: 'number', required: true, default: 1, enum: [1, 2], description: 'd' }],
    ],
    [
      '[{type: file, mime: text/csv, max_size: 2MB}]',
      [{ type: 'file', mime: 'text/csv', maxSize: 2 * 1024 * 1024 }],
    ],
    ['[{mime: image/png}]', [{ type: 'file', mime: 'image/png' }]],
    ['[file, text]', [{ type: 'file' }, { type: 'text' }]],
    [
      '{a: number, b: {type: file}, c: {}}',
      [
        { name: 'a', type: 'number' },
        { name: 'b', type: 'file' },
        { name: 'c', type: 'json' },
      ],
    ],
  ])('%s', async (yaml, ports) => {
    expect((await bundleKind.validate(content(frame(`${good}\ninputs: ${yaml}`)))).metadata.inputs).toEqual(
      ports,
    );
  });
});

it('a blank bundle has no finding', async () => {
  const description = 'Adds: numbers # and "more"';
  const nobody = () => Promise.reject(new Error('A blank bundle asks nobody.'));
  const filesOf = await bundleKind.create(
    { kind: 'bundle', name: 'Sums', description, visibility: 'org' },
    { connections: { find: nobody, open: nobody }, askTimeoutMs: 1 },
  );
  const files = filesOf('sums');
  const { findings, metadata } = await bundleKind.validate(contentOf({ folder: 'sums', files }, 'sums'));
  expect(findings).toEqual([]);
  expect(metadata).toEqual({ name: 'sums', description: 'Adds: numbers # and "more"' });
});
