import { OutputWindow, type OutputSocket } from './output-window';

const mebibyte = 1024 * 1024;

/** A socket that holds what it is given until it is flushed. */
class FakeSocket implements OutputSocket {
  bufferedAmount = 0;
  /** False: the other side reads nothing. */
  flows = true;
  sent = 0;
  #onFlushed: (() => void)[] = [];

  send({ length }: Buffer, _options: unknown, onFlushed: () => void): void {
    this.sent += length;
    this.#onFlushed.push(onFlushed);
    this.bufferedAmount += length;
    if (this.flows) this.flush();
  }

  flush(): void {
    this.bufferedAmount = 0;
    for (const flushed of this.#onFlushed.splice(0)) flushed();
  }
}

function open() {
  const socket = new FakeSocket();
  return { socket, window: new OutputWindow(socket) };
}

async function settled(work: Promise<unknown>): Promise<boolean> {
  const late = Symbol('late');
  return (await Promise.race([work, new Promise((resolve) => setImmediate(resolve, late))])) !== late;
}

describe("a terminal's output window", () => {
  it('lets the shell go on when half of what was on its way is on the screen', async () => {
    const { window } = open();
    expect(await settled(window.show(Buffer.alloc(mebibyte)))).toBe(true);
    const full = window.show(Buffer.alloc(1));
    expect(await settled(full)).toBe(false);
    expect(window.noteTaken(mebibyte / 2)).toBe(true);
    expect(await settled(full)).toBe(false);
    expect(window.noteTaken(1)).toBe(true);
    expect(await settled(full)).toBe(true);
  });

  it('forgets nobody of several who wait for room', async () => {
    const { window } = open();
    const waiting = [window.show(Buffer.alloc(2 * mebibyte)), window.show(Buffer.alloc(1))];
    expect(await settled(Promise.race(waiting))).toBe(false);
    window.noteTaken(2 * mebibyte);
    expect(await settled(Promise.all(waiting))).toBe(true);
  });

  it('keeps nobody waiting when it is closed, and sends nothing from then on', async () => {
    const { socket, window } = open();
    const waiting = [window.show(Buffer.alloc(2 * mebibyte)), window.show(Buffer.alloc(1))];
    window.close();
    expect(await settled(Promise.all(waiting))).toBe(true);
    const { sent } = socket;
    expect(await settled(window.show(Buffer.alloc(2 * mebibyte)))).toBe(true);
    expect(socket.sent).toBe(sent);
  });

  it('knows who says to have taken more than there was', () => {
    const { window } = open();
    void window.show(Buffer.alloc(10));
    expect(window.noteTaken(Number.MAX_SAFE_INTEGER)).toBe(false);
    expect(window.noteTaken(10)).toBe(true);
    expect(window.noteTaken(1)).toBe(false);
  });

  it('lets nothing pile up for who reads nothing, though all of it is said to be taken', async () => {
    const { socket, window } = open();
    socket.flows = false;
    const chunk = Buffer.alloc(64 * 1024);
    let shown: Promise<void> = Promise.resolve();
    for (let count = 0; count < 1000 && (await settled(shown)); count += 1) {
      shown = window.show(chunk);
      window.noteTaken(chunk.length);
    }
    expect(socket.bufferedAmount).toBeLessThanOrEqual(mebibyte + chunk.length);
    expect(await settled(shown)).toBe(false);
    socket.flush();
    expect(await settled(shown)).toBe(true);
  });
});
