import { z } from 'zod';
import { fieldsOf, labelFrom, type SchemaField } from './field-model';

const schemaOf = (shape: z.ZodType) => z.toJSONSchema(shape, { io: 'input' }) as Record<string, unknown>;
const fieldOf = (type: z.ZodType): SchemaField => fieldsOf(schemaOf(z.object({ it: type })))[0]!;

describe('a field of a schema', () => {
  it.each<[string, z.ZodType, Partial<SchemaField>]>([
    ['text', z.string(), { kind: 'text', required: true, nullable: false }],
    ['text that may be left out', z.string().optional(), { kind: 'text', required: false }],
    ['text or null', z.string().nullable(), { kind: 'text', required: false, nullable: true }],
    ['text with a default', z.string().default('eu'), { required: false, default: 'eu' }],
    ['an address', z.url(), { kind: 'text', rules: { format: 'uri' } }],
    ['long text', z.string().meta({ multiline: true }), { kind: 'text', multiline: true }],
    ['a secret', z.string().meta({ secret: true }), { kind: 'secret' }],
    ['a destination', z.string().meta({ destination: true }), { kind: 'text', destination: true }],
    ['a whole number', z.int(), { kind: 'number', rules: { integer: true } }],
    ['a bounded number', z.number().min(0).max(2), { rules: { integer: false, minimum: 0, maximum: 2 } }],
    ['a switch', z.boolean(), { kind: 'switch' }],
    ['a switch with a default', z.boolean().default(true), { kind: 'switch', default: true }],
    ['yes, no or nothing', z.boolean().optional(), { kind: 'yes-no' }],
    ['a constant', z.literal('approximate'), { kind: 'fixed', value: 'approximate', required: false }],
    ['texts', z.array(z.string()).max(20), { kind: 'words', rules: { minItems: undefined, maxItems: 20 } }],
    ['a map', z.record(z.string(), z.string()), { kind: 'json', shape: 'object' }],
    ['numbers', z.array(z.number()), { kind: 'json', shape: 'array' }],
    ['anything', z.unknown(), { kind: 'json' }],
    ['a union of types', z.union([z.string(), z.number()]), { kind: 'json' }],
  ])('asks for %s', (_what, type, expected) => {
    expect(fieldOf(type)).toMatchObject(expected);
  });

  it('offers the values of an enum by their names', () => {
    const field = fieldOf(z.enum(['low', 'high']).meta({ enumNames: ['Low', 'High'] }));
    expect(field).toMatchObject({
      kind: 'choice',
      choices: [
        { value: 'low', label: 'Low' },
        { value: 'high', label: 'High' },
      ],
    });
  });

  it('offers a union of constants by their titles', () => {
    const field = fieldOf(
      z.union([z.literal('a').meta({ title: 'First' }), z.literal(2), z.literal(true)]).optional(),
    );
    expect(field).toMatchObject({
      kind: 'choice',
      required: false,
      choices: [
        { value: 'a', label: 'First' },
        { value: 2, label: '2' },
        { value: true, label: 'true' },
      ],
    });
  });

  it('offers several of an enum, and null beside it', () => {
    expect(fieldOf(z.array(z.enum(['a', 'b'])))).toMatchObject({ kind: 'choices' });
    expect(fieldOf(z.enum(['a', 'b']).nullable())).toMatchObject({ kind: 'choice', nullable: true });
  });

  it('asks for objects within, and for lists of them', () => {
    const place = z.object({ type: z.literal('approximate'), city: z.string().optional() });
    const inner = [
      { name: 'type', kind: 'fixed' },
      { name: 'city', kind: 'text' },
    ];
    expect(fieldOf(place.optional())).toMatchObject({ kind: 'group', fields: inner });
    expect(fieldOf(z.array(place))).toMatchObject({ kind: 'list', item: inner });
  });

  it('follows references, and gives up on what refers to itself', () => {
    const named = z.object({ city: z.string() }).meta({ id: 'Place' });
    expect(
      fieldsOf(schemaOf(z.object({ home: named, work: named.meta({ title: 'Office' }) }))),
    ).toMatchObject([
      { kind: 'group', label: 'Home' },
      { kind: 'group', label: 'Office' },
    ]);
    const tree = {
      type: 'object',
      properties: { child: { $ref: '#' }, name: { type: 'string' } },
    };
    expect(JSON.stringify(fieldsOf(tree)).match(/"json"/g)).toHaveLength(1);
    expect(fieldsOf({ type: 'object', properties: { lost: { $ref: '#/$defs/none' } } })).toMatchObject([
      { kind: 'json' },
    ]);
  });

  it('is labelled by its title, or by its name made readable', () => {
    expect(fieldOf(z.string().meta({ title: 'API key', description: 'Of your account.' }))).toMatchObject({
      label: 'API key',
      hint: 'Of your account.',
    });
    expect(['maxOutputTokens', 'search_context_size', 'url', '_'].map(labelFrom)).toEqual([
      'Max output tokens',
      'Search context size',
      'Url',
      '_',
    ]);
  });
});
