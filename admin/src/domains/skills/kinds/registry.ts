import type { Translate } from '../../../ui/use-t';
import { bundlePanel } from './bundle';
import type { KindPanel } from './kind-panel';

const panels: readonly KindPanel[] = [bundlePanel];

/** The panel of a kind; undefined for one that this panel does not know, whose skills are then listed and run all the same. */
export function kindPanel(kind: string): KindPanel | undefined {
  return panels.find(({ id }) => id === kind);
}

export function kindName(t: Translate, kind: string): string {
  const panel = kindPanel(kind);
  return panel ? t(panel.name) : kind;
}

/** The kinds that this panel knows, to choose from. */
export function kindChoices(t: Translate): { value: string; label: string }[] {
  return panels.map(({ id, name }) => ({ value: id, label: t(name) }));
}
