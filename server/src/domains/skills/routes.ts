import type { RouteDefinition } from '../../http/define-route';
import { placementRoutes } from './kinds/bundle/hosting/placement-routes';
import { contentRoutes } from './routes/content-routes';
import { definitionRoutes } from './routes/definition-routes';
import { fileRoutes } from './routes/file-routes';
import { importRoutes } from './routes/import-routes';
import { mendingRoutes } from './routes/mending-routes';
import { scopeRoutes } from './routes/scope-routes';
import { skillRoutes as backofficeRoutes } from './routes/skill-routes';
import { skillTypeRoutes } from './routes/skill-type-routes';
import { toolRoutes } from './routes/tool-routes';
import { versionRoutes } from './routes/version-routes';

export const skillRoutes: readonly RouteDefinition[] = [
  ...backofficeRoutes,
  ...definitionRoutes,
  ...skillTypeRoutes,
  ...scopeRoutes,
  ...fileRoutes,
  ...mendingRoutes,
  ...versionRoutes,
  ...importRoutes,
  ...contentRoutes,
  ...toolRoutes,
  ...placementRoutes,
];
