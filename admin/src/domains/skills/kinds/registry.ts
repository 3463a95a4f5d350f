import type { Translate } from '../../../ui/use-t';
import { bundlePanel } from './bundle';
import type { KindPanel } from './kind-panel';
import { providerPanel } from './provider';

/** All kinds that this panel knows, in the order in which they are offered. */
export const panels: readonly KindPanel[] = [bundlePanel, providerPanel];

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

/** Whether a kind's content is files; what this panel does not know is taken for files, which are always downloadable. */
export const kindHasFiles = (kind: string): boolean => kindPanel(kind)?.hasFiles ?? true;
