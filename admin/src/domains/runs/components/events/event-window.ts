import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';

/**
 * The part of a run's events that the page holds: as they are numbered, without a gap. A run may have a hundred thousand; what the
 * reader has left far behind is let go, and read again when it is come back to.
 */
export interface EventWindow {
  events: readonly RunEvent[];
  /** The number of the newest event that is known to be stored; 0 of none. */
  tip: number;
}

/** The window is cut back to `kept` events when it holds `slack` more: not at each event. */
export const windowLimits = { kept: 10_000, slack: 2_000 };

export const emptyWindow: EventWindow = { events: [], tip: 0 };

/** The number before the window's first event: what stands before it is numbered up to this. */
export const beforeOf = ({ events, tip }: EventWindow): number => (events[0] ? events[0].seq - 1 : tip);

/** The number of the window's last event; of an empty one, the number that it would go on after. */
export const lastOf = ({ events, tip }: EventWindow): number => events.at(-1)?.seq ?? tip;

export const isAtStart = (window: EventWindow): boolean => beforeOf(window) === 0;
export const isAtEnd = (window: EventWindow): boolean => lastOf(window) >= window.tip;

const tipWith = (window: EventWindow, events: readonly RunEvent[]): number =>
  Math.max(window.tip, events.at(-1)?.seq ?? 0);

/** Another part of the same run. */
export function replaceEvents(window: EventWindow, events: readonly RunEvent[]): EventWindow {
  return { events, tip: tipWith(window, events) };
}

/**
 * Adds what comes behind the window; what it has already is skipped. Events that do not join it only tell that there is more. A
 * window that becomes too long is cut at its beginning.
 */
export function addLater(
  window: EventWindow,
  events: readonly RunEvent[],
  limits = windowLimits,
): EventWindow {
  const tip = tipWith(window, events);
  const fresh = events.filter(({ seq }) => seq > lastOf(window));
  if (fresh[0]?.seq !== lastOf(window) + 1)
    return tip === window.tip ? window : { events: window.events, tip };
  const all = [...window.events, ...fresh];
  return { events: all.length > limits.kept + limits.slack ? all.slice(-limits.kept) : all, tip };
}

/** Adds what stands before the window; what does not join it is left out. One that becomes too long is cut at its end. */
export function addEarlier(
  window: EventWindow,
  events: readonly RunEvent[],
  limits = windowLimits,
): EventWindow {
  const before = beforeOf(window);
  const fresh = events.filter(({ seq }) => seq <= before);
  if (fresh.at(-1)?.seq !== before) return window;
  const all = [...fresh, ...window.events];
  return {
    events: all.length > limits.kept + limits.slack ? all.slice(0, limits.kept) : all,
    tip: window.tip,
  };
}

/** Whether events that come now may be added without letting go of what the reader looks at. */
export function hasRoom({ events }: EventWindow, limits = windowLimits): boolean {
  return events.length < limits.kept;
}
