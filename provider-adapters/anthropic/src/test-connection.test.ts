import { connect, contextOf } from '../fixtures/connect';
import { testConnection } from './test-connection';

describe('a test of the connection', () => {
  it('says what it reached, and whether the default model is there', async () => {
    const { peer, context } = await connect({ models: ['claude-haiku-4-5-20251001', 'claude-sonnet-5-5'] });
    const host = new URL(peer.url).host;
    const { message } = await testConnection(context);
    expect(message).toBe(`Reached ${host}, which speaks Anthropic’s API; 2 models are available.`);
    const other = await testConnection({
      ...context,
      settings: { ...context.settings, defaultModel: 'claude-9' },
    });
    expect(other.message).toContain('but the default model claude-9 is not among them');
    await peer.close();
  });

  it.each([
    ['a wrong key', { scenario: 'unauthorized' }, 'authentication', /does not know this API key/],
    ['nobody there', { scenario: 'unreachable' }, 'unavailable', /could not be reached: nothing listens/],
    [
      'another API',
      { scenario: 'malformed' },
      'protocol',
      /not as Anthropic’s API does\. Check the base URL\.$/,
    ],
  ] as const)('tells %s apart', async (_what, options, code, message) => {
    const { peer, context } = await connect(options);
    await expect(testConnection(context)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    await peer.close();
  });

  it.each([
    ['a page', new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['404', Response.json({}, { status: 404 })],
  ])('takes %s for no Anthropic', async (_what, response) => {
    const context = contextOf({}, { fetch: () => Promise.resolve(response) });
    await expect(testConnection(context)).rejects.toMatchObject({ code: 'protocol' });
  });

  it('reads on where a list has more than one page', async () => {
    const pages = [
      {
        data: [
          { id: 'claude-a', lifecycle: 'active' },
          { id: 'claude-b', lifecycle: 'retired' },
        ],
        has_more: true,
        last_id: 'claude-b',
      },
      {
        data: [{ id: 'claude-haiku-4-5', lifecycle: 'active' }],
        has_more: false,
        last_id: 'claude-haiku-4-5',
      },
    ];
    const asked: string[] = [];
    const fetch: typeof globalThis.fetch = (input) => {
      asked.push(String(input));
      return Promise.resolve(Response.json(pages[asked.length - 1]));
    };
    expect((await testConnection(contextOf({}, { fetch }))).message).toBe(
      'Reached Anthropic; 2 models are available.',
    );
    expect(asked[1]).toContain('after_id=claude-b');
  });
});
