import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';

export type LogLevel = 'stdout' | 'stderr' | 'debug' | 'info' | 'warn' | 'error';

/** A line of a run's log: what the script printed, or what the plugin says about the run. */
export interface LogLine {
  /** The line's number among those that were read, from 1. */
  number: number;
  /** The numbers of the first and last event in it, and which line it is of the first. */
  from: number;
  to: number;
  piece: number;
  at: string;
  level: LogLevel;
  text: string;
}

export interface LogModel {
  lines: readonly LogLine[];
  /** How many lines there were in all; the oldest may no longer be kept. */
  total: number;
  /** For each stream, the number of its last line while no line end has come. */
  open: Partial<Record<LogLevel, number>>;
  lastSeq: number;
  ended: boolean;
}

/** More lines than this are not kept in the page, and no more characters of one line: the newest and the first are. */
export const logLimits = { lines: 20_000, lineLength: 4000 };

export const emptyLog: LogModel = { lines: [], total: 0, open: {}, lastSeq: 0, ended: false };

/**
 * Adds events to a log. Text comes in pieces that end anywhere: a line that a later piece goes on with is one line. Events that
 * the log has already (a stream taken up again may repeat some) are skipped.
 */
export function appendEvents(log: LogModel, events: readonly RunEvent[], limits = logLimits): LogModel {
  const fresh = events.filter(({ seq }) => seq > log.lastSeq);
  if (fresh.length === 0) return log;
  const lines = [...log.lines];
  const open = { ...log.open };
  let { total, lastSeq, ended } = log;

  const write = (level: LogLevel, { seq, at }: RunEvent, piece: number, text: string) => {
    total += 1;
    const shown = text.slice(0, limits.lineLength);
    lines.push({ number: total, from: seq, to: seq, piece, at, level, text: shown });
  };
  const goOn = (number: number, to: number, text: string): boolean => {
    const index = lines.length - 1 - (total - number);
    const line = lines[index];
    if (!line) return false;
    lines[index] = { ...line, to, text: `${line.text}${text}`.slice(0, limits.lineLength) };
    return true;
  };
  const print = (level: 'stdout' | 'stderr', event: RunEvent, text: string) => {
    const pieces = text.split('\n');
    pieces.forEach((piece, index) => {
      const isLast = index === pieces.length - 1;
      const unfinished = open[level];
      const shown = isLast ? piece : piece.replace(/\r$/, '');
      if (unfinished !== undefined && goOn(unfinished, event.seq, shown)) {
        if (!isLast) delete open[level];
        return;
      }
      if (isLast && piece === '') return;
      write(level, event, index, shown);
      if (isLast) open[level] = total;
      else delete open[level];
    });
  };

  for (const event of fresh) {
    const { seq, payload } = event;
    lastSeq = seq;
    if (payload.type === 'text-delta') {
      // What a model wrote is its answer, which is read elsewhere.
      if (payload.stream === 'stdout' || payload.stream === 'stderr')
        print(payload.stream, event, payload.text);
    } else if (payload.type === 'log-line')
      payload.message.split('\n').forEach((text, piece) => write(payload.level, event, piece, text));
    else if (payload.type === 'run-end') ended = true;
  }
  return { lines: lines.slice(-limits.lines), total, open, lastSeq, ended };
}

/** What was read from some events, when some have come behind or before them, or gone. */
export function goOnReading(
  known: { events: readonly RunEvent[]; log: LogModel },
  events: readonly RunEvent[],
): LogModel {
  const last = known.events.at(-1)?.seq;
  const grown = known.events[0]?.seq === events[0]?.seq && (events.at(-1)?.seq ?? 0) >= (last ?? 0);
  if (last === undefined || !grown) return appendEvents(emptyLog, events);
  return appendEvents(known.log, events.slice(known.events.length));
}

/** The log as a text file. */
export function logText(lines: readonly LogLine[]): string {
  return lines.map(({ at, level, text }) => `${at} ${level.padEnd(6)} ${text}\n`).join('');
}
