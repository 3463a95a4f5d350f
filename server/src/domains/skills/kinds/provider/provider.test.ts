import type { ProviderBinding, SkillMetadata } from 'strapi-plugin-skills-shared/contracts';
import type { ContentToValidate } from '../kind';
import { providerKind } from './kind';
import { writeSkillFile } from './skill-file';

const binding: ProviderBinding = {
  connectionId: 'c1',
  providerId: 'memory',
  skillTypeId: 'web-search',
  skillTypeName: 'Web search',
  settings: { contextSize: 'low' },
};
const metadata: SkillMetadata = { description: 'Searches.', provider: binding };

const content = (files: Record<string, string | Buffer>): ContentToValidate => ({
  paths: Object.keys(files),
  folder: 'search',
  read: (path) => Promise.resolve(Buffer.from(files[path]!)),
});

const fileOf = (description = 'Searches.') => writeSkillFile(description, binding)[0]!.content;

describe("a provider skill's file", () => {
  it('is read as it was written, without a finding', async () => {
    const read = await providerKind.validate(content({ 'skill.json': fileOf() }));
    expect(read).toEqual({ findings: [], metadata });
  });

  it.each([
    ['no file', {}, 'skill-file-missing'],
    ['no JSON', { 'skill.json': '{' }, 'skill-file-invalid'],
    ['another shape', { 'skill.json': '[]' }, 'skill-file-invalid'],
    ['bytes that are no text', { 'skill.json': Buffer.from([0xff, 0xfe, 0]) }, 'skill-file-invalid'],
    [
      'more than it may hold',
      { 'skill.json': JSON.stringify({ ...JSON.parse(fileOf().toString()), apiKey: 'x' }) },
      'skill-file-invalid',
    ],
    ['a long description', { 'skill.json': fileOf('x'.repeat(2001)) }, 'description-too-long'],
  ])('that is %s is an error', async (_what, files, code) => {
    const { findings } = await providerKind.validate(content(files as Record<string, string>));
    expect(findings).toEqual([expect.objectContaining({ severity: 'error', code })]);
  });

  it('may lack a description and have company, with a warning for each', async () => {
    const files = { 'skill.json': fileOf(' '), 'notes.md': 'x' };
    const { findings } = await providerKind.validate(content(files));
    expect(findings.map(({ severity, code }) => [severity, code])).toEqual([
      ['warning', 'file-unexpected'],
      ['warning', 'description-missing'],
    ]);
  });

  it('names the field that is wrong', async () => {
    const broken = { ...JSON.parse(fileOf().toString()), connection: 7 };
    const { findings } = await providerKind.validate(content({ 'skill.json': JSON.stringify(broken) }));
    expect(findings).toEqual([expect.objectContaining({ field: 'connection', file: 'skill.json' })]);
  });

  it('tells an agent what the skill does', async () => {
    const text = await providerKind.instructions(content({ 'skill.json': fileOf() }));
    expect(text).toMatch(/^Searches\.\n\nThis skill is "Web search" of the provider "memory"/);
    expect(await providerKind.instructions(content({}))).toBe('');
  });
});

describe('a run of a provider skill', () => {
  const target = (wanted: Partial<Parameters<typeof providerKind.target>[0]> = {}) =>
    providerKind.target({
      metadata,
      execution: undefined,
      connectionId: undefined,
      model: undefined,
      prompted: true,
      ...wanted,
    });
  const check = (wanted: Partial<Parameters<typeof providerKind.checkRun>[0]>) =>
    providerKind.checkRun({ metadata, input: null, prompt: null, inputFiles: [], ...wanted });
  const code = (expected: string) =>
    expect.objectContaining({ details: expect.objectContaining({ code: expected }) });

  it('works at its own connection, with the model that was asked for', () => {
    expect(target()).toEqual({ execution: 'provider', connectionId: 'c1', model: null });
    expect(target({ connectionId: 'c1', model: 'large' })).toEqual({
      execution: 'provider',
      connectionId: 'c1',
      model: 'large',
    });
  });

  it('works nowhere else', () => {
    expect(() => target({ connectionId: 'c2' })).toThrow(code('connection-fixed'));
    expect(() => target({ execution: 'sandbox' })).toThrow(code('execution-unsupported'));
    expect(() => target({ execution: 'hosted' })).toThrow(code('execution-unsupported'));
    expect(() => target({ metadata: {} })).toThrow(code('version-invalid'));
  });

  it('takes a prompt, or the arguments of a function call', () => {
    check({ prompt: 'Look it up.' });
    check({ input: { prompt: 'Look it up.' } });
    check({ prompt: 'Look it up.', input: {} });
  });

  it('takes nothing else', () => {
    for (const prompt of [null, '', ' \n']) expect(() => check({ prompt })).toThrow(code('prompt-required'));
    expect(() => check({ input: {} })).toThrow(code('prompt-required'));
    for (const input of [{ query: 'x' }, { prompt: 'x', more: 1 }, { prompt: 7 }, ['x'], 'x', 7])
      expect(() => check({ input })).toThrow(code('input-unsupported'));
    expect(() => check({ prompt: 'a', input: { prompt: 'b' } })).toThrow(code('input-unsupported'));
    const file = { name: 'a.txt', mime: 'text/plain', size: 1, digest: 'd' };
    expect(() => check({ prompt: 'x', inputFiles: [file] })).toThrow(code('files-unsupported'));
  });
});
