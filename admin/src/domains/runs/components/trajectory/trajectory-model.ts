import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';
import { isMeasured } from './trajectory-measures';
import { joinSources, sourceOf, type TextItem, type ToolItem, type TrajectoryItem } from './trajectory-item';

/**
 * What a run did, in the order in which it did it, read from a part of its events. Parts that lie side by side are joined by
 * `joinTrajectories`; wherever events are cut into parts, what is joined again is the same.
 */
export interface TrajectoryModel {
  items: readonly TrajectoryItem[];
  /** The events that tell what steps and calls took. */
  measured: readonly RunEvent[];
}

export const emptyTrajectory: TrajectoryModel = { items: [], measured: [] };

export function trajectoryOf(events: readonly RunEvent[]): TrajectoryModel {
  const items: TrajectoryItem[] = [];
  const add = adderTo(items);
  for (const event of events) {
    const item = itemOf(event);
    if (item) add(item);
  }
  return { items, measured: events.filter(isMeasured) };
}

/** `later` begins with the event behind the last of `earlier`. */
export function joinTrajectories(earlier: TrajectoryModel, later: TrajectoryModel): TrajectoryModel {
  const items = [...earlier.items];
  const add = adderTo(items);
  for (const item of later.items) add(item);
  return { items, measured: [...earlier.measured, ...later.measured] };
}

/** What was read from some events, when some have come before or behind them, or gone. */
export function goOn(
  known: { events: readonly RunEvent[]; model: TrajectoryModel },
  events: readonly RunEvent[],
): TrajectoryModel {
  const [first, last] = [known.events[0], known.events.at(-1)];
  const [newFirst, newLast] = [events[0], events.at(-1)];
  if (!first || !last || !newFirst || !newLast) return trajectoryOf(events);
  if (newFirst.seq > first.seq || newLast.seq < last.seq) return trajectoryOf(events);
  const before = events.slice(0, first.seq - newFirst.seq);
  const behind = events.slice(last.seq - newFirst.seq + 1);
  const model = before.length > 0 ? joinTrajectories(trajectoryOf(before), known.model) : known.model;
  return behind.length > 0 ? joinTrajectories(model, trajectoryOf(behind)) : model;
}

/** Adds items behind others: text goes on with text, and a part of a tool call goes to its call. */
function adderTo(items: TrajectoryItem[]): (item: TrajectoryItem) => void {
  // Built when the first part of a call comes whose call may be anywhere, and kept while items are added.
  let newest: Map<string, number> | undefined;
  const indexOf = (callId: string): number | undefined => {
    newest ??= new Map(
      items.flatMap((item, index): [string, number][] =>
        item.kind === 'tool' ? [[item.callId, index]] : [],
      ),
    );
    return newest.get(callId);
  };
  return (item) => {
    const last = items.at(-1);
    if (item.kind === 'text' && last?.kind === 'text' && last.stream === item.stream) {
      items[items.length - 1] = joinTexts(last, item);
      return;
    }
    if (item.kind === 'tool' && !item.call) {
      const index = indexOf(item.callId);
      const known = index === undefined ? undefined : items[index];
      if (index !== undefined && known?.kind === 'tool') {
        items[index] = joinTools(known, item);
        return;
      }
    }
    items.push(item);
    if (item.kind === 'tool') newest?.set(item.callId, items.length - 1);
  };
}

function joinTexts(earlier: TextItem, later: TextItem): TextItem {
  return {
    ...earlier,
    text: earlier.text + later.text,
    sources: joinSources(earlier.sources, later.sources),
    to: later.to,
    until: later.until,
  };
}

function joinTools(earlier: ToolItem, later: ToolItem): ToolItem {
  const joined: ToolItem = {
    ...earlier,
    name: earlier.name || later.name,
    to: later.to,
    until: later.until,
  };
  const { result, request, decision, child } = later;
  if (result) joined.result = result;
  if (request) joined.request = request;
  if (decision) joined.decision = decision;
  if (child) joined.child = child;
  return joined;
}

/** What one event alone tells; undefined where it is nothing that a run did (its figures, a vendor's own news). */
function itemOf({ seq, at, payload }: RunEvent): TrajectoryItem | undefined {
  const span = { from: seq, to: seq, at, until: at };
  switch (payload.type) {
    case 'text-delta': {
      const { stream, text } = payload;
      return text === '' ? undefined : { ...span, kind: 'text', stream, text, sources: [] };
    }
    case 'citation':
      return { ...span, kind: 'text', stream: 'answer', text: '', sources: [sourceOf(payload.citation)] };
    case 'tool-call': {
      const { id, name, input, by } = payload;
      return { ...span, kind: 'tool', callId: id, name, call: { input, by } };
    }
    case 'tool-result': {
      const { id, name, output, isError, artifact } = payload;
      const result = { output, isError, ...(artifact === undefined ? {} : { artifact }) };
      return { ...span, kind: 'tool', callId: id, name, result };
    }
    case 'approval-request': {
      const { callId, name, input } = payload;
      return { ...span, kind: 'tool', callId, name, request: { input } };
    }
    case 'approval': {
      const { callId, approved, note, by } = payload;
      return { ...span, kind: 'tool', callId, name: '', decision: { approved, note, by } };
    }
    case 'child-run': {
      const { callId, runId, alias } = payload;
      return { ...span, kind: 'tool', callId, name: '', child: { runId, alias } };
    }
    case 'step-start':
      return { ...span, kind: 'step', step: payload.step };
    case 'context-trim':
      return { ...span, kind: 'context-trim', results: payload.results, characters: payload.characters };
    case 'message':
      return { ...span, kind: 'message', text: payload.text, author: payload.author };
    case 'skill-load':
      return { ...span, kind: 'skill-load', alias: payload.alias, version: payload.version };
    case 'file-load':
      return { ...span, kind: 'file-load', alias: payload.alias, path: payload.path };
    case 'run-wait':
      return { ...span, kind: 'wait', reason: payload.reason, deadline: payload.until };
    case 'run-resume':
      return { ...span, kind: 'resume' };
    case 'files-change': {
      const { added, modified, removed } = payload;
      return { ...span, kind: 'changes', added, modified, removed };
    }
    case 'artifact':
      return { ...span, kind: 'artifact', artifact: payload.artifact };
    case 'log-line':
      return { ...span, kind: 'log', level: payload.level, message: payload.message };
    case 'run-end':
      return { ...span, kind: 'end', status: payload.status, error: payload.error };
    case 'run-start':
    case 'usage':
    case 'provider-event':
      return undefined;
    default:
      // A type that a later kind of skill has added; it stands in the list of events.
      return undefined;
  }
}
