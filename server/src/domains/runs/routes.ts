import type { RouteDefinition } from '../../http/define-route';
import { adminRunRoutes } from './admin-routes';
import { contentRunRoutes } from './content-routes';
import { sandboxRoutes } from './sandbox-routes';

export const runRoutes: readonly RouteDefinition[] = [
  ...adminRunRoutes,
  ...contentRunRoutes,
  ...sandboxRoutes,
];
