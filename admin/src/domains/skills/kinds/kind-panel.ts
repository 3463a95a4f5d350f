import type { ComponentType } from 'react';
import type { MessageKey } from '../../../ui/use-t';

/** A tab of the workspace that only one kind has. `path` is its place in the URL. */
export interface KindTab {
  path: string;
  label: MessageKey;
  Component: ComponentType;
}

/** One kind of skill in the panel: what differs between kinds, and nothing else. */
export interface KindPanel {
  readonly id: string;
  readonly name: MessageKey;
  /** Stand before the tabs that every kind has; the first one is where a skill opens. */
  readonly tabs: readonly KindTab[];
}
