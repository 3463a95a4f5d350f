import dns from 'node:dns';
import { createServer, type AddressInfo } from 'node:net';
import { dial } from './dial';

it('leaves the look-ups of the server alone when it finds a name', async () => {
  const server = createServer((client) => {
    // The one who dialled hangs up without reading.
    client.on('error', () => undefined).end('reached');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ownLookup = jest.spyOn(dns, 'lookup');
  jest.spyOn(dns.promises.Resolver.prototype, 'resolve4').mockResolvedValue(['127.0.0.1'] as never);
  jest.spyOn(dns.promises.Resolver.prototype, 'resolve6').mockRejectedValue(new Error('There is none.'));
  const { port } = server.address() as AddressInfo;

  const socket = await dial('dialled.test', port, { allowedPrivate: () => true });
  expect(socket.remoteAddress).toBe('127.0.0.1');
  expect(ownLookup).not.toHaveBeenCalled();
  socket.destroy();
  jest.restoreAllMocks();
  await new Promise((resolve) => server.close(resolve));
});
