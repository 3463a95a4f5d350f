import { lazy } from 'react';
import type { KindPanel } from '../kind-panel';

export const bundlePanel: KindPanel = {
  id: 'bundle',
  name: 'kind.bundle',
  tabs: [
    {
      path: 'overview',
      label: 'tab.overview',
      Component: lazy(async () => ({ default: (await import('./overview/overview-tab')).OverviewTab })),
    },
    {
      path: 'files',
      label: 'tab.files',
      Component: lazy(async () => ({ default: (await import('./files/files-tab')).FilesTab })),
    },
  ],
};
