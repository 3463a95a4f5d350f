import { useCallback, useMemo, useRef, useState } from 'react';
import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';
import { emptyTrajectory, goOn, type TrajectoryModel } from './trajectory-model';
import { measuresOf } from './trajectory-measures';
import {
  keepKeys,
  toggleSection,
  trajectoryRows,
  type OpenSections,
  type TrajectoryRow,
} from './trajectory-rows';

/** The trajectory of the events that are shown. Only what came, or was read, since the last time is read into it. */
export function useTrajectory(events: readonly RunEvent[]): TrajectoryModel {
  const known = useRef({ events: [] as readonly RunEvent[], model: emptyTrajectory });
  return useMemo(() => {
    if (known.current.events !== events) known.current = { events, model: goOn(known.current, events) };
    return known.current.model;
  }, [events]);
}

/** The rows of a trajectory, of which the reader opens and closes some, and what its steps and calls took. */
export function useTrajectoryRows({ items, measured }: TrajectoryModel, fold: boolean) {
  const [open, setOpen] = useState<OpenSections>([]);
  const kept = useRef<{ first: TrajectoryRow | undefined; aliases: Map<string, string> }>({
    first: undefined,
    aliases: new Map(),
  });
  const measures = useMemo(() => measuresOf(measured), [measured]);
  const { steps } = measures;
  const rows = useMemo(() => {
    const { first, aliases } = kept.current;
    const all = keepKeys(trajectoryRows(items, { fold, open, steps }), first, aliases);
    kept.current.first = all[0];
    return all;
  }, [items, fold, open, steps]);
  const toggle = useCallback(
    (section: { from: number; to: number }) => setOpen((sections) => toggleSection(sections, section)),
    [],
  );
  return { rows, measures, toggle };
}
