import type { PluginPart } from '../../http/plugin-part';
import { providersOf } from './providers-of';
import { providerRoutes } from './routes';
import { createProvidersService } from './service';

export const providersPart: PluginPart = {
  permissions: [{ uid: 'providers.read', displayName: 'Read', subCategory: 'providers' }],
  routes: providerRoutes,
  services: { providers: ({ strapi }) => createProvidersService(strapi) },
  /** Before any other part's bootstrap, which may ask for providers. */
  register: ({ strapi }) => providersOf(strapi).load(),
};
