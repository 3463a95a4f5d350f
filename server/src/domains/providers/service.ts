import type { Core } from '@strapi/types';
import { configOf } from '../../config';
import { MissingError } from '../../http/errors';
import { loadAdapters, type LoadedAdapters } from './discovery/load-adapters';
import type { ProvidersService } from './providers-service';

/** The service, and its one step at boot. */
export interface BootableProviders extends ProvidersService {
  load(): Promise<void>;
}

/** Knows the adapters that the app has. Before `load`, there are none. */
export function createProvidersService(strapi: Core.Strapi): BootableProviders {
  let adapters: LoadedAdapters = { installed: [], providers: new Map() };
  return {
    async load() {
      const dependencies: Record<string, unknown> = strapi.config.get('info.dependencies') ?? {};
      adapters = await loadAdapters(
        {
          root: strapi.dirs.app.root,
          dependencies: Object.keys(dependencies),
          overrides: configOf(strapi).providers,
        },
        (message) => strapi.log.warn(`Skills: ${message}`),
      );
    },
    list: () => adapters.installed,
    find: (id) => adapters.providers.get(id),
    get(id) {
      const provider = adapters.providers.get(id);
      if (provider) return provider;
      const rejected = adapters.installed.find((row) => row.id === id && row.rejection !== null);
      const reason = rejected
        ? ` The package ${rejected.package} offers it, but is not used. ${rejected.rejection?.message}`
        : '';
      throw new MissingError(`There is no provider ${id}.${reason}`, {
        code: 'provider-not-found',
        path: ['provider'],
      });
    },
  };
}
