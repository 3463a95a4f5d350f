import { StringDecoder } from 'node:string_decoder';
import { widthOf } from './text-width';

/** What typing has led to; what is to be shown comes apart from it. */
export type LineEvent = { type: 'line'; text: string } | { type: 'interrupt' } | { type: 'end' };

const maxHistory = 500;
/** Characters of one line: what is typed beyond is not taken. Each key measures the line anew, in the server's own thread. */
const maxLength = 4096;
const plain = /[^\x00-\x1f\x7f]+/y;

const sequences: Readonly<Record<string, string>> = {
  '[A': 'previous',
  OA: 'previous',
  '[B': 'next',
  OB: 'next',
  '[C': 'right',
  OC: 'right',
  '[D': 'left',
  OD: 'left',
  '[H': 'home',
  OH: 'home',
  '[1~': 'home',
  '[F': 'end',
  OF: 'end',
  '[4~': 'end',
  '[3~': 'delete',
  '[1;5C': 'word-right',
  '[1;5D': 'word-left',
  f: 'word-right',
  b: 'word-left',
};

const controls: Readonly<Record<string, string>> = {
  '\x01': 'home',
  '\x02': 'left',
  '\x05': 'end',
  '\x06': 'right',
  '\x08': 'backspace',
  '\x7f': 'backspace',
  '\x0b': 'cut-end',
  '\x0c': 'clear',
  '\x0e': 'next',
  '\x10': 'previous',
  '\x15': 'cut-start',
  '\x17': 'cut-word',
};

/**
 * One line that a person edits in a terminal: takes bytes as they are typed, hands out what the terminal is to show, and tells of lines
 * that were entered. Knows nothing of shells. Only one line at a time is taken: `feed` answers what was typed beyond it.
 */
export class LineEditor {
  readonly #show: (text: string) => void;
  readonly #decoder = new StringDecoder('utf8');
  readonly #history: string[] = [];
  #columns: number;
  #prompt = '';
  #before: string[] = [];
  #after: string[] = [];
  #row = 0;
  #past = 0;
  #draft = '';
  #escape = '';

  constructor(columns: number, show: (text: string) => void) {
    this.#columns = columns;
    this.#show = show;
  }

  /** Begins a line. */
  prompt(prompt: string): void {
    this.#prompt = prompt;
    this.#set('', '');
    this.#past = this.#history.length;
    this.#row = 0;
    this.#render();
  }

  resize(columns: number): void {
    this.#columns = columns;
    // The terminal has wrapped the line anew.
    this.#row = Math.floor(this.#width(this.#before) / columns);
    this.#render();
  }

  /** Characters from bytes, of which the last may be in pieces. */
  decode(input: Buffer): string {
    return this.#decoder.write(input);
  }

  /** Takes characters up to the end of a line; answers what it led to and what is left. */
  feed(input: string): { event: LineEvent | null; rest: string } {
    for (let at = 0; at < input.length;) {
      plain.lastIndex = at;
      const run = this.#escape === '' ? plain.exec(input)?.[0] : undefined;
      if (run) this.#insert(run);
      const event = run ? null : this.#take(input.charAt(at));
      at += run?.length ?? 1;
      if (event) return { event, rest: input.slice(at) };
    }
    return { event: null, rest: '' };
  }

