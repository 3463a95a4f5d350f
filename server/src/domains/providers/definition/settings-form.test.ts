import type { SettingsSchema } from 'strapi-plugin-skills-shared/provider';
import { z } from 'zod';
import { readSettingsForm } from './settings-form';

const secret = { secret: true };

describe("a settings' schema", () => {
  it('tells which fields are secret and which are destinations, optional and nullable ones too', () => {
    const form = readSettingsForm(
      z.object({
        apiKey: z.string().meta(secret),
        optional: z.string().meta(secret).optional(),
        nullable: z.string().meta(secret).nullable(),
        preset: z.string().default('x').meta(secret),
        baseUrl: z.url().meta({ destination: true }).optional(),
        region: z.string(),
      }),
    );
    expect(form.secretFields).toEqual(['apiKey', 'optional', 'nullable', 'preset']);
    expect(form.destinationFields).toEqual(['baseUrl']);
    expect(form.jsonSchema).toMatchObject({ type: 'object', properties: { apiKey: { secret: true } } });
  });

  it.each([
    ['a list', z.array(z.string()), /does not describe an object/],
    [
      'a secret within a field',
      z.object({ login: z.object({ key: z.string().meta(secret) }) }),
      /within 'login'/,
    ],
    ['secrets in a list', z.object({ keys: z.array(z.string().meta(secret)) }), /within 'keys'/],
    [
      'a secret that is no text',
      z.object({ pin: z.number().meta(secret) }),
      /'pin' as secret, which is not a text/,
    ],
    [
      'a destination within a field',
      z.object({ server: z.object({ url: z.string().meta({ destination: true }) }) }),
      /within 'server' as destination/,
    ],
    ['what no JSON Schema can say', z.object({ at: z.date() }), /./],
  ])('is refused when it describes %s', (_name, schema, reason) => {
    expect(() => readSettingsForm(schema as unknown as SettingsSchema)).toThrow(reason);
  });

  it('validates with the path of the field, whatever form its segments have', async () => {
    const form = readSettingsForm({
      '~standard': {
        version: 1,
        vendor: 'hand',
        validate: () => ({ issues: [{ message: 'No.', path: [{ key: 'a' }, 0] }, { message: 'Never' }] }),
        jsonSchema: { input: () => ({ type: 'object' }) },
      },
    });
    await expect(form.validate({}, ['settings'])).rejects.toMatchObject({
      message: 'a.0: No.',
      details: {
        code: 'settings-invalid',
        path: ['settings', 'a', 0],
        issues: [
          { path: ['settings', 'a', 0], message: 'No' },
          { path: ['settings'], message: 'Never' },
        ],
      },
    });
  });
});
