import { lazy } from 'react';
import { Folder } from '@strapi/icons';
import type { KindPanel } from '../kind-panel';

export const bundlePanel: KindPanel = {
  id: 'bundle',
  name: 'kind.bundle',
  making: {
    title: 'new-skill.bundle',
    what: 'new-skill.bundle-what',
    Icon: Folder,
    Dialog: lazy(async () => ({ default: (await import('./new-bundle-dialog')).NewBundleDialog })),
  },
  hasFiles: true,
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
