import { createAuthorizedFetch } from './authorized-fetch';

const tokensOf = (send: jest.Mock) =>
  send.mock.calls.map(([, init]: [string, RequestInit]) => new Headers(init.headers).get('Authorization'));

describe('an authorized fetch', () => {
  const session = (refresh: () => Promise<string>) => ({
    backendUrl: () => 'http://cms',
    token: () => 'old',
    refresh,
  });

  it('sends the token and the path to the backend', async () => {
    const send = jest.fn(async () => new Response('{}'));
    await createAuthorizedFetch(
      session(async () => 'new'),
      send,
    )('/skills/runs');
    expect(send).toHaveBeenCalledTimes(1);
    expect((send.mock.calls as unknown[][])[0]?.[0]).toBe('http://cms/skills/runs');
    expect(tokensOf(send)).toEqual(['Bearer old']);
  });

  it('tries once more with a renewed token after a 401', async () => {
    const send = jest
      .fn()
      .mockResolvedValueOnce(new Response(null, { status: 401 }))
      .mockResolvedValueOnce(new Response('ok'));
    const response = await createAuthorizedFetch(
      session(async () => 'new'),
      send,
    )('/x');
    expect(response.status).toBe(200);
    expect(tokensOf(send)).toEqual(['Bearer old', 'Bearer new']);
  });

  it('answers the 401 when the session cannot be renewed', async () => {
    const send = jest.fn(async () => new Response(null, { status: 401 }));
    const failing = session(async () => {
      throw new Error('over');
    });
    expect((await createAuthorizedFetch(failing, send)('/x')).status).toBe(401);
    expect(send).toHaveBeenCalledTimes(1);
  });
});
