import { LineEditor, type LineEvent } from './line-editor';

/** A terminal that knows the few control sequences that the editor uses: what a person would see. */
class Glass {
  readonly #rows: string[][] = [[]];
  #row = 0;
  #column = 0;
  constructor(readonly columns: number) {}

  show = (text: string): void => {
    const tokens = text.match(/\x1b\[[\d;]*[A-Za-z]|[^]/gu) ?? [];
    for (const token of tokens) this.#take(token);
  };

  get lines(): string[] {
    return this.#rows.map((row) =>
      Array.from(row, (cell) => cell ?? ' ')
        .join('')
        .trimEnd(),
    );
  }

  get cursor(): [row: number, column: number] {
    return [this.#row, this.#column];
  }

  #take(token: string): void {
    const count = Number(/\d+/.exec(token)?.[0] ?? 1);
    if (token === '\r') this.#column = 0;
    else if (token === '\n') this.#down();
    else if (token === '\x07') return;
    else if (token.endsWith('A') && token.length > 1) this.#row -= count;
    else if (token.endsWith('C') && token.length > 1) this.#column += count;
    else if (token === '\x1b[J') this.#erase();
    else if (token === '\x1b[H') [this.#row, this.#column] = [0, 0];
    else if (token === '\x1b[2J') this.#rows.splice(0, Infinity, []);
    else if (token.startsWith('\x1b')) return;
    else this.#put(token);
  }

  #put(character: string): void {
    if (this.#column === this.columns) {
      this.#column = 0;
      this.#down();
    }
    const row = (this.#rows[this.#row] ??= []);
    row[this.#column] = character;
    this.#column += 1;
  }

  #down(): void {
    this.#row += 1;
    this.#rows[this.#row] ??= [];
  }

  #erase(): void {
    this.#rows.length = this.#row + 1;
    this.#rows[this.#row]?.splice(this.#column);
  }
}

function open(columns = 40) {
  const glass = new Glass(columns);
  const editor = new LineEditor(columns, glass.show);
  editor.prompt('$ ');
  const type = (text: string): LineEvent[] => {
    const events: LineEvent[] = [];
    for (let rest = text; rest !== '';) {
      const taken = editor.feed(rest);
      rest = taken.rest;
      if (!taken.event) continue;
      events.push(taken.event);
      if (taken.event.type !== 'end') editor.prompt('$ ');
    }
    return events;
  };
  return { glass, editor, type };
}

const line = (text: string): LineEvent => ({ type: 'line', text });
const [up, down, right, left] = ['\x1b[A', '\x1b[B', '\x1b[C', '\x1b[D'];

