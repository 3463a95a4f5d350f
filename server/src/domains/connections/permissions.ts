import type { PermissionAction } from '../../http/plugin-part';

const action = (uid: string, displayName: string): PermissionAction => ({
  uid,
  displayName,
  subCategory: 'connections',
});

/** What roles may be granted on connections. */
export const connectionPermissions: readonly PermissionAction[] = [
  action('connections.read', 'Read'),
  action('connections.create', 'Create'),
  action('connections.update', 'Edit, test, activate and deactivate'),
  action('connections.delete', 'Delete'),
];
