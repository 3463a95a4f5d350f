import type { Port, RunFile, SkillMetadata } from 'strapi-plugin-skills-shared/contracts';
import { checkBundleRun, checkOutput } from './check-run';
import { inputSchema, withDefaults } from './port-schema';

const file = (name: string, mime = 'text/csv', size = 10): RunFile => ({ name, mime, size, digest: '0' });

interface Attempt {
  input?: unknown;
  prompt?: string | null;
  files?: RunFile[];
  paths?: string[];
  execution?: 'agent';
}

/** The code and path with which a run is refused; undefined when it may start. */
function refusal(
  metadata: SkillMetadata,
  { input, prompt = null, files = [], paths, execution }: Attempt,
): unknown {
  try {
    const more = { ...(paths && { paths }), ...(execution && { execution }) };
    checkBundleRun({ metadata, input, prompt, inputFiles: files, ...more });
    return undefined;
  } catch (error) {
    const { details } = error as { details: { code: string; path?: unknown[] } };
    return [details.code, ...(details.path ?? [])];
  }
}

const runnable = (inputs?: Port[]): SkillMetadata => ({ entrypoint: 'run.py', ...(inputs && { inputs }) });

it('a skill without an entrypoint is not run', () => {
  expect(refusal({}, {})).toEqual(['no-entrypoint']);
});

it('an entrypoint that is not among the files is not run', () => {
  expect(refusal(runnable(), { paths: ['SKILL.md'] })).toEqual(['entrypoint-missing', 'run.py']);
  expect(refusal(runnable(), { paths: ['run.py'] })).toBeUndefined();
});

it('an entrypoint alone reads no prompt', () => {
  expect(refusal(runnable(), { prompt: 'Add!' })).toEqual(['prompt-unsupported', 'prompt']);
});

describe('of an agent', () => {
  const inputs: Port[] = [
    { name: 'rows', type: 'integer', required: true },
    { name: 'table', type: 'file', required: true },
  ];
  const refusalOf = (attempt: Attempt, declared: Port[] = []) =>
    refusal({ inputs: declared }, { prompt: 'Add!', ...attempt, execution: 'agent' });

  it('only a prompt is needed: no entrypoint, no input, and any file is taken', () => {
    expect(refusalOf({})).toBeUndefined();
    expect(refusalOf({ files: [file('any.bin', 'application/x-any')] }, inputs)).toBeUndefined();
    expect(refusalOf({ prompt: null })).toEqual(['prompt-required', 'prompt']);
    expect(refusalOf({ prompt: ' \n ' })).toEqual(['prompt-required', 'prompt']);
  });

  it('an input that is given must be what was declared', () => {
    expect(refusalOf({ input: { rows: 1 } }, inputs)).toBeUndefined();
    expect(refusalOf({ input: { rows: 'x' } }, inputs)).toEqual(['input-type', 'input', 'rows']);
    expect(refusalOf({ input: { free: true } })).toBeUndefined();
  });
});

it('without declarations every input is taken, and every file', () => {
  for (const input of [undefined, null, 1, 'x', [], { a: 1 }])
    expect(refusal(runnable(), { input })).toBeUndefined();
  expect(refusal(runnable(), { files: [file('a.csv')] })).toBeUndefined();
});

const inputs: Port[] = [
  { name: 'rows', type: 'integer', required: true },
  { name: 'mode', type: 'string', enum: ['sum', 'mean'] },
  { name: 'scale', type: 'number', required: true, default: 1 },
  { name: 'flags', type: 'array' },
  { name: 'more', type: 'object' },
  { name: 'any', type: 'json' },
  { name: 'deep', type: 'boolean' },
];

it.each([
  [{ rows: 1 }, undefined],
  [{ rows: 1, mode: 'sum', scale: 0.5, flags: [], more: {}, any: null, deep: false }, undefined],
  [undefined, ['input-missing', 'input', 'rows']],
  [{}, ['input-missing', 'input', 'rows']],
  [[1], ['input-not-object', 'input']],
  [{ rows: 1.5 }, ['input-type', 'input', 'rows']],
  [{ rows: '1' }, ['input-type', 'input', 'rows']],
  [{ rows: 1, mode: 'max' }, ['input-choice', 'input', 'mode']],
  [{ rows: 1, scale: NaN }, ['input-type', 'input', 'scale']],
  [{ rows: 1, flags: {} }, ['input-type', 'input', 'flags']],
  [{ rows: 1, more: [] }, ['input-type', 'input', 'more']],
  [{ rows: 1, deep: 'true' }, ['input-type', 'input', 'deep']],
  [{ rows: 1, colour: 'red' }, ['input-unknown', 'input', 'colour']],
  [{ rows: 1, constructor: 1 }, ['input-unknown', 'input', 'constructor']],
])('input %j against its declarations', (input, expected) => {
  expect(refusal(runnable(inputs), { input })).toEqual(expected);
});

