import type { ComponentType } from 'react';
import type { Folder } from '@strapi/icons';
import type { MessageKey } from '../../../ui/use-t';

/** A tab of the workspace that only one kind has. `path` is its place in the URL. */
export interface KindTab {
  path: string;
  label: MessageKey;
  Component: ComponentType;
}

/** How a skill of a kind is made: in a dialog over the list, or on a page of its own below `new-skill/`. */
export interface KindMaking {
  /** What the choice says. */
  title: MessageKey;
  what: MessageKey;
  Icon: typeof Folder;
  Dialog?: ComponentType<{ onClose: () => void }>;
  Page?: ComponentType;
}

/** One kind of skill in the panel: what differs between kinds, and nothing else. */
export interface KindPanel {
  readonly id: string;
  readonly name: MessageKey;
  readonly making: KindMaking;
  /** Stand before the tabs that every kind has; the first one is where a skill opens. */
  readonly tabs: readonly KindTab[];
  /** Whether its content is files that people look at: what they then upload and download as an archive. */
  readonly hasFiles: boolean;
}
