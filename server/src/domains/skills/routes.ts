import type { RouteDefinition } from '../../http/define-route';
import { contentRoutes } from './routes/content-routes';
import { fileRoutes } from './routes/file-routes';
import { importRoutes } from './routes/import-routes';
import { mendingRoutes } from './routes/mending-routes';
import { skillRoutes as backofficeRoutes } from './routes/skill-routes';
import { versionRoutes } from './routes/version-routes';

export const skillRoutes: readonly RouteDefinition[] = [
  ...backofficeRoutes,
  ...fileRoutes,
  ...mendingRoutes,
  ...versionRoutes,
  ...importRoutes,
  ...contentRoutes,
];
