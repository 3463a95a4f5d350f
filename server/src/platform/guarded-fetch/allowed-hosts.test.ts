import { readAllowedHosts } from './allowed-hosts';

const to = (hostname: string, address: string, port = 80) => ({ hostname, address, port });

describe('hosts that may be private', () => {
  it.each([
    ['localhost', to('LOCALHOST.', '127.0.0.1', 1234), true],
    ['localhost', to('127.0.0.1', '127.0.0.1'), false],
    ['localhost:11434', to('localhost', '::1', 11434), true],
    ['localhost:11434', to('localhost', '::1', 11435), false],
    ['models.corp', to('models.corp.attacker.example', '10.0.0.1'), false],
    ['10.1.2.3', to('models.corp', '10.1.2.3'), true],
    ['10.1.2.3', to('models.corp', '::ffff:10.1.2.3'), true],
    ['10.1.2.3', to('10.1.2.3', '10.1.2.4'), false],
    ['10.0.0.0/8', to('models.corp', '10.200.0.1'), true],
    ['10.0.0.0/8', to('models.corp', '11.0.0.1'), false],
    ['10.0.0.0/8:8080', to('models.corp', '10.200.0.1', 8080), true],
    ['10.0.0.0/8:8080', to('models.corp', '10.200.0.1', 22), false],
    ['::1', to('localhost', '0:0:0:0:0:0:0:1'), true],
    ['[::1]:8080', to('localhost', '::1', 8080), true],
    ['[::1]:8080', to('localhost', '::1', 80), false],
    ['fd00::/8', to('models.corp', 'fd12::1'), true],
    ['[fd00::/8]:443', to('models.corp', 'fd12::1', 443), true],
    ['*', to('anything', '169.254.169.254'), true],
  ])('%s: %j is %s', (entry, destination, allowed) => {
    expect(readAllowedHosts([entry])(destination)).toBe(allowed);
  });

  it('allows nothing without entries', () => {
    expect(readAllowedHosts([])(to('localhost', '127.0.0.1'))).toBe(false);
  });

  it.each(['10.0.0.0/99', 'http://localhost', 'localhost:99999', 'local host', '', 'user@host', '*.corp'])(
    'refuses %j, which would allow something else than was meant',
    (entry) => {
      expect(() => readAllowedHosts(['localhost', entry])).toThrow(`'${entry}'`);
    },
  );
});
