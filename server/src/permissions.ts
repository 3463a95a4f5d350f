import type { Core } from '@strapi/types';
import type { PermissionAction } from './http/plugin-part';

/** The RBAC service of Strapi's admin, as far as it is used here; Strapi publishes no type for it. */
interface PermissionService {
  actionProvider: { registerMany(actions: readonly object[]): Promise<void> };
}

/** Makes the actions grantable under Settings → Roles → Plugins → Skills. */
export async function registerPermissions(
  strapi: Core.Strapi,
  permissions: readonly PermissionAction[],
): Promise<void> {
  const service = strapi.service('admin::permission') as unknown as PermissionService;
  await service.actionProvider.registerMany(
    permissions.map((action) => ({ section: 'plugins', pluginName: 'skills', ...action })),
  );
}
