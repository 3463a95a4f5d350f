/** What has become of the newest text. `failed` keeps it, and waits for `retry` or `discard`. */
export type SaveState =
  { status: 'saved' } | { status: 'dirty' } | { status: 'saving' } | { status: 'failed'; error: unknown };

interface AutosaveOptions {
  /** How long after the last change it is saved, in milliseconds. */
  delayMs: number;
  save(text: string): Promise<void>;
  onState(state: SaveState): void;
}

/**
 * Saves a text as it is typed: a while after the last change, one save at a time, and always the newest text. A failed save is
 * not tried again by itself, so that the choice about a conflict is a person's.
 */
export function createAutosave({ delayMs, save, onState }: AutosaveOptions) {
  let pending: { text: string } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let failed = false;

  function stopTimer() {
    clearTimeout(timer);
    timer = undefined;
  }

  async function saveAll(): Promise<void> {
    while (pending && !failed) {
      const { text } = pending;
      pending = undefined;
      onState({ status: 'saving' });
      try {
        await save(text);
      } catch (error) {
        failed = true;
        pending ??= { text };
        onState({ status: 'failed', error });
        return;
      }
    }
    if (!failed) onState({ status: 'saved' });
  }

  /** Saves what is not saved yet, now. Resolves when that is done, or has failed. */
  function flush(): Promise<void> {
    stopTimer();
    if (!pending || failed) return running ?? Promise.resolve();
    running ??= saveAll().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    change(text: string): void {
      pending = { text };
      if (failed) return;
      if (!running) onState({ status: 'dirty' });
      stopTimer();
      timer = setTimeout(() => void flush(), delayMs);
    },
    flush,
    /** Saves what a failed save has kept. */
    retry(): Promise<void> {
      failed = false;
      return flush();
    },
    /** Gives up what is not saved. */
    discard(): void {
      stopTimer();
      pending = undefined;
      failed = false;
      onState({ status: 'saved' });
    },
    hasUnsaved: () => pending !== undefined || running !== undefined,
  };
}

export type Autosave = ReturnType<typeof createAutosave>;
