import type { SkillMetadata } from 'strapi-plugin-skills-shared/contracts';
import { contentOf } from './bundle-alias';
import { editFrontmatter, frontmatterValuesSchema, type FrontmatterValues } from './frontmatter-values';
import { bundleKind } from './kind';

function edit(source: string | Buffer, values: FrontmatterValues): string {
  return editFrontmatter(source, values).toString('utf8');
}

async function read(source: string | Buffer): Promise<SkillMetadata> {
  const files = [{ path: 'SKILL.md', content: Buffer.from(source), executable: false }];
  return (await bundleKind.validate(contentOf({ folder: 'a', files }, 'a'))).metadata;
}

describe('editing a field', () => {
  const cases: [string, string, FrontmatterValues, string][] = [
    ['keeps the remark behind it', 'name: a # why\nx: 1\n', { name: 'b' }, 'name: b # why\nx: 1\n'],
    ['keeps single quotes', "name: 'a'\n", { name: "it's" }, "name: 'it''s'\n"],
    ['keeps double quotes', 'name: "a"\n', { name: 'b' }, 'name: "b"\n'],
    [
      'adds quotes where plain text would mean something else',
      'name: a\n',
      { name: 'b: c' },
      'name: "b: c"\n',
    ],
    ['keeps a number a text', 'version: 1.0\n', { version: '2.0' }, 'version: "2.0"\n'],
    ['fills an empty value', 'name:\nx: 1\n', { name: 'b' }, 'name: b\nx: 1\n'],
    ['fills an empty value before a remark', 'name: # why\n', { name: 'b' }, 'name: b # why\n'],
    [
      'keeps a block of text a block',
      'description: >\n  old\n  text\nx: 1\n',
      { description: 'new' },
      'description: |-\n  new\nx: 1\n',
    ],
    [
      'makes a block of several lines',
      'description: old # why\nx: 1\n',
      { description: 'a\n\nb' },
      'description: |- # why\n  a\n\n  b\nx: 1\n',
    ],
    [
      'replaces a text over several lines',
      'description: one\n  two\nx: 1\n',
      { description: 'new' },
      'description: new\nx: 1\n',
    ],
    ['replaces the last of two', 'name: a\nname: b\n', { name: 'c' }, 'name: a\nname: c\n'],
    ['keeps a list in brackets', 'tags: [a, b] # why\n', { tags: ['c', 'd'] }, 'tags: [c, d] # why\n'],
    ['keeps a list of lines', 'tags:\n  - a\nx: 1\n', { tags: ['c', 'd'] }, 'tags:\n  - c\n  - d\nx: 1\n'],
    ['puts a new name first', '# top\nlicense: MIT\n', { name: 'b' }, 'name: b\n# top\nlicense: MIT\n'],
    [
      'puts a new description after the name',
      'name: a\nlicense: MIT\n',
      { description: 'd' },
      'name: a\ndescription: d\nlicense: MIT\n',
    ],
    [
      'puts any other new field last',
      'name: a\n# end\n',
      { license: 'MIT' },
      'name: a\n# end\nlicense: MIT\n',
    ],
    ['indents a new field like the others', '  name: a\n', { license: 'MIT' }, '  name: a\n  license: MIT\n'],
    [
      'keeps a text that ends in blank lines',
      'license: |+\n  a\n\n',
      { version: 'b' },
      'license: |+\n  a\n\nversion: b\n',
    ],
    [
      'finds it under metadata',
      'metadata:\n  version: a\n  x: y\n',
      { version: 'b' },
      'metadata:\n  version: b\n  x: y\n',
    ],
    [
      'changes one key of metadata',
      'metadata:\n  a: "1" # one\n  b: "2"\n',
      { metadata: { a: 'x', b: '2' } },
      'metadata:\n  a: "x" # one\n  b: "2"\n',
    ],
    [
      'adds a key to metadata',
      'metadata:\n    a: b\nx: 1\n',
      { metadata: { a: 'b', c: 'd' } },
      'metadata:\n    a: b\n    c: d\nx: 1\n',
    ],
    [
      'removes a key of metadata',
      'metadata:\n  a: b\n  c: d\n',
      { metadata: { c: 'd' } },
      'metadata:\n  c: d\n',
    ],
    ['removes metadata with its last key', 'metadata:\n  a: b\nx: 1\n', { metadata: null }, 'x: 1\n'],
    [
      'leaves open-skills fields under metadata',
      'metadata:\n  a: b\n  version: c\n',
      { metadata: null },
      'metadata:\n  version: c\n',
    ],
    ['replaces metadata that is no map', 'metadata: text\n', { metadata: { a: 'b' } }, 'metadata:\n  a: b\n'],
    [
      'adds to a map in braces',
      'metadata: {a: b}\n',
      { metadata: { a: 'b', c: 'd' } },
      'metadata: { a: b, c: d }\n',
    ],
    [
      'writes tools as one text',
      'name: a\n',
      { allowedTools: ['Read', 'Bash(git log:*)'] },
      'name: a\nallowed-tools: Read Bash(git log:*)\n',
    ],
    [
      'removes a field with its lines',
      'name: a\ntags:\n  - b\n  - c\nx: 1\n',
      { tags: null },
      'name: a\nx: 1\n',
    ],
    [
      'leaves broken neighbours as they are',
      'name: a\ndescription: Use when: x\n',
      { name: 'b' },
      'name: b\ndescription: Use when: x\n',
    ],
    [
      'mends what it writes over',
      'name: a\ndescription: Use when: x\n',
      { description: 'Use: y' },
      'name: a\ndescription: "Use: y"\n',
    ],
  ];

  it.each(cases)('%s', (_, before, values, after) => {
    expect(edit(`---\n${before}---\nBody: {x}\n`, values)).toBe(`---\n${after}---\nBody: {x}\n`);
  });

  it('keeps CRLF, a byte order mark, and bytes that are not UTF-8', () => {
    const source = Buffer.concat([
      Buffer.from('\ufeff---\r\nname: a\r\n---\r\n'),
      Buffer.from([0xff, 0xe9, 0x0d]),
    ]);
    const edited = editFrontmatter(source, { name: 'b', license: 'MIT' });
    const expected = [
      Buffer.from('\ufeff---\r\nname: b\r\nlicense: MIT\r\n---\r\n'),
      Buffer.from([0xff, 0xe9, 0x0d]),
    ];
    expect(edited.equals(Buffer.concat(expected))).toBe(true);
  });

  it('keeps bytes that are not UTF-8 in the frontmatter itself', () => {
    const latin = Buffer.from('---\nname: a\nlicense: Andr\u00e9\n---\n', 'latin1');
    expect(
      editFrontmatter(latin, { name: 'b' }).equals(
        Buffer.from('---\nname: b\nlicense: Andr\u00e9\n---\n', 'latin1'),
      ),
    ).toBe(true);
  });

  it('rewrites fields in braces', async () => {
    const edited = edit('---\n{ name: a, license: MIT }\n---\n', { license: null, version: '1.0' });
    expect(await read(edited)).toEqual({ name: 'a', version: '1.0' });
  });
});

