import { fieldsFrom, inputFrom, type NamedPort } from './port-model';

const ports: NamedPort[] = [
  { name: 'title', type: 'string', required: true },
  { name: 'body', type: 'text' },
  { name: 'count', type: 'integer', default: 3 },
  { name: 'ratio', type: 'number' },
  { name: 'loud', type: 'boolean' },
  { name: 'size', type: 'number', enum: [1, 2] },
  { name: 'options', type: 'object' },
  { name: 'rows', type: 'array' },
  { name: 'anything', type: 'json' },
  { name: 'photo', type: 'file', required: true, maxSize: 10 },
];
const filled = {
  title: 'Hello',
  body: 'two\nlines',
  count: '7',
  ratio: '1.5e3',
  loud: true,
  size: '2',
  options: '{"a": 1}',
  rows: '[1, 2]',
  anything: 'null',
};
const photo = { photo: { size: 10 } };
const problemsOf = (fields: object, files = {}) =>
  inputFrom(ports, { ...filled, ...fields }, { ...photo, ...files }, {}).problems;

describe('the form of declared inputs', () => {
  it('begins with the sample, then the defaults', () => {
    expect(fieldsFrom(ports, { title: 'Sample', options: { a: 1 }, loud: true, ratio: 0.5 })).toEqual({
      title: 'Sample',
      body: '',
      count: '3',
      ratio: '0.5',
      loud: true,
      size: '',
      options: '{"a":1}',
      rows: '',
      anything: '',
    });
  });

  it('begins with the defaults when the sample is no object', () => {
    expect(fieldsFrom(ports, [1]).count).toBe('3');
  });

  it('gives each value its declared type', () => {
    expect(inputFrom(ports, filled, photo, {})).toEqual({
      input: {
        title: 'Hello',
        body: 'two\nlines',
        count: 7,
        ratio: 1500,
        loud: true,
        size: 2,
        options: { a: 1 },
        rows: [1, 2],
        anything: null,
      },
      problems: {},
    });
  });

  it('leaves out what is empty, and keeps what no field stands for', () => {
    const emptied = {
      ...filled,
      body: '',
      count: ' ',
      ratio: '',
      size: '',
      options: '',
      rows: '',
      anything: '',
    };
    expect(inputFrom(ports, emptied, photo, { count: 9, extra: 'kept' }).input).toEqual({
      title: 'Hello',
      loud: true,
      extra: 'kept',
    });
  });

  it.each([
    ['title', '  ', 'required'],
    ['count', '1.5', 'integer'],
    ['count', 'many', 'integer'],
    ['ratio', 'half', 'number'],
    ['options', '[1]', 'object'],
    ['options', '{', 'json'],
    ['rows', '{}', 'array'],
    ['anything', 'nope', 'json'],
  ])('says what is wrong with %s = %p', (name, text, problem) => {
    expect(problemsOf({ [name]: text })).toEqual({ [name]: problem });
  });

  it('asks for a required file, and minds its size', () => {
    expect(problemsOf({}, { photo: undefined })).toEqual({ photo: 'required' });
    expect(problemsOf({}, { photo: { size: 11 } })).toEqual({ photo: 'too-large' });
  });

  it('round-trips an input through the fields', () => {
    const input = {
      title: 'T',
      count: 1,
      loud: false,
      size: 1,
      options: { deep: [1, { a: 'b' }] },
      rows: [],
      anything: 'text',
    };
    expect(inputFrom(ports, fieldsFrom(ports, input), photo, {}).input).toEqual(input);
  });
});