it('one declaration without a name is that of the whole input', () => {
  expect(refusal(runnable([{ type: 'text' }]), { input: 'x' })).toBeUndefined();
  expect(refusal(runnable([{ type: 'text' }]), { input: 1 })).toEqual(['input-type', 'input']);
});

const table: Port = { name: 'table', type: 'file', mime: 'text/csv', maxSize: 100, required: true };
const picture: Port = { type: 'file', mime: 'image/*' };

it.each([
  [[table], [file('table.csv')], undefined],
  [[table], [file('other.csv')], undefined],
  [[table], [], ['input-file-missing', 'files', 'table']],
  [[table], [file('table.csv', 'text/csv; charset=utf-8')], undefined],
  [[table], [file('table.png', 'image/png')], ['input-file-type', 'files', 'table.png']],
  [[table], [file('table.csv', 'text/csv', 101)], ['input-file-size', 'files', 'table.csv']],
  [[table, picture], [file('a.png', 'image/png'), file('table')], undefined],
  [[table, picture], [file('a.png', 'image/png')], ['input-file-missing', 'files', 'table']],
  [[picture], [file('a.mp4', 'video/mp4')], ['input-file-type', 'files', 'a.mp4']],
  [[{ name: 'a', type: 'text' }], [file('a.csv')], ['input-file-unknown', 'files', 'a.csv']],
] as [Port[], RunFile[], unknown][])('declared files %#', (ports, files, expected) => {
  expect(refusal(runnable(ports), { files })).toEqual(expected);
});

describe('an output', () => {
  const outputs: Port[] = [
    { name: 'sum', type: 'number', required: true },
    { name: 'chart', type: 'file', mime: 'image/png', required: true },
  ];

  it('fits with more than was declared', () => {
    expect(
      checkOutput(outputs, { sum: 1, more: 2 }, [
        file('chart.png', 'image/png'),
        file('log.txt', 'text/plain'),
      ]),
    ).toBeUndefined();
  });

  it('does not fit without a value or a file that was promised', () => {
    expect(checkOutput(outputs, {}, [])?.message).toBe('The field "sum" is required.');
    expect(checkOutput(outputs, { sum: 1 }, [])?.message).toBe('The file "chart" is required.');
    expect(checkOutput(outputs, { sum: '1' }, [])?.message).toBe('The field "sum" must be a number.');
  });

  it('fits as it is where nothing was declared', () => {
    expect(checkOutput(undefined, 'anything', [])).toBeUndefined();
    expect(checkOutput([{ type: 'file', mime: 'text/csv' }], null, [])).toBeUndefined();
  });
});

describe('the JSON Schema of the input', () => {
  it('names what may be and what must be', () => {
    expect(inputSchema([...inputs.slice(0, 3), table])).toEqual({
      type: 'object',
      properties: {
        rows: { type: 'integer' },
        mode: { type: 'string', enum: ['sum', 'mean'] },
        scale: { type: 'number', default: 1 },
      },
      required: ['rows'],
      additionalProperties: false,
    });
  });

  it('admits everything without declarations, and one whole value', () => {
    expect(inputSchema()).toEqual({});
    expect(inputSchema([{ type: 'array', description: 'Rows' }])).toEqual({
      type: 'array',
      description: 'Rows',
    });
  });
});

it('defaults fill what the input leaves out', () => {
  expect(withDefaults(inputs, { rows: 1 })).toEqual({ scale: 1, rows: 1 });
  expect(withDefaults(inputs, { scale: 2 })).toEqual({ scale: 2 });
  expect(withDefaults(inputs, undefined)).toEqual({ scale: 1 });
  expect(withDefaults([], undefined)).toBeUndefined();
});
