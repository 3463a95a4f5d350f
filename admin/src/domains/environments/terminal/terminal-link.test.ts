import { TerminalLink, terminalAddress, type LinkSocket } from './terminal-link';

class FakeSocket implements LinkSocket {
  binaryType = '';
  readyState = 1;
  onmessage: LinkSocket['onmessage'] = null;
  onclose: LinkSocket['onclose'] = null;
  readonly sent: (string | number)[] = [];
  send(data: string | Uint8Array): void {
    this.sent.push(typeof data === 'string' ? data : data.length);
  }
  close(): void {
    this.onclose?.({} as CloseEvent);
  }
  hear(data: unknown): void {
    const frame = data instanceof ArrayBuffer ? data : JSON.stringify(data);
    this.onmessage?.({ data: frame } as MessageEvent<string | ArrayBuffer>);
  }
}

function open() {
  const socket = new FakeSocket();
  const events = { onReady: jest.fn(), onOutput: jest.fn(), onClosed: jest.fn() };
  return { socket, events, link: new TerminalLink(socket, events) };
}

describe("a terminal's link", () => {
  it('tells when the shell is ready, and what it shows', () => {
    const { socket, events } = open();
    const ready = {
      type: 'ready',
      id: 'x',
      isolation: { name: 'bubblewrap', notes: [] },
      hosts: [],
      idleMs: 5,
    };
    socket.hear(ready);
    socket.hear(Uint8Array.from([104, 105]).buffer);
    expect(socket.binaryType).toBe('arraybuffer');
    expect(events.onReady).toHaveBeenCalledWith(ready);
    expect([...(events.onOutput.mock.calls[0]?.[0] as Uint8Array)]).toEqual([104, 105]);
  });

  it('tells the reason why it was closed, and a lost connection from that', () => {
    const first = open();
    const closed = { type: 'closed', reason: 'idle', exitCode: null, message: null };
    first.socket.hear(closed);
    first.socket.close();
    expect(first.events.onClosed).toHaveBeenCalledWith(closed);
    const second = open();
    second.socket.close();
    expect(second.events.onClosed).toHaveBeenCalledWith(null);
    const third = open();
    third.link.close();
    expect(third.events.onClosed).toHaveBeenCalledWith({ ...closed, reason: 'ended' });
  });

  it('sends what is typed in pieces that the server takes', () => {
    const { socket, link } = open();
    link.type('ä'.repeat(50_000));
    expect(socket.sent).toEqual([65_536, 34_464]);
  });

  it('tells what was shown, in large steps', () => {
    const { socket, events } = open();
    for (let index = 0; index < 3; index += 1) {
      socket.hear(new ArrayBuffer(40_000));
      (events.onOutput.mock.calls[index]?.[1] as () => void)();
    }
    expect(socket.sent).toEqual(['{"type":"taken","bytes":80000}']);
  });

  it('says nothing into a socket that is closed', () => {
    const { socket, link } = open();
    socket.readyState = 3;
    link.type('x');
    link.resize(1, 1);
    expect(socket.sent).toEqual([]);
  });

  it.each([
    ['', 'http://localhost:1337/admin/x', 'ws://localhost:1337/skills/terminals/a%2Fb'],
    ['https://cms.example', 'https://cms.example/admin', 'wss://cms.example/skills/terminals/a%2Fb'],
    ['http://cms.example/base', 'https://other.example/', 'ws://cms.example/base/skills/terminals/a%2Fb'],
  ])('is at the server of the panel: %s', (backendUrl, page, address) => {
    expect(terminalAddress(backendUrl, page, 'a/b')).toBe(address);
  });
});