describe('a line that is typed', () => {
  it('is echoed, and handed on when it is entered', () => {
    const { glass, type } = open();
    expect(type('echo hi\r')).toEqual([line('echo hi')]);
    expect(glass.lines).toEqual(['$ echo hi', '$']);
  });

  it('is one of several that were pasted', () => {
    const { editor } = open();
    expect(editor.feed('one\rtwo\r')).toEqual({ event: line('one'), rest: 'two\r' });
  });

  it.each([
    ['backspace', 'abx\x7fc', 'abc', 5],
    ['left and insert', `ac${left}b`, 'abc', 4],
    ['home and end', 'bc\x01a\x05d', 'abcd', 6],
    ['delete', 'xabc\x01\x1b[3~', 'abc', 2],
    ['right past the end', `abc${right}${right}`, 'abc', 5],
    ['left past the beginning', `abc${left.repeat(9)}`, 'abc', 2],
    ['cutting to the start', `abc def${left.repeat(3)}\x15`, 'def', 2],
    ['cutting to the end', `abc def${left.repeat(4)}\x0b`, 'abc', 5],
    ['cutting a word', 'abc def  \x17', 'abc', 6],
    ['steps over words', 'abc def\x1b[1;5D\x1b[1;5Dx', 'xabc def', 3],
    ['Ctrl-D within a line', 'abc\x01\x04', 'bc', 2],
    ['a sequence that is unknown', 'ab\x1b[99;99yc', 'abc', 5],
    ['bytes that are no text', 'a\x00\x1fb', 'ab', 4],
  ])('is edited by %s', (_, keys, text, column) => {
    const { glass, type } = open();
    type(keys);
    expect(glass.lines).toEqual([`$ ${text}`.trimEnd()]);
    expect(glass.cursor).toEqual([0, column]);
    expect(type('\r').map((event) => (event as { text: string }).text.trimEnd())).toEqual([text]);
  });

  it('comes back from the history, and the draft after it', () => {
    const { glass, type } = open();
    type('first\rsecond\rdraft');
    type(up);
    expect(glass.lines.at(-1)).toBe('$ second');
    type(up + up);
    expect(glass.lines.at(-1)).toBe('$ first');
    type(down + down);
    expect(glass.lines.at(-1)).toBe('$ draft');
  });

  it('is not remembered twice in a row, nor when it is empty', () => {
    const { glass, type } = open();
    type('first\rsecond\rsecond\r  \r');
    type(up + up);
    expect(glass.lines.at(-1)).toBe('$ first');
  });

  it('is given up by Ctrl-C, and the shell by Ctrl-D', () => {
    const { glass, type } = open();
    expect(type('half\x03')).toEqual([{ type: 'interrupt' }]);
    expect(glass.lines).toEqual(['$ half^C', '$']);
    expect(type('\x04')).toEqual([{ type: 'end' }]);
  });

  it('stays when the screen is cleared', () => {
    const { glass, type } = open();
    type('before\rabc\x0c');
    expect(glass.lines).toEqual(['$ abc']);
  });

  it('goes over several rows, and is edited there', () => {
    const { glass, type } = open(10);
    type('0123456789abcdef');
    expect(glass.lines).toEqual(['$ 01234567', '89abcdef']);
    type(`${left.repeat(12)}X`);
    expect(glass.lines).toEqual(['$ 0123X456', '789abcdef']);
    expect(glass.cursor).toEqual([0, 7]);
    type('\x05\x7f');
    expect(glass.lines).toEqual(['$ 0123X456', '789abcde']);
    expect(type('\r')).toEqual([line('0123X456789abcde')]);
  });

  it('may end exactly at the edge', () => {
    const { glass, type } = open(10);
    type('01234567');
    expect(glass.lines[0]).toBe('$ 01234567');
    type('8');
    expect(glass.lines).toEqual(['$ 01234567', '8']);
    type('\x7f\x7f');
    expect(glass.lines[0]).toBe('$ 0123456');
    expect(glass.cursor).toEqual([0, 9]);
  });

  it('counts wide characters as two columns, and marks as none', () => {
    const { editor } = open();
    const shown: string[] = [];
    const wide = new LineEditor(40, (text) => shown.push(text));
    wide.prompt('$ ');
    wide.feed(`日本e\u0301${left}`);
    expect(shown.at(-1)).toContain('\r\x1b[7C');
    expect(editor.decode(Buffer.from([0xe6, 0x97]))).toBe('');
    expect(editor.decode(Buffer.from([0xa5]))).toBe('日');
  });

  it('has a length', () => {
    const { type } = open();
    const [event] = type(`${'x'.repeat(70_000)}\r`);
    expect((event as { text: string }).text).toHaveLength(4096);
  });

  it('takes a large paste without drawing it anew for each character', () => {
    const shown: string[] = [];
    const editor = new LineEditor(80, (text) => shown.push(text));
    editor.prompt('$ ');
    editor.feed('x'.repeat(100_000));
    expect(shown.length).toBeLessThan(5);
    const { rest } = editor.feed('\r'.repeat(100_000));
    expect(rest).toHaveLength(99_999);
  });
});