describe('a file without frontmatter', () => {
  it.each([
    ['# Title\n', '---\nname: a\ndescription: d\n---\n\n# Title\n'],
    ['\n# Title\n', '---\nname: a\ndescription: d\n---\n\n# Title\n'],
    ['', '---\nname: a\ndescription: d\n---\n'],
  ])('is given one: %j', (before, after) => {
    expect(edit(before, { name: 'a', description: 'd' })).toBe(after);
  });
});

it('refuses to edit what cannot be read at all', () => {
  expect(() => edit('---\n- a\n---\n', { name: 'b' })).toThrow('cannot be read');
});

it('refuses fields that it does not know', () => {
  expect(frontmatterValuesSchema.safeParse({ colour: 'red' }).success).toBe(false);
  expect(frontmatterValuesSchema.safeParse({ name: null, tags: ['a'] }).success).toBe(true);
});

describe('any text', () => {
  const texts = [
    'plain', ' padded ', 'a: b', 'a #b', '# a', "it's", '"quoted"', '\\', 'yes', 'null', '12', '1.5e3', '2024-01-01', '[a]',
    '{a}', '*a', '&a', '!a', '|', '>', '%a', '@a', '`a`', '- a', '? a', ': a', 'a:', 'tab\there', 'line\nbreak', 'two\n\nbreaks\n',
    ' lead\nspace', 'trail \nspace', '日本語', '🍌', 'e\u0301', 'a\u2028b', 'a\u0085b', '\ufeffx', '---', '...', 'x\n---\ny', '<<', '=',
  ]; // prettier-ignore
  const frames = [
    '',
    'license: old\n',
    "license: 'old'\n",
    'license: "old"\n',
    'license: |\n  old\n',
    'license:\n  old\n',
    'license: Use: x\n',
  ];

  it.each(texts)('is written so that it reads back: %j', async (text) => {
    for (const frame of frames) {
      const edited = edit(`---\nname: a\n${frame}description: d\n---\nbody\n`, { license: text });
      expect(await read(edited)).toEqual({ name: 'a', description: 'd', license: text.trim() });
      const tagged = edit(`---\nname: a\n${frame}---\n`, { tags: [text], metadata: { [text.trim()]: text } });
      expect((await read(tagged)).metadata).toEqual({ [text.trim()]: text });
    }
  });
});
