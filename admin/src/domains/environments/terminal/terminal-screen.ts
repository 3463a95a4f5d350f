import { FitAddon } from '@xterm/addon-fit';
import { Terminal, type ITheme } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';

export interface ScreenOptions {
  theme: ITheme;
  /** What assistive technology calls the field that is typed into. */
  label: string;
  onTyped(text: string): void;
  onSize(columns: number, rows: number): void;
  /** The focus is to go on: the Tab key is the shell's. */
  onLeave(): void;
}

/** The terminal on the page: what it shows, and what is typed into it. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  show(bytes: Uint8Array, shown: () => void): void;
  clear(): void;
  focus(): void;
  setTheme(theme: ITheme): void;
  setTyping(allowed: boolean): void;
  dispose(): void;
}

/** Puts a terminal into an element, which it fills, and whose size it follows. */
export function openScreen(element: HTMLElement, options: ScreenOptions): Screen {
  const terminal = new Terminal({
    theme: options.theme,
    fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
    fontSize: 13,
    scrollback: 5_000,
    screenReaderMode: true,
    minimumContrastRatio: 4.5,
    disableStdin: true,
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(element);
  terminal.textarea?.setAttribute('aria-label', options.label);
  terminal.onData(options.onTyped);
  terminal.onResize(({ cols, rows }) => options.onSize(cols, rows));
  terminal.attachCustomKeyEventHandler((event) => takeKey(terminal, event, options));
  const observer = new ResizeObserver(() => fit.fit());
  observer.observe(element);
  fit.fit();
  return {
    get columns() {
      return terminal.cols;
    },
    get rows() {
      return terminal.rows;
    },
    show: (bytes, shown) => terminal.write(bytes, shown),
    clear: () => terminal.reset(),
    focus: () => terminal.focus(),
    setTheme(theme) {
      terminal.options.theme = theme;
    },
    setTyping(allowed) {
      terminal.options.disableStdin = !allowed;
    },
    dispose() {
      observer.disconnect();
      terminal.dispose();
    },
  };
}

/** False keeps a key from the shell. */
function takeKey(terminal: Terminal, event: KeyboardEvent, { onLeave }: ScreenOptions): boolean {
  if (event.ctrlKey && event.key === 'F6') {
    event.preventDefault();
    if (event.type === 'keydown') onLeave();
    return false;
  }
  if (event.ctrlKey && event.shiftKey && event.code === 'KeyC') {
    event.preventDefault();
    if (event.type === 'keydown' && terminal.hasSelection()) {
      void navigator.clipboard?.writeText(terminal.getSelection());
    }
    return false;
  }
  // The browser pastes.
  return !(event.ctrlKey && event.shiftKey && event.code === 'KeyV');
}