  #take(character: string): LineEvent | null {
    if (this.#escape !== '') return this.#continueEscape(character);
    switch (character) {
      case '\x1b':
        this.#escape = character;
        return null;
      case '\r':
      case '\n':
        return this.#enter();
      case '\x03':
        this.#leave('^C');
        return { type: 'interrupt' };
      case '\x04':
        if (this.#before.length + this.#after.length > 0) this.#act('delete');
        else {
          this.#show('exit\r\n');
          return { type: 'end' };
        }
        return null;
      default:
        if (controls[character]) this.#act(controls[character]);
        else this.#show('\x07');
        return null;
    }
  }

  /** An escape, and then one character, or `[` or `O` and all up to a letter or `~`. */
  #continueEscape(character: string): null {
    this.#escape += character;
    const sequence = this.#escape.slice(1);
    const open = /^(?:O|\[[\d;?]*)$/.test(sequence) && sequence.length < 16;
    if (open) return null;
    this.#escape = '';
    const action = sequences[sequence];
    if (action) this.#act(action);
    return null;
  }

  #enter(): LineEvent {
    const text = [...this.#before, ...this.#after].join('');
    this.#leave('');
    if (text.trim() !== '' && text !== this.#history.at(-1)) this.#history.push(text);
    if (this.#history.length > maxHistory) this.#history.shift();
    return { type: 'line', text };
  }

  #leave(mark: string): void {
    if (this.#after.length > 0) this.#act('end');
    this.#show(`${mark}\r\n`);
    this.#row = 0;
  }

  /** All of a pasted text at once: drawing it anew for each character would take time that grows with its square. */
  #insert(text: string): void {
    const room = maxLength - this.#before.length - this.#after.length;
    const characters = [...text].slice(0, Math.max(0, room));
    if (characters.length < [...text].length) this.#show('\x07');
    if (characters.length === 0) return;
    const width = this.#width(this.#before);
    this.#before.push(...characters);
    const fits = (width % this.#columns) + widthOf(characters) < this.#columns;
    if (this.#after.length === 0 && fits) this.#show(characters.join(''));
    else this.#render();
  }

  #act(action: string): void {
    const [before, after] = [this.#before, this.#after];
    const move = (from: string[], to: (character: string) => void) => {
      const character = from === before ? before.pop() : after.shift();
      if (character !== undefined) to(character);
    };
    const left = () => move(before, (character) => after.unshift(character));
    const right = () => move(after, (character) => before.push(character));
    const overWord = (step: () => void, next: () => string | undefined) => {
      while (next() === ' ') step();
      while (next() !== undefined && next() !== ' ') step();
    };
    const actions: Record<string, () => void> = {
      left,
      right,
      home: () => this.#set('', [...before, ...after].join('')),
      end: () => this.#set([...before, ...after].join(''), ''),
      backspace: () => void before.pop(),
      delete: () => void after.shift(),
      'cut-start': () => this.#set('', after.join('')),
      'cut-end': () => this.#set(before.join(''), ''),
      'cut-word': () =>
        overWord(
          () => void before.pop(),
          () => before.at(-1),
        ),
      'word-left': () => overWord(left, () => before.at(-1)),
      'word-right': () => overWord(right, () => after[0]),
      previous: () => this.#recall(this.#past - 1),
      next: () => this.#recall(this.#past + 1),
      clear: () => {
        this.#show('\x1b[H\x1b[2J');
        this.#row = 0;
      },
    };
    actions[action]?.();
    this.#render();
  }

  #recall(index: number): void {
    if (index < 0 || index > this.#history.length) return;
    if (this.#past === this.#history.length) this.#draft = [...this.#before, ...this.#after].join('');
    this.#past = index;
    this.#set(this.#history[index] ?? this.#draft, '');
  }

  #set(before: string, after: string): void {
    this.#before = [...before];
    this.#after = [...after];
  }

  /** Draws prompt and line anew, over as many rows as they take, and puts the cursor where it belongs. */
  #render(): void {
    const whole = this.#width([...this.#before, ...this.#after]);
    const cursor = this.#width(this.#before);
    const text = [...this.#before, ...this.#after].join('');
    const atEnd = this.#after.length === 0;
    const up = (rows: number) => (rows > 0 ? `\x1b[${rows}A` : '');
    // A terminal wraps only when there is one more character.
    const wrap = whole > 0 && whole % this.#columns === 0 ? '\r\n' : '';
    const [lastRow, row] = [Math.floor(whole / this.#columns), Math.floor(cursor / this.#columns)];
    const column = cursor % this.#columns;
    const right = column > 0 ? `\x1b[${column}C` : '';
    const back = atEnd ? '' : `${up(lastRow - row)}\r${right}`;
    this.#show(`${up(this.#row)}\r\x1b[J${this.#prompt}${text}${wrap}${back}`);
    this.#row = row;
  }

  #width(characters: readonly string[]): number {
    return widthOf([...this.#prompt.replace(/\x1b\[[\d;]*m/g, '')]) + widthOf(characters);
  }
}
