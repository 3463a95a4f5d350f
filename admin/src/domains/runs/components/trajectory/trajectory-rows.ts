import { contentKind } from '../../../../ui/content-kind';
import type { TrajectoryMeasures } from './trajectory-measures';
import type { ToolItem, TrajectoryItem } from './trajectory-item';

/** What was done between two words of the agent's, in figures. */
export interface WorkFigures {
  toolCalls: number;
  /** Calls that went wrong. */
  failed: number;
  filesRead: number;
  skillsLoaded: number;
  children: number;
  /** Calls that wait for a person. */
  undecided: number;
  ms: number;
  /** What is being done, when something is. */
  current: ToolItem | undefined;
}

interface RowSpan {
  key: string;
  /** Numbers of the first and last event in it. */
  from: number;
  to: number;
}

export type TrajectoryRow =
  | (RowSpan & { kind: 'item'; item: TrajectoryItem; /** Of a section that is open. */ inside: boolean })
  | (RowSpan & { kind: 'work'; figures: WorkFigures; open: boolean });

/** Sections that the reader has opened, by the events in them: a section grows while its run does, and with each page that is read. */
export type OpenSections = readonly { from: number; to: number }[];

const overlaps = (one: { from: number; to: number }, other: { from: number; to: number }) =>
  one.from <= other.to && other.from <= one.to;

export function toggleSection(open: OpenSections, { from, to }: { from: number; to: number }): OpenSections {
  const others = open.filter((section) => !overlaps(section, { from, to }));
  return others.length < open.length ? others : [...open, { from, to }];
}

/** What stands for itself: what is said, and what came of it. All else is work, which folds. */
function standsAlone(item: TrajectoryItem): boolean {
  if (item.kind === 'text') return item.stream === 'answer';
  if (item.kind === 'artifact') return contentKind(item.artifact.name, item.artifact.mime) === 'image';
  return item.kind === 'message' || item.kind === 'changes' || item.kind === 'end';
}

/** An end as it was hoped for needs no word, nor does a step of which there is nothing to tell. */
function isShown(item: TrajectoryItem, steps: TrajectoryMeasures['steps']): boolean {
  if (item.kind === 'step') return steps.has(item.from);
  return item.kind !== 'end' || item.status !== 'completed';
}

export function figuresOf(items: readonly TrajectoryItem[]): WorkFigures {
  const tools = items.filter((item): item is ToolItem => item.kind === 'tool');
  const ends = items.map(({ until }) => Date.parse(until));
  return {
    toolCalls: tools.length,
    failed: tools.filter(({ result }) => result?.isError).length,
    filesRead: items.filter(({ kind }) => kind === 'file-load').length,
    skillsLoaded: items.filter(({ kind }) => kind === 'skill-load').length,
    children: tools.filter(({ child }) => child !== undefined).length,
    undecided: tools.filter(isUndecided).length,
    ms: items[0]
      ? Math.max(0, ends.reduce((last, end) => Math.max(last, end), 0) - Date.parse(items[0].at))
      : 0,
    current: tools.findLast(({ result }) => result === undefined),
  };
}

export const isUndecided = ({ request, decision, result }: ToolItem): boolean =>
  request !== undefined && decision === undefined && result === undefined;

const rowOf = (item: TrajectoryItem, inside: boolean): TrajectoryRow => ({
  kind: 'item',
  key: `${item.kind}${item.from}`,
  from: item.from,
  to: item.to,
  item,
  inside,
});

function workRows(items: readonly TrajectoryItem[], open: OpenSections): TrajectoryRow[] {
  // A step stands above what it begins with: the last ones above what is said behind this work.
  const end = items.findLastIndex(({ kind }) => kind !== 'step') + 1;
  return [...foldedRows(items.slice(0, end), open), ...items.slice(end).map((item) => rowOf(item, false))];
}

function foldedRows(items: readonly TrajectoryItem[], open: OpenSections): TrajectoryRow[] {
  const work = items.filter(({ kind }) => kind !== 'step');
  const [first] = work;
  if (!first) return [];
  // What would open to one thing is that thing.
  if (work.length === 1) return items.map((item) => rowOf(item, false));
  // By where its items begin: a call may end long after, among the words of another section.
  const span = { from: first.from, to: work.at(-1)?.from ?? first.from };
  const isOpen = open.some((section) => overlaps(section, span));
  return [
    { kind: 'work', key: `work${first.from}`, ...span, figures: figuresOf(work), open: isOpen },
    ...(isOpen ? items.map((item) => rowOf(item, true)) : []),
  ];
}

/** The rows of a trajectory. `fold`: work between two words becomes one row, which opens to what was done. `steps`: what they took. */
export function trajectoryRows(
  items: readonly TrajectoryItem[],
  { fold, open, steps }: { fold: boolean; open: OpenSections; steps: TrajectoryMeasures['steps'] },
): TrajectoryRow[] {
  const shown = items.filter((item) => isShown(item, steps));
  if (!fold) return shown.filter(({ kind }) => kind !== 'step').map((item) => rowOf(item, false));
  const rows: TrajectoryRow[] = [];
  let work: TrajectoryItem[] = [];
  for (const item of shown) {
    if (!standsAlone(item)) {
      work.push(item);
      continue;
    }
    rows.push(...workRows(work, open), rowOf(item, false));
    work = [];
  }
  return [...rows, ...workRows(work, open)];
}

/**
 * Keys that stay with their rows. The first row of a part may have its beginning in an earlier page: when that is read the row begins
 * elsewhere, but it is the same row, and what the reader looks at must not move. `aliases` is kept from call to call.
 */
export function keepKeys<Row extends { key: string; from: number; to: number }>(
  rows: readonly Row[],
  previous: Row | undefined,
  aliases: Map<string, string>,
): readonly Row[] {
  if (previous) {
    const grown = rows.find(({ from, to }) => from < previous.from && previous.from <= to);
    const isThere = rows.some(({ key }) => (aliases.get(key) ?? key) === previous.key);
    if (grown && !isThere) aliases.set(grown.key, previous.key);
  }
  if (aliases.size === 0) return rows;
  return rows.map((row) => {
    const key = aliases.get(row.key);
    return key === undefined ? row : { ...row, key };
  });
}
