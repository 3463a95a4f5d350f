import { defineWebSocket } from './web-socket';
import { isOwnOrigin } from './web-socket-origin';

const accept = () => Promise.reject(new Error('Nobody is let in.'));

describe("a web socket's path", () => {
  const { match } = defineWebSocket({ path: '/skills/terminals/:ticket', maxMessageBytes: 1, accept });

  it('hands out its parameters, decoded', () => {
    expect(match('/skills/terminals/a%2Fb')).toEqual({ ticket: 'a/b' });
  });

  it.each([
    '/',
    '',
    '/skills/terminals',
    '/skills/terminals/',
    '/skills/terminals/a/b',
    '/skills/terminals/%E0%A4%A',
    '/skills/Terminals/a',
    '//skills/terminals/a',
    '/admin/skills/terminals/a',
  ])('fits nothing else: %j', (path) => {
    expect(match(path)).toBeUndefined();
  });

  it('begins with a slash', () => {
    expect(() => defineWebSocket({ path: 'skills', maxMessageBytes: 1, accept })).toThrow('slash');
  });
});

describe("a browser's origin", () => {
  const none = { own: [], trustProxy: false };

  it.each([
    ['http://cms.example:1337', 'cms.example:1337'],
    ['https://cms.example', 'cms.example'],
    ['https://cms.example', 'cms.example:443'],
    ['http://[::1]:1337', '[::1]:1337'],
    ['https://CMS.example', 'cms.example'],
  ])('is our own: %s at %s', (origin, host) => {
    expect(isOwnOrigin({ headers: { origin, host } }, none)).toBe(true);
  });

  it.each([
    ['https://evil.example', 'cms.example'],
    ['https://cms.example.evil.example', 'cms.example'],
    ['https://cms.example:8443', 'cms.example'],
    ['null', 'cms.example'],
    ['', 'cms.example'],
    ['https://evil.example', undefined],
    ['https://evil.example', 'evil.example@cms.example'],
  ])('is foreign: %s at %s', (origin, host) => {
    expect(isOwnOrigin({ headers: { origin, host } }, none)).toBe(false);
  });

  it('is not told by what is no browser', () => {
    expect(isOwnOrigin({ headers: { host: 'cms.example' } }, none)).toBe(true);
  });

  it("may be the address that the server is configured with, or a trusted proxy's", () => {
    const headers = {
      origin: 'https://cms.example',
      host: '10.0.0.1:1337',
      'x-forwarded-host': 'cms.example',
    };
    expect(isOwnOrigin({ headers }, none)).toBe(false);
    expect(isOwnOrigin({ headers }, { own: [], trustProxy: true })).toBe(true);
    expect(
      isOwnOrigin({ headers }, { own: ['', '/admin', 'https://cms.example/base'], trustProxy: false }),
    ).toBe(true);
  });
});
