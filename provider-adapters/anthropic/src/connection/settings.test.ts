import { baseUrlOf, defaultModelOf, serverName, settingsSchema } from './settings';
import { prices } from '../prices';

const parse = (settings: Record<string, unknown>) =>
  settingsSchema.safeParse({ apiKey: 'sk-ant-1', ...settings });

describe('settings of a connection', () => {
  it('need a key: without one the SDK would look for credentials in files', () => {
    expect(settingsSchema.safeParse({ apiKey: ' ' }).success).toBe(false);
    expect(settingsSchema.safeParse({}).success).toBe(false);
    expect(parse({ apiKey: 'two words' }).success).toBe(false);
  });

  it.each(['ftp://host', 'https://user:word@host', 'https://host/?key=1', 'not a url'])(
    'refuse the base URL %s',
    (baseUrl) => {
      expect(parse({ baseUrl }).success).toBe(false);
    },
  );

  it('take an empty base URL for Anthropic’s, and cut off what the SDK adds', () => {
    expect(baseUrlOf({ baseUrl: '' })).toBe('https://api.anthropic.com');
    expect(baseUrlOf({ baseUrl: 'https://gateway.example/anthropic/v1/' })).toBe(
      'https://gateway.example/anthropic',
    );
    expect(serverName({})).toBe('Anthropic');
    expect(serverName({ baseUrl: 'https://gateway.example/v1' })).toBe('gateway.example');
  });

  it('have a default model whose price is known', () => {
    const model = defaultModelOf(settingsSchema.parse({ apiKey: 'sk-ant-1', defaultModel: '' }));
    expect(prices.map((price) => price.model)).toContain(model);
  });

  it('say which field is secret and which one says where secrets are sent', () => {
    const { properties } = settingsSchema['~standard'].jsonSchema.input({ target: 'draft-2020-12' }) as {
      properties: Record<string, Record<string, unknown>>;
    };
    expect(Object.keys(properties).filter((name) => properties[name]?.['secret'])).toEqual(['apiKey']);
    expect(Object.keys(properties).filter((name) => properties[name]?.['destination'])).toEqual(['baseUrl']);
  });
});
