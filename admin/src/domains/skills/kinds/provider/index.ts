import { lazy } from 'react';
import { PuzzlePiece } from '@strapi/icons';
import type { KindPanel } from '../kind-panel';

export const providerPanel: KindPanel = {
  id: 'provider',
  name: 'kind.provider',
  making: {
    title: 'new-skill.provider',
    what: 'new-skill.provider-what',
    Icon: PuzzlePiece,
    Page: lazy(async () => ({ default: (await import('./making/new-provider-skill')).NewProviderSkill })),
  },
  hasFiles: false,
  tabs: [
    {
      path: 'details',
      label: 'tab.details',
      Component: lazy(async () => ({ default: (await import('./details/details-tab')).DetailsTab })),
    },
    {
      path: 'info',
      label: 'tab.info',
      Component: lazy(async () => ({ default: (await import('./info/info-tab')).InfoTab })),
    },
  ],
};
