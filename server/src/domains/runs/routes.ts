import type { RouteDefinition } from '../../http/define-route';
import { adminRunRoutes } from './admin-routes';
import { agentDefaultsRoutes } from './agent-defaults/routes';
import { changeRoutes } from './changes/routes';
import { contentRunRoutes } from './content-routes';
import { exportRoutes } from './formats/agentfs/routes';
import { messageRoutes } from './messages/routes';
import { sandboxRoutes } from './sandbox-routes';
import { approvalRoutes } from './waiting/routes';

export const runRoutes: readonly RouteDefinition[] = [
  ...adminRunRoutes,
  ...contentRunRoutes,
  ...sandboxRoutes,
  ...messageRoutes,
  ...approvalRoutes,
  ...changeRoutes,
  ...exportRoutes,
  ...agentDefaultsRoutes,
];
